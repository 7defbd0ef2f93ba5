/** An item in one text, with all that would run or be sent, for the file that goes to a person who asks for it. Pure. */
import type { Decision, ItemRecord } from '../../src/domain/decision.ts';
import { maskDecision } from '../../src/domain/redact.ts';
import type { Item } from '../../src/domain/item.ts';
import { markedText } from '../text/marked-text.ts';
import { seenItem } from '../cards/seen-item.ts';
import { valueText } from '../text/shown-value.ts';

type Part = [heading: string, text: string];

/** Marked as on the card, nothing cut, what is sensitive hidden; null where the texts have been erased. */
export function wholeItemText(record: ItemRecord, decision: Decision | null): string | null {
  const item = seenItem(record);
  if (item === null || record.item === null) return null;
  const decided = decision && maskDecision(record.item, decision);
  const outcome = decided?.action?.args ?? decided?.answer;
  const parts = [
    ...partsOf(item),
    ...(outcome === undefined ? [] : [['Decided', markedText(valueText(outcome))] satisfies Part]),
  ];
  return parts.map(([heading, text]) => `== ${heading} ==\n${text}\n`).join('\n');
}

function partsOf(item: Item): Part[] {
  const value = (one: unknown) => markedText(valueText(one));
  const words = (text: string) => markedText(text, 'script');
  const some = (heading: string, text: string | undefined): Part[] =>
    text === undefined ? [] : [[heading, words(text)]];
  const { action, proposal } = item;
  return [
    ['Item', words(item.id)],
    ['Title', words(item.title)],
    ...some('Text', item.body),
    ...some('The AI’s reasons', item.justification),
    ...(action === undefined ? [] : [['It wants to run', value(action.name)] satisfies Part]),
    ...Object.entries(action?.args ?? {}).map(([name, one]): Part => [
      `Argument ${JSON.stringify(markedText(name))}`,
      value(one),
    ]),
    ...(proposal === undefined
      ? []
      : [
          [
            'It proposes',
            typeof proposal === 'string' ? words(proposal) : value(proposal),
          ] satisfies Part,
        ]),
    ...(item.candidates ?? []).map((one): Part => ['Candidate', words(one.text)]),
    ...(item.options ?? []).flatMap((one) => some(`Answer “${words(one.label)}”`, one.prefill)),
    ...(item.ensemble ?? []).map((one): Part => [`${words(one.source)} says`, words(one.answer)]),
    ...(item.evidence ?? []).map((one): Part => [
      `Evidence: ${words(one.label)}`,
      words(`${one.text ?? ''}\n${one.url ?? ''}`),
    ]),
  ];
}
