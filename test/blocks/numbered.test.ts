/** Buttons and menu entries that cannot be told apart by their words have numbers, and the list above them the same. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerForm } from '../../blocks/modals/answer-form.ts';
import { askModal } from '../../blocks/modals/ask.ts';
import { answerModal } from '../../blocks/modals/decide-modals.ts';
import { detailsModal } from '../../blocks/modals/details.ts';
import { itemCard } from '../../blocks/cards/item-card.ts';
import { open, question } from './fixtures.ts';
import { ofType, words } from './seen.ts';
import { answeredBy } from './several-inputs.ts';
import { runs } from '../runs.ts';

const SHARED = 'Refund the whole amount, and tell the customer that it takes up to five days ';
type Labelled = { text: { text: string } };
/** The labels of all buttons, or of the entries of the first menu of that type. */
const labels = (shown: object, type: string): string[] => {
  const found = ofType(shown, type) as unknown as (Labelled & { options: Labelled[] })[];
  const labelled = type === 'button' ? found : (found[0]?.options ?? []);
  return labelled.map((one) => one.text.text);
};
const asked = (texts: readonly string[]) =>
  open({ ...question, options: texts.map((label, at) => ({ id: `o${at}`, label })) });

describe('prepared answers', () => {
  it.each([
    ['share all that a button shows', [`${SHARED}to the card`, `${SHARED}to the account`]],
    ['differ by a letter of another alphabet', ['Pay Acme', 'Pay Асme']],
    ['differ by case', ['Yes', 'yes']],
    ['differ by spacing', ['Ship it', 'Ship  it ']],
    ['are the same', ['Yes', 'Yes']],
    ['look like buttons of ours', ['Details', 'No']],
  ])('that %s are numbered on the buttons and in the list', (_, texts) => {
    const card = itemCard(asked(texts));
    expect(labels(card, 'button').slice(0, 2)).toEqual([
      expect.stringMatching(/^1\. /),
      expect.stringMatching(/^2\. /),
    ]);
    const whole = texts.map((text) => text.trim().replace(/\s+/g, ' '));
    for (const shown of [card, detailsModal(asked(texts)), answerModal(asked(texts))])
      for (const [at, text] of whole.entries())
        expect(words(shown)).toContain(`${at + 1}. ${text}`);
  });

  it('in a menu likewise, in the card and in the form', () => {
    const input = asked([1, 2, 3, 4, 5].map((at) => `${SHARED}${at}`));
    for (const shown of [itemCard(input), answerModal(input)])
      expect(labels(shown, 'static_select')).toEqual(
        [1, 2, 3, 4, 5].map((at) => expect.stringMatching(new RegExp(`^${at}\\. Refund.*…$`))),
      );
    expect(words(answerModal(input))).toContain(`5. ${SHARED}5`);
  });

  it('that can be told apart have none', () => {
    expect(labels(itemCard(asked(['Yes', 'No'])), 'button').slice(0, 2)).toEqual(['Yes', 'No']);
    expect(words(answerModal(asked(['Yes', 'No'])))).not.toContain('Prepared answers');
  });

  it('never show two buttons or two entries alike', () => {
    const part = fc.constantFrom('a', 'A', 'а', ' ', 'x'.repeat(80), 'Details', '1. ');
    const label = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.array(label, { minLength: 2, maxLength: 8 }), (texts) => {
        const shown = labels(
          itemCard(asked(texts)),
          texts.length > 4 ? 'static_select' : 'button',
        ).map((one) => one.toLowerCase());
        expect(new Set(shown).size).toBe(shown.length);
      }),
      { numRuns: runs(100) },
    );
  });
});

describe('other choices from outside', () => {
  it('those of a form', () => {
    const choices = { enum: ['Yes', 'yes', 'No'] };
    const form = answerForm({
      type: 'object',
      properties: {
        one: { type: 'string', ...choices },
        many: { type: 'array', items: { type: 'string', ...choices } },
      },
    });
    for (const type of ['static_select', 'checkboxes'])
      expect(labels({ blocks: form }, type)).toEqual(['1. Yes', '2. yes', '3. No']);
  });

  it('domains of one title have their ids beside them', () => {
    const domains = ['billing', 'billing-eu'].map((id) => ({ id, title: 'Billing' }));
    expect(ofType(askModal({ domains }), 'static_select')[0]?.options).toMatchObject([
      { text: { text: '1. Billing' }, description: { text: 'billing' } },
      { text: { text: '2. Billing' }, description: { text: 'billing-eu' } },
    ]);
  });

  it('what others have answered', () => {
    const same = 'The warranty covers it, as long as it was bought in the last two years';
    const card = itemCard(answeredBy({ U0ALICE: `${same} here`, U0BOB: `${same} abroad` }));
    expect(labels(card, 'button').slice(0, 2)).toEqual([
      expect.stringMatching(/^1\. Same as/),
      expect.stringMatching(/^2\. Same as/),
    ]);
    expect(words(card)).toMatch(/1\. .*here.*2\. .*abroad/s);
  });
});
