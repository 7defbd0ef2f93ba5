/**
 * How a string of somebody else's (an id, a name, an error of a far end, a path) is put into a sentence of the pager's own,
 * where `<@U…>` and `` `code` `` mean something. One way for all of them: nothing in it mentions, links, or ends the code
 * that it stands in. Pure.
 */

const NAMED_MOST = 200;
const QUOTED_MOST = 150;

/** As words. On one line; what would begin a mention or code begins nothing. Never empty. */
export function named(text: string, most = NAMED_MOST): string {
  const line = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  const short =
    line.length <= most ? line : `${line.slice(0, most).replace(/[\ud800-\udbff]$/, '')}…`;
  return short === ''
    ? '(empty)'
    : short.replaceAll('`', 'ˋ').replaceAll('<', '‹').replaceAll('>', '›');
}

/** As code, so that it can be copied. */
export const quoted = (text: string): string => `\`${named(text, QUOTED_MOST)}\``;

/** A person's mention, where it is a person's id; else the words. */
export const mentioned = (user: string): string =>
  /^[UW][A-Z0-9]{2,30}$/.test(user) ? `<@${user}>` : named(user);
