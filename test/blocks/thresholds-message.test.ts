import { describe, expect, it } from 'vitest';
import { withinLimits } from '../../blocks/text/limits.ts';
import { draftModal, thresholdsMessage } from '../../blocks/messages/thresholds-message.ts';
import { calibrate } from '../../src/stats/formulas/calibration.ts';
import { searchThreshold } from '../../src/stats/formulas/threshold.ts';
import { words } from './seen.ts';
import { shownThresholds } from './stats-fixture.ts';

describe('thresholds as a message', () => {
  it.each([
    ['with its table', false],
    ['as lines, where Slack knows no tables', true],
  ])('keep within Slack’s limits %s, whatever the models are called', (_, classic) => {
    const message = withinLimits('message', thresholdsMessage(shownThresholds(), classic));
    expect(words(message)).toContain('The data supports letting through above 0.80');
    expect(words(message)).toContain(
      '1,200 were let through; what nobody looked at is not in this',
    );
    expect(message.blocks.some((block) => block.type === 'table')).toBe(!classic);
  });

  it('say what is missing where nothing was looked at, and offer no draft', () => {
    const nothing = { all: calibrate([]), search: searchThreshold([], 0.02), draft: null };
    const message = thresholdsMessage(shownThresholds({ ...nothing, groups: [] }));
    expect(words(message)).toContain('149 more checks without an error would do');
    expect(message.blocks.map((block) => block.type)).toEqual(['rich_text']);
  });
});

it('a draft is shown however long it is', () => {
  const modal = withinLimits('modal', draftModal(`--- policy.yaml\n${'+ when\n'.repeat(2000)}`));
  expect(words(modal)).toContain('Nothing has changed.');
});
