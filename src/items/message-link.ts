/** A link to a message, as Slack itself writes it. Built rather than asked for: nothing a person waits for hangs on it. */
import type { World } from '../world/world.ts';

/** @param thread_ts the thread it is a reply in; absent or its own for any other message */
export function messageLink(
  world: Pick<World, 'workspaceUrl'>,
  channel: string,
  ts: string,
  thread_ts: string = ts,
): string {
  const link = `${world.workspaceUrl()}archives/${channel}/p${ts.replace('.', '')}`;
  return thread_ts === ts ? link : `${link}?thread_ts=${thread_ts}&cid=${channel}`;
}
