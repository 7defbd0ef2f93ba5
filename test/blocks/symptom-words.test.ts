import { expect, it } from 'vitest';
import { withinLimits } from '../../blocks/text/limits.ts';
import { plainMessage } from '../../blocks/messages/plain-message.ts';
import { symptomLines } from '../../blocks/messages/symptom-words.ts';
import { words } from './seen.ts';

it('what stands out is six lines at most, whole, whatever domains are called', () => {
  const symptoms = Array.from({ length: 9 }, (_, at) => ({
    ...{ symptom: 'review_grows' as const, domain: `d${at}` },
    ...{ asked: { now: 2e6, before: 1e6 }, arrived: { now: 3e6, before: 3e6 } },
  }));
  const titles = new Map(symptoms.map(({ domain }) => [domain, `<!channel> \`${'x'.repeat(90)}`]));
  const lines = symptomLines(symptoms, titles, false);
  const text = words(withinLimits('message', plainMessage(lines.join('\n'))));
  expect(lines).toHaveLength(7);
  expect(text).toMatch(/and 3 more$/);
  expect(text).toContain('2,000,000 of 3,000,000 items needed a person');
  expect(text).not.toMatch(/[<>*]|&amp;/);
});
