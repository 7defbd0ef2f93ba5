// Who the ids are, and what time it is in the workspace, for all that draws texts.
import { useEffect, useState } from 'preact/hooks';
import type { People } from '../blocks/types.ts';
import type { Directory } from '../protocol.ts';
import type { PageState } from './page-state.ts';

const MINUTE_MS = 60_000;

export function peopleOf(directory: Directory, now: number): People {
  const { people, channels, usergroups, me } = directory;
  const users = new Map(people.map((each) => [each.id, each]));
  return {
    userName: (id) => users.get(id)?.real_name ?? id,
    channelName: (id) => channels.find((each) => each.id === id)?.name ?? id,
    usergroupHandle: (id) => usergroups.find((each) => each.id === id)?.handle ?? id,
    timezone: users.get(me)?.tz ?? 'UTC',
    now,
    users: () =>
      people.filter((each) => !each.is_bot).map(({ id, real_name }) => ({ id, name: real_name })),
    channels: () =>
      channels
        .filter((each) => each.kind === 'channel')
        .map(({ id, name }) => ({ id, name: `#${name}` })),
  };
}

/** The workspace's time to the minute: what is drawn from it changes once a minute, or when it is moved. */
export function useNow({ seen, clock_heard_at }: PageState): number {
  const [, tick] = useState(0);
  const now = seen ? seen.clock.now + performance.now() - clock_heard_at : Date.now();
  const left = MINUTE_MS - (now % MINUTE_MS);
  useEffect(() => {
    const timer = setTimeout(() => tick((count) => count + 1), left + 20);
    return () => clearTimeout(timer);
  });
  return now - (now % MINUTE_MS);
}
