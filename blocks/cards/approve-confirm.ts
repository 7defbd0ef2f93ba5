/** What Approve asks first where what would run or be sent is not all in view. Pure. */
import type { ConfirmationDialog } from '@slack/types';
import { cut } from '../text/escape.ts';
import { markedText } from '../text/marked-text.ts';
import { label } from '../text/rich-text.ts';
import type { Unshown } from '../text/shown-parts.ts';

const TEXT_MAX = 300;
const NAME_MAX = 60;
const COUNT = new Intl.NumberFormat('en');

/** Undefined where all of it is shown. @param where what it is not shown on: "the card" */
export function approveConfirm(
  unshown: readonly Unshown[],
  where: string,
): ConfirmationDialog | undefined {
  const [first, ...others] = unshown;
  if (first === undefined) return undefined;
  const total = unshown.reduce((sum, one) => sum + one.rest, 0);
  const of =
    first.name === null
      ? 'what would go out'
      : `“${cut(markedText(first.name), NAME_MAX)}”${others.length === 0 ? '' : ` and ${others.length} more`}`;
  const text = `${COUNT.format(total)} ${total === 1 ? 'character' : 'characters'} of ${of} ${total === 1 ? 'isn’t' : 'aren’t'} shown on ${where}. Read ${total === 1 ? 'it' : 'them'} under Details first.`;
  return {
    title: label('You haven’t seen all of it'),
    text: { type: 'plain_text', text: cut(text, TEXT_MAX), emoji: false },
    confirm: label('Approve all of it'),
    deny: label('Back'),
    style: 'danger',
  };
}
