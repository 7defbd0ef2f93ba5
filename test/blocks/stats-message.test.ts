import { describe, expect, it } from 'vitest';
import {
  before,
  percent,
  pointsWords,
  rangeWords,
  rateWords,
} from '../../blocks/text/figure-words.ts';
import { withinLimits } from '../../blocks/text/limits.ts';
import { statsMessage } from '../../blocks/messages/stats-message.ts';
import { countPeriod } from '../../src/stats/formulas/period-figures.ts';
import { rateOf } from '../../src/stats/formulas/tally.ts';
import { words } from './seen.ts';
import { shownStats } from './stats-fixture.ts';

const DAY = 86_400_000;

describe('figures as a message', () => {
  it.each([
    ['with its table', false],
    ['as lines, where Slack knows no tables', true],
  ])(
    'keeps within Slack’s limits %s, however many groups there are and whatever they are called',
    (_, classic) => {
      const message = withinLimits('message', statsMessage(shownStats(), classic));
      const text = words(message);
      expect(text).toMatch(/and \d+ more/);
      expect(text).not.toContain('@channel');
      expect(JSON.stringify(message.blocks).length).toBeLessThan(13_200);
      expect(message.blocks.some((block) => block.type === 'table')).toBe(!classic);
    },
  );

  it('says what stands out, with names for managers alone, or that nothing does', () => {
    const [own, shared] = [
      words(statsMessage(shownStats())),
      words(statsMessage(shownStats({ share: null, shared_by: 'U0BOSS' }))),
    ];
    expect(own).toContain('Experts disagree in 35% of what several judged in Billing: 14 of 40');
    expect(own).toMatch(/U0ALICE>? decides in under 4 s/);
    expect(shared).toContain('Somebody decides in under 4 s');
    expect(words(statsMessage(shownStats({ stands_out: [] })))).toContain(
      'Nothing that calls for a change',
    );
  });

  it('says how far people agree, whether blind checks found the same, and how pages fell', () => {
    const text = words(statsMessage(shownStats()));
    expect(text).toContain('5 of 40 disputed, Krippendorff’s α 0.71');
    expect(text).toContain('Blind checks found the AI’s answer the same in 90% (60–98%) of 10');
    expect(text).toContain('had 20, 2 times an even share');
  });

  it('says so where there is nothing', () => {
    const counting = countPeriod({
      ...{ from: 0, to: DAY, by: 'domain', domain: null, expert: null, edges: [0] },
      hourOf: () => 0,
    });
    const nothing = { ...counting.figures(), agreement: [], blind_same: null, pages: null };
    const all = words(statsMessage(shownStats({ ...nothing, by: 'domain' })));
    expect(all).toContain('Nothing came in and nothing was decided.');
    const own = words(statsMessage(shownStats({ ...nothing, whose: 'own' })));
    expect(own).toContain('You decided nothing in this time.');
    expect(own).toContain('at least five people decided');
  });
});

describe('figures in words', () => {
  it('have a decimal only where it says something', () => {
    expect([0, 0.004, 0.0994, 0.0996, 0.5, 1].map(percent)).toEqual([
      '0%',
      '0.4%',
      '9.9%',
      '10%',
      '50%',
      '100%',
    ]);
  });

  it('have their interval and what was before', () => {
    const rate = rateOf(21, 100);
    if (!rate) throw new Error('it was counted');
    expect(rateWords(rate)).toBe('21% (14–30%)');
    expect(rangeWords(rate)).toBe('14–30%');
    expect(before(rate)).toBe(', 21% before');
    expect(before(null)).toBe('');
    expect(pointsWords(rate, rateOf(25, 100))).toBe('−4 points');
    expect(pointsWords(rate, rateOf(21, 100))).toBe('as before');
    expect(pointsWords(rate, null)).toBe('');
  });
});
