/** A person as Slack knows them now: whether they are there at all, and the time zone they live in. */
import { z } from 'zod';
import type { HandlerContext } from './handler-context.ts';

export type LookedUp =
  | { found: 'yes'; timezone: string; team: string | null }
  | { found: 'gone' | 'bot' | 'unsaid' };

const answered = z.object({
  user: z.object({
    deleted: z.boolean().optional(),
    is_bot: z.boolean().optional(),
    tz: z.string().optional(),
    team_id: z.string().optional(),
  }),
});

/** `unsaid`: Slack does not answer now. */
export async function lookUpPerson(desk: HandlerContext, user: string): Promise<LookedUp> {
  try {
    const read = answered.safeParse(await desk.web.users.info({ user }));
    if (!read.success) return { found: 'unsaid' };
    const { deleted, is_bot, tz, team_id } = read.data.user;
    if (deleted) return { found: 'gone' };
    if (is_bot) return { found: 'bot' };
    return {
      found: 'yes',
      timezone: tz !== undefined && isZone(tz) ? tz : desk.world.policy().timezone,
      team: team_id ?? null,
    };
  } catch (error) {
    if (/\buser_not_found\b/.test(String(error))) return { found: 'gone' };
    desk.world.log.warn({ err: error, user }, 'a person could not be looked up');
    return { found: 'unsaid' };
  }
}

/** Slack may know zones that this runtime does not. */
export function isZone(timezone: string): boolean {
  try {
    return Intl.DateTimeFormat('en', { timeZone: timezone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
