/** A decided card, as somebody reads it who looks at it a week later. */
import { describe, expect, it } from 'vitest';
import { askedCard } from '../../blocks/modals/ask.ts';
import { candidateOrder } from '../../blocks/cards/candidate-order.ts';
import { detailsModal } from '../../blocks/modals/details.ts';
import { itemCard } from '../../blocks/cards/item-card.ts';
import { endLine } from '../../blocks/messages/thread-lines.ts';
import { whyText } from '../../blocks/messages/why.ts';
import type { Item } from '../../src/domain/item.ts';
import { approval, comparison, decided, decisionOf, open, question, review } from './fixtures.ts';
import { objectsIn, words } from './seen.ts';

describe('what the AI meant to do', () => {
  const withProposal: Item = { ...approval, proposal: 'Refund it.' };
  it.each([
    [approval, 'The AI wants to run refund', 'The AI wanted to run refund'],
    [withProposal, 'The AI proposes', 'The AI proposed'],
    [question, 'The AI would answer', 'The AI would have answered'],
    [review, 'The AI wrote', 'The AI wrote'],
    [
      { ...approval, ensemble: [{ source: 'nb', answer: 'no' }] },
      'Other models say',
      'Other models said',
    ],
  ] satisfies [Item, string, string][])('of %o is told in the past', (item, now, then) => {
    const end = decided(item, decisionOf('rejected', { rationale: 'No.' }));
    expect(words(itemCard(open(item)))).toContain(now);
    expect(words(detailsModal(open(item)))).toContain(now);
    expect(words(detailsModal(end))).toContain(then);
    for (const seen of [words(itemCard(end)), words(detailsModal(end))])
      expect(seen).not.toMatch(/The AI (wants|proposes|would answer|prefers)|models say/);
  });
});

describe('a comparison', () => {
  const order = candidateOrder(comparison);
  const letter = 'ABC'[order.findIndex((one) => one.id === 'model-y')] ?? '';
  const text = 'The customer was charged twice and wants one charge back.';
  const chosen = decided(comparison, decisionOf('preferred', { choice: 'model-y' }));
  const tie = decided(comparison, decisionOf('preferred', { choice: 'tie' }));
  const times = (seen: string, part: string) => seen.split(part).length - 1;

  it.each([
    ['card', () => words(itemCard(chosen))],
    ['details', () => words(detailsModal(chosen))],
  ])('%s: the chosen letter, a mark beside it in the list, its words once, no id', (_, seen) => {
    expect(seen()).toContain(
      `⚖️ ${letter} preferred by @U0BOB · 2026-11-21 10:00 UTC · after 4 min`,
    );
    expect(seen()).toContain(`${letter} ✔${text}`);
    expect(times(seen(), '✔')).toBe(1);
    expect(times(seen(), text)).toBe(1);
    expect(seen()).not.toContain('model-y');
  });

  it('an open one has no mark', () => {
    expect(words(itemCard(open(comparison)))).not.toContain('✔');
  });

  it('a tie says that it is one, and marks nothing', () => {
    const card = itemCard(tie);
    expect(words(card)).toContain('⚖️ Called a tie by @U0BOB · 2026-11-21 10:00 UTC · after 4 min');
    expect(words(card)).not.toContain('✔');
    expect(card.text).toBe('⚖️ Called a tie: Which summary is better?');
  });

  it('the notification says which', () => {
    expect(itemCard(chosen).text).toBe(`⚖️ ${letter} preferred: Which summary is better?`);
  });

  it('where the candidates are not beside it, the words of the chosen one are', () => {
    const { record, decision } = chosen;
    for (const line of [
      endLine({ record, decision }),
      askedCard(chosen),
      whyText({ ...chosen, history: [] }),
    ]) {
      expect(words(line)).toContain(`⚖️ ${letter} preferred by @U0BOB`);
      expect(times(words(line), text)).toBe(1);
      expect(words(line)).not.toContain('model-y');
    }
    expect(endLine({ record, decision }).text).toBe(`⚖️ ${letter} preferred`);
  });

  it('whose texts have been erased still says what was chosen', () => {
    const gone = { ...chosen, record: { ...chosen.record, item: null } };
    expect(words(itemCard(gone))).toMatch(/Preference given by @U0BOB.*Choice: model-y/s);
  });
});

describe('what is hidden', () => {
  const nested: Item = {
    ...approval,
    action: { name: 'pay', args: { to: { iban: 'DE89', name: 'Kim' }, amount: 3 } },
    sensitive: ['$.action.args.to.iban', '$.body', '$.evidence[*].label'],
  };

  it('says so wherever it is shown: in a list, in nested values, as a whole text', () => {
    for (const seen of [words(itemCard(open(nested))), words(detailsModal(open(nested)))]) {
      expect(seen).toContain('"iban": "•••• (hidden)"');
      expect(seen.replaceAll('•••• (hidden)', '')).not.toContain('••••');
      expect(seen).not.toContain('DE89');
    }
  });

  it('says so in what was changed', () => {
    const args = { ...approval.action?.args, iban: 'FR76', amount: 1 };
    const end = decided(approval, decisionOf('edited', { action: { name: 'refund', args } }));
    const seen = words(itemCard(end));
    expect(seen).toContain('iban: •••• (hidden)');
    expect(seen).not.toMatch(/FR76|DE89/);
  });
});

describe('the footer', () => {
  it.each([
    ['Details', () => detailsModal(open(approval))],
    ['/hitl why', () => whyText({ ...open(approval), history: [] })],
  ])('of %s has twelve digits of the policy, not all', (_, shown) => {
    const policies = objectsIn(shown()).filter((one) => String(one.text).startsWith('Policy '));
    expect(policies).toMatchObject([{ text: `Policy ${'1'.repeat(12)}` }]);
  });
});
