/**
 * A card is drawn again at each change: drawing an item takes steps in proportion to its texts, whatever they are. Every
 * text of the item is adversarial and as long as the schema lets it be.
 */
import { expect, test } from 'vitest';
import {
  answerModal,
  approveModal,
  editModal,
  rejectModal,
} from '../../blocks/modals/decide-modals.ts';
import { detailsModal } from '../../blocks/modals/details.ts';
import { itemCard } from '../../blocks/cards/item-card.ts';
import { answerMessage } from '../../blocks/messages/thread-lines.ts';
import { KINDS, type Item, type Kind } from '../../src/domain/item.ts';
import { parseItem } from '../../src/domain/parse-item.ts';
import { adversarial } from '../src/adversarial.ts';
import { stepsBeyond, stepTime } from '../src/steps.ts';
import { decided, decisionOf, open } from './fixtures.ts';

const STEPS_A_CHARACTER = 500;

const DRAWINGS = {
  itemCard,
  detailsModal,
  approveModal,
  editModal,
  rejectModal,
  answerModal,
} satisfies Record<string, (input: never) => unknown>;

function itemOf(kind: Kind, text: string): Item {
  const cut = (max: number) => text.slice(0, max);
  const common = {
    id: cut(128),
    kind,
    title: cut(300),
    body: cut(20_000),
    justification: cut(5000),
    evidence: [{ label: cut(200), text: cut(5000), url: 'https://example.com/' }],
    ensemble: [{ source: cut(200), answer: cut(20_000) }],
    tags: [cut(200)],
    model: { name: cut(200) },
  };
  switch (kind) {
    case 'approval':
      return {
        ...common,
        kind,
        action: { name: cut(200), args: { [cut(100)]: cut(20_000), list: [cut(20_000)] } },
      };
    case 'question':
      return {
        ...common,
        kind,
        proposal: cut(20_000),
        options: [
          { id: 'a', label: cut(200), prefill: cut(2000) },
          { id: 'b', label: 'b' },
        ],
      };
    case 'review':
      return { ...common, kind, proposal: { [cut(100)]: cut(20_000) } };
    case 'comparison':
      return {
        ...common,
        kind,
        candidates: [
          { id: 'a', text: cut(10_000) },
          { id: 'b', text: cut(9000) },
        ],
      };
    default:
      return kind satisfies never;
  }
}

test.each(KINDS)('a %s is read and drawn in steps in proportion to its texts', (kind) => {
  const step = stepTime();
  const slow = adversarial(20_000).flatMap(({ unit, text }) => {
    const item = itemOf(kind, text);
    const most = STEPS_A_CHARACTER * JSON.stringify(item).length;
    const calls: [string, () => unknown][] = [['parseItem', () => parseItem(item)]];
    const decision = decisionOf('answered', { answer: text });
    const { record, domain } = decided(item, decision);
    calls.push(['answerMessage', () => answerMessage({ record, domain, decision })]);
    for (const input of [open(item), decided(item, decisionOf('approved'))])
      for (const [name, draw] of Object.entries(DRAWINGS))
        calls.push([name, () => (draw as (input: unknown) => unknown)(input)]);
    return calls.flatMap(([name, call]) => {
      const steps = stepsBeyond(most, step, call);
      return steps === null
        ? []
        : [`${name} of ${unit} × n: ${Math.round(steps / (most / STEPS_A_CHARACTER))}`];
    });
  });
  expect(slow).toEqual([]);
});
