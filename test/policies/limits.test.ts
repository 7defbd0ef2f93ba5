import { describe, expect, test } from 'vitest';
import { intakeRate } from '../../policies/routing/intake-rate.ts';
import { read, SMALL, told } from './written-policy.ts';

const withLimits = (limits: string) => `${SMALL}limits: ${limits}\n`;

describe('limits', () => {
  test('may be left out: nothing is limited', () => {
    expect(read(SMALL).limits).toBeNull();
    expect(intakeRate(read(SMALL), 'queue')).toBeNull();
  });

  test('a producer that is named has its own, every other one that of each', () => {
    const policy = read(
      withLimits(
        '{intake: {each: 300 per 1m, producers: {queue: 20 per 1s, support bot: 5 per 2h}}}',
      ),
    );
    expect(intakeRate(policy, 'queue')).toEqual({ count: 20, per_ms: 1000 });
    expect(intakeRate(policy, 'support bot')).toEqual({ count: 5, per_ms: 7_200_000 });
    expect(intakeRate(policy, 'constructor')).toEqual({ count: 300, per_ms: 60_000 });
    const named = read(withLimits('{intake: {producers: {queue: 20 per 1s}}}'));
    expect(intakeRate(named, 'crm')).toBeNull();
  });

  test.each([
    ['{intake: {each: 300}}', 'limits.intake.each: is not a number of items in a time'],
    ['{intake: {each: 300/m}}', 'like 300 per 1m'],
    ['{intake: {each: 0 per 1m}}', 'is not a number of items from 1 to 1000000'],
    ['{intake: {each: 9999999 per 1m}}', 'is not a number of items from 1 to 1000000'],
    ['{intake: {each: 3 per 1month}}', 'is not a duration'],
    [
      '{intake: {producers: {queue: fast}}}',
      'limits.intake.producers.queue: is not a number of items',
    ],
    ['{intake: {eech: 3 per 1m}}', 'eech'],
    ['{}', 'limits.intake'],
  ])('%s is refused', (limits, problem) => {
    expect(told(withLimits(limits)).join('\n')).toContain(problem);
  });
});
