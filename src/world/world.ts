/** What a use case is handed: everything it may know of the world outside its arguments. */
import type { Logger } from 'pino';
import type { ShiftBook } from './shift-book.ts';
import type { Clock } from '../domain/clock.ts';
import type { Account } from '../../policies/access/account.ts';
import type { Policy } from '../../policies/policy.ts';
import type { Holds } from './holds.ts';
import type { Commit } from '../store/commit.ts';
import type { Db } from '../store/database.ts';

export interface Ids {
  /** A new UUID. */
  uuid(): string;
  /** New salt of a digest: 128 random bits. */
  salt(): string;
}

export interface World {
  clock: Clock;
  ids: Ids;
  /** For reading. What is written goes through `commit`. */
  db: Db;
  commit: Commit;
  /** What holds letting-through back now. */
  holds: Holds;
  /** The policy in force. */
  policy(): Policy;
  /** By which rules with `sample` choose. Never logged, never sent. */
  samplingKey: string;
  /** Who is known to be in a Slack user group; undefined where that is not known (any more). */
  membersOf(usergroup: string): ReadonlySet<string> | undefined;
  /** What Slack says of somebody's account; undefined where that is not known (any more). */
  accountOf(user: string): Account | undefined;
  /** Who is on call by a rotation now, overrides counted. */
  onCall(rotation: string): readonly string[];
  shifts: Omit<ShiftBook, 'onCall'>;
  /** The bot's own workspace. */
  ownTeam(): string;
  /** `https://acme.slack.com/`: where links to messages begin. */
  workspaceUrl(): string;
  /** What is wrong with a callback's address in this installation, in words for the producer, or null. */
  callbackProblem(url: string): string | null;
  /** What is wrong with a queue that `reply_to` names, in words for the producer, or null. */
  replyProblem(queue: string): string | null;
  log: Logger;
}
