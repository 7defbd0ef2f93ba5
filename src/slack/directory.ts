/**
 * What Slack says of people and user groups, kept for a while: who is in which group, and what each person's account is.
 * Both are looked up again when somebody would be refused, or before what is known grows too old.
 */
import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import { accountOf, type Account, type AccountFlags } from '../../policies/access/account.ts';
import type { Clock } from '../domain/clock.ts';

export const MEMBERS_KEPT_MS = 5 * 60_000;
/** Slack tells us when an account changes (`user_change`): this is for what it could not tell. */
export const ACCOUNT_KEPT_MS = 24 * 60 * 60_000;
/** From then on an account is looked up anew, behind whatever its person does. */
const ACCOUNT_RENEWED_AFTER_MS = 5 * 60_000;
/** A refusal looks again, but not for each click of an impatient person. */
const REFUSAL_LOOKS_AGAIN_AFTER_MS = 10_000;
/** As many members are looked up with their group as leave Slack's limit (100 a minute) room. */
const MET_WITH_A_GROUP = 20;
/** Accounts kept; the oldest go first. */
const MOST_ACCOUNTS = 20_000;

export interface Directory {
  /** undefined: not known, or known too long ago. */
  membersOf(usergroup: string): ReadonlySet<string> | undefined;
  accountOf(user: string): Account | undefined;
  /**
   * Asks Slack about those user groups and people now. Throws where Slack does not answer; a group that it does not have
   * is empty, a person whom it does not know is deactivated.
   */
  look(ids: readonly string[]): Promise<void>;
  /** Which of these were looked up so long ago that a refusal should look again. */
  stale(ids: readonly string[]): string[];
  /** Slack says of itself how an account is now. */
  told(user: string, flags: AccountFlags): void;
  /** Looks a known account up again where that was a while ago. Never throws: what is known holds until it is too old. */
  renew(user: string): Promise<void>;
}

interface Held<T> {
  value: T;
  at: number;
}

export function createDirectory(web: WebClient, clock: Clock): Directory {
  const groups = new Map<string, Held<ReadonlySet<string>>>();
  const accounts = new Map<string, Held<Account>>();
  const within = <T>(held: Held<T> | undefined, kept: number): T | undefined =>
    held && clock.now() - held.at < kept ? held.value : undefined;
  const keep = (user: string, value: Account): void => {
    accounts.delete(user);
    accounts.set(user, { value, at: clock.now() });
    if (accounts.size <= MOST_ACCOUNTS) return;
    const [oldest] = accounts.keys();
    if (oldest !== undefined) accounts.delete(oldest);
  };
  const lookOne = async (id: string): Promise<void> => {
    if (!isGroup(id)) return keep(id, await askAccount(web, id));
    const members = await membersOf(web, id);
    groups.set(id, { value: members, at: clock.now() });
    // They are the next to act: whoever of them cannot be looked up now is when they do.
    const strangers = [...members].filter((user) => accounts.get(user) === undefined);
    await Promise.all(
      strangers.slice(0, MET_WITH_A_GROUP).map(async (user) => {
        await lookOne(user).catch(() => {});
      }),
    );
  };
  return {
    membersOf: (usergroup) => within(groups.get(usergroup), MEMBERS_KEPT_MS),
    accountOf: (user) => within(accounts.get(user), ACCOUNT_KEPT_MS),
    async look(ids) {
      await Promise.all([...new Set(ids)].map(lookOne));
    },
    stale: (ids) =>
      ids.filter((id) => {
        const held = isGroup(id) ? groups.get(id) : accounts.get(id);
        return held === undefined || clock.now() - held.at >= REFUSAL_LOOKS_AGAIN_AFTER_MS;
      }),
    told: (user, flags) => keep(user, accountOf({ id: user, ...flags })),
    async renew(user) {
      const held = accounts.get(user);
      if (held === undefined || clock.now() - held.at < ACCOUNT_RENEWED_AFTER_MS) return;
      await lookOne(user).catch(() => {});
    },
  };
}

const isGroup = (id: string): boolean => id.startsWith('S');

const refusedBy = (error: unknown, names: RegExp): boolean =>
  error instanceof WebAPIPlatformError && names.test(error.data.error);

async function membersOf(web: WebClient, usergroup: string): Promise<ReadonlySet<string>> {
  try {
    const answer = await web.usergroups.users.list({ usergroup });
    return new Set(answer.users ?? []);
  } catch (error) {
    if (refusedBy(error, /^(?:no_such_subteam|subteam_not_found)$/)) return new Set();
    throw error;
  }
}

async function askAccount(web: WebClient, user: string): Promise<Account> {
  try {
    const answer = await web.users.info({ user });
    if (answer.user === undefined) throw new Error(`Slack says nothing of ${user}`);
    return accountOf({ ...answer.user, id: user });
  } catch (error) {
    if (refusedBy(error, /^(?:user_not_found|user_not_visible|users_not_found)$/))
      return 'deactivated';
    throw error;
  }
}
