/** A card of texts that were written to harm: dead words, whatever they say. */
import { describe, expect, it } from 'vitest';
import { itemCard } from '../../blocks/cards/item-card.ts';
import { limitProblems, withinLimits } from '../../blocks/text/limits.ts';
import { KINDS, type Item } from '../../src/domain/item.ts';
import { approval, decided, decisionOf, everyState, open, review } from './fixtures.ts';
import { hostile } from './hard-items.ts';
import { UNSEEN, mrkdwnTexts, ofType, words } from './seen.ts';

describe('hostile texts', () => {
  it.each(KINDS)('of a %s never reach a place where Slack parses', (kind) => {
    for (const [state, input] of everyState(hostile(kind))) {
      const card = withinLimits('message', itemCard(input));
      for (const text of [card.text, ...mrkdwnTexts(card)]) {
        const ours = text.replace(/<@U[A-Z0-9]+>|<!date\^\d+\^[^<>|]*\|[^<>]*>/g, '');
        expect(ours, state).not.toMatch(/[<>]|\*bold|_italic_|~gone|`code|https:\/\//);
      }
    }
  });

  it.each(KINDS)('of a %s turn nothing around, hide nothing, stack nothing', (kind) => {
    const seen = words(itemCard(open(hostile(kind))));
    expect(seen).not.toMatch(UNSEEN);
    expect(seen).not.toMatch(/\p{M}{4}/u);
  });

  it('make no mention, and no link but one that says where it leads', () => {
    const card = itemCard(open(hostile('approval')));
    for (const type of ['user', 'channel', 'usergroup', 'broadcast', 'emoji'])
      expect(ofType(card, type)).toEqual([]);
    for (const link of ofType(card, 'link')) {
      expect(link.url).toMatch(/^https?:/);
      expect(link.text).toMatch(/evil\.example$/);
    }
  });

  it('cannot pass for a host: such a label is quoted', () => {
    const evidence = [{ label: 'paypal.com (safe)', url: 'https://evil.example/' }];
    expect(words(itemCard(open({ ...review, evidence })))).toContain(
      '“paypal.com (safe)” (evil.example)',
    );
  });
});

describe('deeply nested arguments', () => {
  const nested = (depth: number): Item => ({
    ...approval,
    action: {
      name: 'deep',
      args: { deep: JSON.parse('['.repeat(depth) + ']'.repeat(depth)) as string[] },
    },
  });

  it.each([5, 50, 2000])('of %i levels are shown as far as they can be', (depth) => {
    const item = nested(depth);
    for (const input of [
      open(item),
      decided(item, decisionOf('approved', { action: item.action })),
    ]) {
      const card = withinLimits('message', itemCard(input));
      expect(limitProblems('message', card)).toEqual([]);
    }
  });
});
