/** Why a person is asked, with the numbers: each said once, in one block. */
import { describe, expect, it } from 'vitest';
import { whyAsked } from '../../blocks/cards/why-asked.ts';
import type { CardDomain } from '../../blocks/cards/card-input.ts';
import { approval, billing, record } from './fixtures.ts';
import { words } from './seen.ts';

const HALF = '▰▰▰▰▰▱▱▱▱▱';

/** The block's words, for an item of confidence 0.48 and impact 5. */
function seen(why: string[], more: { confidence?: number; domain?: Partial<CardDomain> } = {}) {
  const item = { ...approval, confidence: more.confidence ?? 0.48, impact: 5 };
  const blocks = whyAsked(record(item, { why }), item, { ...billing, ...more.domain });
  expect(blocks.length).toBeLessThanOrEqual(1);
  return blocks.map(words).join('');
}

describe('why a person is asked', () => {
  it('a number that a reason names has its bar there, and is not said again', () => {
    expect(seen(['confidence 0.48, below 0.60'])).toBe(
      `Why you are asked: confidence 0.48, below 0.60 ${HALF}Impact ${HALF} 5/10`,
    );
    expect(seen(['confidence 0.48, at or below 0.85', 'impact 5, at or above 5.0'])).toBe(
      `Why you are askedconfidence 0.48, at or below 0.85 ${HALF}impact 5, at or above 5.0 ${HALF}`,
    );
  });

  it('named twice, it has one bar', () => {
    const lines = seen(['confidence 0.48, above 0.40', 'confidence 0.48, below 0.60']);
    expect(lines.split(HALF)).toHaveLength(3);
  });

  it.each([
    ['no reason names it', ['tagged refund']],
    ['a reason says another number', ['confidence 0.41, below 0.60']],
    ['a reason only sounds like one', ['confidence 0.48 is what I feel']],
  ])('a number stands on its own where %s', (_, why) => {
    expect(seen(why)).toBe(
      `Why you are asked: ${why.join('')}Confidence ${HALF} 48 % · Impact ${HALF} 5/10`,
    );
  });

  it('without a reason the numbers stand alone', () => {
    expect(seen([])).toBe(`Confidence ${HALF} 48 % · Impact ${HALF} 5/10`);
  });

  it('neither a reason nor a bar gives a hidden number away', () => {
    const domain = { visible_fields: ['impact'] };
    expect(seen(['confidence 0.48, below 0.60'], { domain })).toBe(`Impact ${HALF} 5/10`);
  });

  it('says how many reasons more there are', () => {
    const why = ['a', 'b', 'c', 'd', 'e', 'confidence 0.48, below 0.60'];
    expect(seen(why)).toBe(
      `Why you are askedabcdand 2 more (Details)Confidence ${HALF} 48 % · Impact ${HALF} 5/10`,
    );
  });
});
