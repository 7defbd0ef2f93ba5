// Trigger ids: permission to open one window for one person, once, within three seconds.
import { randomBytes } from 'node:crypto';
import type { Workspace } from './records.ts';

export interface Trigger {
  user: string;
  issued_at: number;
  used: boolean;
}

const TRIGGER_LIFE_MS = 3_000;
const KEPT = 5_000;

export function issueTrigger(workspace: Workspace, user: string): string {
  const id = `${Date.now()}.${workspace.triggers.size}.${randomBytes(16).toString('hex')}`;
  workspace.triggers.set(id, { user, issued_at: workspace.clock.now(), used: false });
  if (workspace.triggers.size > KEPT) {
    for (const oldest of workspace.triggers.keys()) {
      workspace.triggers.delete(oldest);
      break;
    }
  }
  return id;
}

type TriggerError = 'invalid_trigger_id' | 'expired_trigger_id' | 'exchanged_trigger_id';

/** Uses a trigger up and answers whose it was, or Slack's error. */
export function exchangeTrigger(
  workspace: Workspace,
  id: string,
): { user: string } | { error: TriggerError } {
  const trigger = workspace.triggers.get(id);
  if (!trigger) return { error: 'invalid_trigger_id' };
  if (trigger.used) return { error: 'exchanged_trigger_id' };
  if (workspace.clock.now() - trigger.issued_at > TRIGGER_LIFE_MS) {
    return { error: 'expired_trigger_id' };
  }
  trigger.used = true;
  return { user: trigger.user };
}
