import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cardPicture } from '../../scripts/card-picture.ts';
import { sampleCard } from '../../scripts/sample-card.ts';

describe("the README's picture of a card", () => {
  it('shows the card as it is drawn now (npx tsx scripts/draw-card.ts draws it anew)', () => {
    expect(readFileSync('docs/card.svg', 'utf8')).toBe(sampleCard());
  });

  it('needs nothing from elsewhere, and no value that is masked is in it', () => {
    const svg = sampleCard();
    expect(svg).not.toMatch(/href|url\(|<image|<script|@import/);
    expect(svg).toContain('••••');
    expect(svg).not.toContain('DE02');
  });

  it('no text becomes markup', () => {
    const svg = cardPicture(
      { blocks: [{ type: 'header', text: { type: 'plain_text', text: '</text><script>&' } }] },
      { now: 0 },
      { name: '<b>', at: '&' },
    );
    expect(svg).toContain('&lt;/text&gt;&lt;script&gt;&amp;');
    expect(svg).not.toMatch(/<script|<b>/);
  });

  it('a block that it cannot draw is no blank in the picture', () => {
    const draw = () =>
      cardPicture({ blocks: [{ type: 'video' }] }, { now: 0 }, { name: 'x', at: '' });
    expect(draw).toThrow('a video cannot be drawn');
  });
});
