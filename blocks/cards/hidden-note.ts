/** Says that an item's texts hold characters that cannot be seen: where they are marked, and where they are left out. Pure. */
import type { RichTextSection } from '@slack/types';
import type { Item } from '../../src/domain/item.ts';
import { hidesCharacters } from '../text/marked-text.ts';
import { bold, ours, section } from '../text/rich-text.ts';
import { joined } from '../text/words.ts';

/** Every text in a value, its keys too; a list of what is left instead of recursion. */
function* textsIn(value: unknown): Generator<string> {
  const left: unknown[] = [value];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (typeof next === 'string') yield next;
    else if (typeof next === 'object' && next !== null)
      for (const [key, one] of Object.entries(next)) {
        yield key;
        if (one !== undefined && one !== null) left.push(one);
      }
  }
}

const valueHides = (value: unknown): boolean => {
  for (const text of textsIn(value)) if (hidesCharacters(text)) return true;
  return false;
};

/** Nothing where every character is seen. @param item as it is shown: what is sensitive is hidden already */
export function hiddenNote(item: Item): RichTextSection[] {
  const words = (text: string | undefined): boolean =>
    text !== undefined && hidesCharacters(text, 'script');
  const { proposal } = item;
  const marked =
    valueHides(item.action) ||
    (typeof proposal === 'string' ? words(proposal) : valueHides(proposal)) ||
    (item.candidates ?? []).some((one) => words(one.text));
  const leftOut = [
    ...(words(item.title) ? ['title'] : []),
    ...(words(item.body) ? ['text'] : []),
    ...(words(item.justification) ? ['AI’s reasons'] : []),
    ...((item.evidence ?? []).some((one) => words(one.label) || words(one.text))
      ? ['evidence']
      : []),
  ];
  if (!marked && leftOut.length === 0) return [];
  const where = joined(
    leftOut.map((one) => [one]),
    ', ',
    ' and ',
  ).join('');
  return [
    section(
      bold('⚠️ Contains hidden characters'),
      ours(marked ? ', shown here as marks like ⟨U+200B⟩.' : '.'),
      ...(leftOut.length === 0 ? [] : [ours(` Those in the ${where} aren’t shown.`)]),
    ),
  ];
}
