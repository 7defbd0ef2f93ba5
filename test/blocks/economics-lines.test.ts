import { describe, expect, it } from 'vitest';
import { withinLimits } from '../../blocks/text/limits.ts';
import { statsMessage } from '../../blocks/messages/stats-message.ts';
import type { DomainEconomics } from '../../src/stats/formulas/economics.ts';
import { words } from './seen.ts';
import { shownStats } from './stats-fixture.ts';

const BILLING: DomainEconomics = {
  domain: 'billing',
  ...{ decided: 90, spent: 1240.4, spent_on_checks: 12.345, delay: 80, looked: 80, wrong: 12 },
  ...{ avoided: 4000, break_even: 0.93, costs_more: false },
};
const costs = { currency: 'EUR', error: { per_point: 20 }, delay_hour: 3 };
const titles = new Map([['billing', 'Billing']]);

const shown = (domains: DomainEconomics[], of: typeof costs = costs) =>
  words(statsMessage(shownStats({ economics: { costs: of, domains, titles } })));

describe('what looking costs, in words', () => {
  it('has its numbers, and says what was assumed', () => {
    const text = shown([BILLING]);
    expect(text).toContain(
      'Billing: EUR 1,240 spent on review (EUR 12 of it on later checks), EUR 80 on waiting. EUR 4,000 of errors avoided: 12 edited or rejected of 80. A look pays below a confidence of 93%',
    );
    expect(text).not.toContain('costs more than');
    expect(text).toContain('15 min at most; an error costs EUR 20 for each point of impact');
    expect(text).toContain(
      'an hour of waiting costs EUR 3; an item that names no impact counts as the highest, 10.',
    );
  });

  it('says so where it costs more, and where too few were looked at', () => {
    expect(shown([{ ...BILLING, costs_more: true }])).toContain(
      'Looking costs more than it saves here',
    );
    expect(shown([{ ...BILLING, costs_more: null }])).toContain('Under 30 looks: too few');
    expect(shown([{ ...BILLING, looked: 0, costs_more: null, break_even: null }])).toContain(
      'Nothing was held back to be looked at',
    );
  });

  it('keeps within Slack’s limits, whatever domains are called', () => {
    const many = Array.from({ length: 40 }, (_, at) => ({
      ...BILLING,
      domain: `<!channel> ${'x'.repeat(200)} ${at}`,
    }));
    const economics = { costs, domains: many, titles };
    const message = withinLimits('message', statsMessage(shownStats({ economics })));
    expect(words(message)).toContain('and 34 more domains that cost less');
    expect(JSON.stringify(message.blocks).length).toBeLessThan(13_200);
  });

  it('is left out where there is nothing', () => {
    expect(shown([])).not.toContain('What looking costs');
  });
});
