/** A person as Slack knows them now: whether they are there at all, and the time zone they live in. */
import { z } from 'zod';
import { accountOf } from '../../policies/access/account.ts';
import type { HandlerContext } from './handler-context.ts';

export type LookedUp =
  | { found: 'yes'; timezone: string; team: string | null; guest: boolean }
  | { found: 'gone' | 'bot' | 'unsaid' };

const answered = z.object({
  user: z.object({
    deleted: z.boolean().optional(),
    is_bot: z.boolean().optional(),
    is_restricted: z.boolean().optional(),
    is_ultra_restricted: z.boolean().optional(),
    tz: z.string().optional(),
    team_id: z.string().optional(),
  }),
});

/** `unsaid`: Slack does not answer now. */
export async function lookUpPerson(desk: HandlerContext, user: string): Promise<LookedUp> {
  try {
    const read = answered.safeParse(await desk.web.users.info({ user }));
    if (!read.success) return { found: 'unsaid' };
    const { tz, team_id, ...flags } = read.data.user;
    desk.directory.told(user, flags);
    const account = accountOf({ ...flags, id: user });
    if (account === 'deactivated') return { found: 'gone' };
    if (account === 'bot') return { found: 'bot' };
    return {
      found: 'yes',
      guest: account === 'guest',
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
