/** What Slack says of an account: whether there is a person behind it, and one of the workspace's own. Pure. */

/** `guest`: invited to some channels of the workspace. `deactivated`: also whom Slack does not know (any more). */
export type Account = 'member' | 'guest' | 'bot' | 'deactivated';

/** Slack's own bot has no flag that says so. */
const SLACKBOT = 'USLACKBOT';

/** The flags of `users.info` and of the event `user_change`. */
export interface AccountFlags {
  id?: string | undefined;
  deleted?: boolean | undefined;
  is_bot?: boolean | undefined;
  is_restricted?: boolean | undefined;
  is_ultra_restricted?: boolean | undefined;
}

export function accountOf(flags: AccountFlags): Account {
  if (flags.deleted === true) return 'deactivated';
  if (flags.is_bot === true || flags.id === SLACKBOT) return 'bot';
  return flags.is_restricted === true || flags.is_ultra_restricted === true ? 'guest' : 'member';
}
