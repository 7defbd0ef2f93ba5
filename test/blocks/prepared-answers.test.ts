/** Prepared answers: what a button or a menu sends is on the card before it is pressed, and whole in Details. */
import { describe, expect, it } from 'vitest';
import { answerModal } from '../../blocks/modals/decide-modals.ts';
import { detailsModal } from '../../blocks/modals/details.ts';
import { itemCard } from '../../blocks/cards/item-card.ts';
import { decided, decisionOf, open, question } from './fixtures.ts';
import { hostile } from './hard-items.ts';
import { mrkdwnTexts, ofType, words } from './seen.ts';

const LONG = `We replace it${' in time'.repeat(60)}, and the end.`;
const options = [
  { id: 'yes', label: 'Yes', prefill: LONG },
  { id: 'no', label: 'No', description: 'It is older than two years', prefill: 'No, sorry.' },
  { id: 'ask', label: 'Ask for a photo' },
];
const many = [1, 2, 3, 4, 5, 6].map((at) => ({
  id: `o${at}`,
  label: `Reason ${at}`,
  prefill: `${at}: ${LONG}`,
}));

describe('on the card', () => {
  it('each option stands with what it is about and what it sends, cut short', () => {
    const seen = words(itemCard(open({ ...question, options })));
    expect(seen).toContain('What each answer sends');
    expect(seen).toContain('Yes: “We replace it in time');
    expect(seen).not.toContain('the end');
    expect(seen).toContain('No (It is older than two years): “No, sorry.”');
    expect(seen).toContain('Ask for a photo');
  });

  it('options of a menu likewise, and in the menu itself', () => {
    const card = itemCard(open({ ...question, options: many }));
    expect(words(card)).toContain('Reason 6: “6: We replace it');
    expect(ofType(card, 'static_select')[0]?.options).toMatchObject(
      many.map(({ prefill }) => ({
        description: { text: expect.stringContaining(prefill.slice(0, 60)) as string },
      })),
    );
  });

  it('a menu says what an option is about, rather than what it sends', () => {
    const [first, ...rest] = many;
    const card = itemCard(
      open({
        ...question,
        options: [{ id: 'x', label: 'X', description: 'About X', ...first }, ...rest],
      }),
    );
    expect(ofType(card, 'static_select')[0]?.options).toMatchObject([
      { description: { text: 'About X' } },
      ...rest.map(() => ({})),
    ]);
  });

  it('a label longer than its button is there to the end', () => {
    const label = `${'Very '.repeat(20)}well`;
    expect(words(itemCard(open({ ...question, options: [{ id: 'a', label }] })))).toContain(
      `What each answer sends${label}`,
    );
  });

  it.each([
    ['labels say it all', open({ ...question, options: [{ id: 'a', label: 'Yes' }] })],
    ['nothing may be answered', open({ ...question, options }, { allowed: ['escalate'] })],
    ['it is decided', decided({ ...question, options }, decisionOf('answered', { answer: 'No.' }))],
  ])('there is no list where %s', (_, input) => {
    expect(words(itemCard(input))).not.toContain('What each answer sends');
  });

  it('what an option sends is dead text', () => {
    for (const surface of [itemCard, detailsModal]) {
      const { body: _, ...rest } = hostile('question');
      const shown = surface(open({ ...rest, options: rest.options?.slice(0, 3) }));
      expect(words(shown)).toContain('What each answer sends');
      for (const text of mrkdwnTexts(shown)) expect(text).not.toMatch(/evil\.example|<!channel>/);
      for (const type of ['channel', 'usergroup', 'broadcast', 'emoji'])
        expect(ofType(shown, type)).toEqual([]);
    }
  });

  it('a hidden text is not there to be read', () => {
    const item = { ...question, options, sensitive: ['$.options[0].prefill'] };
    expect(words(itemCard(open(item)))).toContain('Yes: “•••• (hidden)”');
  });
});

describe('elsewhere', () => {
  it('Details have each text whole, before and after the decision', () => {
    const item = { ...question, options };
    for (const input of [open(item), decided(item, decisionOf('answered', { answer: 'No.' }))]) {
      const seen = words(detailsModal(input));
      expect(seen).toContain(LONG);
      expect(seen).toContain('No (It is older than two years)No, sorry.');
    }
  });

  it('the form for an answer says it under each option', () => {
    const view = answerModal(open({ ...question, options }));
    expect(ofType(view, 'static_select')[0]?.options).toMatchObject([
      { description: { text: expect.stringContaining('We replace it') as string } },
      { description: { text: 'It is older than two years' } },
      { text: { text: 'Ask for a photo' } },
    ]);
  });
});
