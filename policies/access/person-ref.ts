/**
 * References to people and channels, as the policy file writes them: `U0ALICE`, `usergroup:S0BILLING`,
 * `group:billing-experts`, `oncall:billing-primary`, `channel`, `pagerduty:KEY`. Pure.
 */
import type { NotifyRef, PersonRef } from '../policy.ts';

const USER_ID = /^[UW][A-Z0-9]{2,30}$/;
const USERGROUP_ID = /^S[A-Z0-9]{2,30}$/;
export const CHANNEL_ID = /^[CG][A-Z0-9]{2,30}$/;
export const TEAM_ID = /^[TE][A-Z0-9]{2,30}$/;
/** Names an operator gives: domains, groups, rotations, ladders, hours, rules. */
export const NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

export type Unread = { problem: string; suggestion?: string };
export type Read<T> = { ok: true; value: T } | ({ ok: false } & Unread);

const FORMS = 'write `U024BE7LH`, `usergroup:S0614TZR7`, `group:NAME` or `oncall:ROTATION`';
const no = (problem: string, suggestion?: string): { ok: false } & Unread => ({
  ok: false,
  problem,
  suggestion,
});

/** Reads a reference to people. */
export function readPersonRef(text: string): Read<PersonRef> {
  if (USER_ID.test(text)) return { ok: true, value: { type: 'user', id: text } };
  if (USERGROUP_ID.test(text)) {
    return no('is a user group without its prefix', `write \`usergroup:${text}\``);
  }
  const colon = text.indexOf(':');
  const [prefix, rest] = [text.slice(0, Math.max(0, colon)), text.slice(colon + 1)];
  switch (prefix) {
    case 'usergroup':
      if (USERGROUP_ID.test(rest)) return { ok: true, value: { type: 'usergroup', id: rest } };
      return no(
        'is not a Slack user group id',
        'an id looks like S0614TZR7 (in Slack: the group, More, Copy group ID)',
      );
    case 'group':
      if (NAME.test(rest)) return { ok: true, value: { type: 'group', name: rest } };
      return no('is not the name of a group', FORMS);
    case 'oncall':
      if (NAME.test(rest)) return { ok: true, value: { type: 'oncall', name: rest } };
      return no('is not the name of a rotation', FORMS);
    case 'pagerduty':
      return no('is not a person: `pagerduty:` stands in a rung’s `notify`', FORMS);
    case 'user':
      if (USER_ID.test(rest)) return no('has a prefix that users do not need', `write \`${rest}\``);
      return no('is not a person', FORMS);
    default:
      if (text.startsWith('@')) {
        return no(
          'is a name, and names change',
          'write the person’s id, like U024BE7LH (in Slack: Profile, More, Copy member ID)',
        );
      }
      return no(
        'is not a person, a user group, a group or a rotation',
        NAME.test(text) && text !== text.toUpperCase() ? `write \`group:${text}\`?` : FORMS,
      );
  }
}

/** Reads the id of one person, where only a person can stand. */
export function readUserId(text: string): Read<string> {
  if (USER_ID.test(text)) return { ok: true, value: text };
  const read = readPersonRef(text);
  return read.ok || read.suggestion === FORMS
    ? no('is not a person', 'each turn is one person’s: write their id, like U024BE7LH')
    : no(read.problem, read.suggestion);
}

/** Reads the id of a user group, where only that can stand. */
export function readUserGroupId(text: string): Read<string> {
  if (USERGROUP_ID.test(text)) return { ok: true, value: text };
  const bare = text.replace(/^usergroup:/, '');
  return USERGROUP_ID.test(bare)
    ? no('has a prefix that it does not need here', `write \`${bare}\``)
    : no(
        'is not a Slack user group id',
        'an id looks like S0614TZR7 (in Slack: the group, More, Copy group ID)',
      );
}

/** A reference as the policy file writes it. */
export function writtenRef(ref: NotifyRef): string {
  switch (ref.type) {
    case 'channel':
      return 'channel';
    case 'user':
      return ref.id;
    case 'usergroup':
      return `usergroup:${ref.id}`;
    case 'group':
    case 'oncall':
    case 'pagerduty':
      return `${ref.type}:${ref.name}`;
    default:
      return ref satisfies never;
  }
}

/** Reads whom a rung notifies. */
export function readNotifyRef(text: string): Read<NotifyRef> {
  if (text === 'channel') return { ok: true, value: { type: 'channel' } };
  const [, key] = /^pagerduty:(.*)$/s.exec(text) ?? [];
  if (key !== undefined)
    return NAME.test(key)
      ? { ok: true, value: { type: 'pagerduty', name: key } }
      : no(
          'is not the name of a PagerDuty key',
          'write `pagerduty:NAME`, as HITL_PAGERDUTY_KEYS names it: letters, digits, - and _',
        );
  const read = readPersonRef(text);
  if (read.ok || read.suggestion !== FORMS) return read;
  return no(read.problem, `${FORMS}, or \`channel\`, or \`pagerduty:KEY\``);
}
