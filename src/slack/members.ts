/** Who is in which Slack user group: kept five minutes, looked up again when somebody would be refused. */
import type { WebClient } from '@slack/web-api';
import type { Clock } from '../domain/clock.ts';

export const MEMBERS_KEPT_MS = 5 * 60_000;
/** A refusal looks again, but not for each click of an impatient person. */
const REFUSAL_LOOKS_AGAIN_AFTER_MS = 10_000;

export interface Members {
  /** undefined: not known, or known too long ago. */
  of(usergroup: string): ReadonlySet<string> | undefined;
  /** Looks those groups up now. Throws where Slack does not answer; a group that Slack does not have counts as empty. */
  look(usergroups: readonly string[]): Promise<void>;
  /** Which of these were looked up so long ago that a refusal should look again. */
  stale(usergroups: readonly string[]): string[];
}

export function createMembers(web: WebClient, clock: Clock): Members {
  const known = new Map<string, { members: ReadonlySet<string>; at: number }>();
  return {
    of(usergroup) {
      const held = known.get(usergroup);
      return held && clock.now() - held.at < MEMBERS_KEPT_MS ? held.members : undefined;
    },
    async look(usergroups) {
      await Promise.all(
        [...new Set(usergroups)].map(async (usergroup) => {
          known.set(usergroup, { members: await membersOf(web, usergroup), at: clock.now() });
        }),
      );
    },
    stale: (usergroups) =>
      usergroups.filter((usergroup) => {
        const held = known.get(usergroup);
        return held === undefined || clock.now() - held.at >= REFUSAL_LOOKS_AGAIN_AFTER_MS;
      }),
  };
}

async function membersOf(web: WebClient, usergroup: string): Promise<ReadonlySet<string>> {
  try {
    const answer = await web.usergroups.users.list({ usergroup });
    return new Set(answer.users ?? []);
  } catch (error) {
    if (
      error instanceof Error &&
      'data' in error &&
      /no_such_subteam|subteam_not_found/.test(JSON.stringify(error.data))
    )
      return new Set();
    throw error;
  }
}
