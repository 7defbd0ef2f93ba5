import { describe, expect, it } from 'vitest';
import { itemCard } from '../../blocks/cards/item-card.ts';
import { limitProblems, withinLimits } from '../../blocks/text/limits.ts';
import { checkBlocks } from '../../simulator/slack/block-check.ts';
import { KINDS, type Item } from '../../src/domain/item.ts';
import {
  GOOD,
  NOW,
  approval,
  billing,
  claimed,
  comparison,
  decided,
  decisionOf,
  erased,
  everyState,
  form,
  open,
  question,
  review,
  taken,
} from './fixtures.ts';
import { MINIMAL, hostile, huge } from './hard-items.ts';
import { actionIds, blockIds, ofType, words } from './seen.ts';

const SHAPES: [string, (kind: Item['kind']) => Item][] = [
  ['good', (kind) => GOOD[kind]],
  ['minimal', (kind) => MINIMAL[kind]],
  ['hostile', hostile],
  ['huge', huge],
];
const cases = KINDS.flatMap((kind) =>
  SHAPES.map(([name, shape]) => ({ kind, name, item: shape(kind) })),
);

describe('a card in every state', () => {
  it.each(cases)('$name $kind is an item that intake takes, half characters aside', ({ item }) => {
    // JSON writes half a surrogate pair as an escape, and nothing else in these items.
    const whole = JSON.stringify(item).replace(/\\ud[89a-f][0-9a-f]{2}/g, '?');
    expect(taken(JSON.parse(whole) as Item).id).toBe(item.id);
  });

  it.each(cases)('$name $kind stays within 12 blocks and what Slack takes', ({ item }) => {
    for (const [state, input] of everyState(item)) {
      const card = withinLimits('message', itemCard(input));
      expect(limitProblems('message', card), state).toEqual([]);
      expect(card.blocks.length, state).toBeLessThanOrEqual(12);
      expect(checkBlocks(card.blocks, 'message', ['blocks']), state).toMatchObject({ ok: true });
    }
  });

  it.each(cases)(
    '$name $kind has no live button once decided, but Details, and Re-open where it expired',
    ({ item }) => {
      for (const [, input] of everyState(item)) {
        const card = itemCard(input);
        if (input.record.status === 'decided' || input.record.item === null)
          expect(actionIds(card)).toEqual([
            ...(input.record.outcome === 'expired' && input.record.item ? ['item_reopen'] : []),
            'item_details',
          ]);
        else expect(actionIds(card).length).toBeGreaterThan(2);
        expect(blockIds(card)).toContain('item:2');
      }
    },
  );

  it('needs no cutting for an ordinary item', () => {
    for (const item of [...Object.values(GOOD), form])
      for (const [state, input] of everyState(item))
        expect(limitProblems('message', itemCard(input)), state).toEqual([]);
  });

  it('is the same card from the same record', () => {
    expect(itemCard(open(comparison))).toEqual(itemCard(open(comparison)));
  });
});

describe('what an expert sees at a glance', () => {
  const card = itemCard(open(approval));
  const seen = words(card);

  it.each([
    'Refund 240 EUR to customer 88?',
    'Approval',
    'Billing',
    'Asked by support-bot',
    'AI: refund-model 3.1',
    'The AI wants to run refund',
    'amount: 240',
    'Why you are asked',
    'confidence 0.42, below 0.60 ▰▰▰▰▱▱▱▱▱▱',
    'Impact ▰▰▰▰▰▰▰▱▱▱ 7/10',
    'Invoice 1182 (example.com): Charged 240.00 EUR',
    '|2026-11-21 10:30 UTC>',
    'order-4711',
  ])('shows %s', (text) => {
    expect(seen).toContain(text);
  });

  it('hides what the producer calls sensitive', () => {
    expect(seen).toContain('iban: •••• (hidden)');
    expect(JSON.stringify(card)).not.toContain('DE89');
  });

  it('says what it is about in the fallback', () => {
    expect(card.text).toBe('Approval · Billing: Refund 240 EUR to customer 88?');
  });

  it('makes up no number that was not given', () => {
    expect(words(itemCard(open(MINIMAL.question)))).not.toMatch(/Confidence|Impact/);
  });

  it('folds long texts behind Details', () => {
    const long = words(itemCard(open({ ...review, body: 'word '.repeat(1000) })));
    expect(long).toMatch(/… [\d,]+ more characters \(Details\)/);
    expect(long.length).toBeLessThan(2000);
  });

  it.each([...KINDS].flatMap((kind) => [huge(kind), hostile(kind)]))(
    'is no longer than a screen, however much is said ($kind %#)',
    (item) => {
      const { blocks } = itemCard(open(item));
      const card = { blocks: blocks.filter(({ type }) => type !== 'actions') };
      // Nine hundred characters of the item, our own words around them, and of each cut value how much is missing.
      expect(words(card).length).toBeLessThan(2700);
      const lists = ofType(card, 'rich_text_list').map((list) => list.elements as unknown[]);
      expect(Math.max(0, ...lists.map((list) => list.length))).toBeLessThanOrEqual(10);
      expect(words(card).split('\n').length).toBeLessThan(40);
    },
  );

  it('shows two pieces of evidence, and says how many more there are', () => {
    const evidence = Array.from({ length: 5 }, (_, at) => ({ label: `Invoice ${at}` }));
    const seen = words(itemCard(open({ ...approval, evidence })));
    expect(seen).toContain('Invoice 0Invoice 1and 3 more (Details)');
  });

  it('shows short texts whole, whatever else is long', () => {
    const seen = words(itemCard(open({ ...approval, body: 'word '.repeat(1000) })));
    for (const short of ['customer: 88', 'amount: 240', 'Charged 240.00 EUR'])
      expect(seen).toContain(short);
  });

  it('leaves the middle of a long id out', () => {
    const id = `orders/${'x'.repeat(90)}/4711`;
    const seen = words(itemCard(open({ ...approval, id })));
    expect(seen).toMatch(/orders\/x+…x+\/4711/);
    expect(seen).not.toContain(id);
  });

  it('tells how it ended right under the title', () => {
    const { blocks } = itemCard(decided(approval, decisionOf('approved')));
    expect(words({ blocks: blocks.slice(0, 2) })).toMatch(/customer 88\?✅ Approved by @U0BOB/);
  });

  it('says who has it, and offers Release then', () => {
    const card = itemCard(claimed(question));
    expect(words(card)).toContain('Claimed by <@U0ALICE>');
    expect(actionIds(card)).toContain('item_release');
    expect(actionIds(card)).not.toContain('item_claim');
  });

  it('says that the time has passed where it has', () => {
    expect(words(itemCard(open(question, { due_at: NOW - 1 })))).toContain('Overdue since');
  });

  it('names the earlier of the deadline and the end of the item', () => {
    const ends = open(question, { due_at: NOW + 3_600_000, expires_at: NOW + 60_000 });
    expect(words(itemCard(ends))).toContain('2026-11-21 10:01 UTC');
  });

  it('says that the texts have been erased', () => {
    const card = itemCard(erased(open(approval)));
    expect(words(card)).toContain('erased: it cannot be decided from its text any more');
    expect(words(card)).not.toContain('Refund');
  });
});

describe('visible_fields', () => {
  const only = (visible_fields: string[]) =>
    words(itemCard({ ...open(approval), domain: { ...billing, visible_fields } }));

  it('leaves out what is not named', () => {
    expect(only(['impact'])).not.toMatch(/confidence|refund-model|Invoice/i);
    expect(only(['impact'])).toContain('Impact');
    expect(only(['confidence', 'model', 'evidence'])).not.toMatch(/impact/i);
  });

  it('lets no reason give a hidden number away', () => {
    expect(only(['impact'])).not.toContain('0.42');
    expect(only(['confidence'])).toContain('0.42');
  });

  it('always shows what is decided, and who asked', () => {
    expect(only([])).toMatch(/support-bot.*refund.*amount/s);
  });
});
