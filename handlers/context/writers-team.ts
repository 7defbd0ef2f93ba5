/** The workspace of the person who wrote a message, in a channel that may be shared with others. */
import { z } from 'zod';

const id = z.string().min(1).max(255);

/** Where a message came from another workspace, the last three name that one. */
export const TEAMS_OF_MESSAGE = {
  team: id.optional(),
  user_team: id.optional(),
  source_team: id.optional(),
  user_profile: z.object({ team: id.optional() }).loose().nullish(),
};

const message = z.object(TEAMS_OF_MESSAGE);

/** As an event or Slack's history has the message; null: it does not say. */
export function writersTeam(written: unknown): string | null {
  const { data } = message.safeParse(written);
  return data?.user_team ?? data?.user_profile?.team ?? data?.source_team ?? data?.team ?? null;
}
