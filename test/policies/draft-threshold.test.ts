import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { draftThreshold } from '../../policies/file/draft-threshold.ts';
import { parsePolicy } from '../../policies/file/parse-policy.ts';
import { edited } from '../edited.ts';

const shipped = readFileSync('policies/default.yaml', 'utf8');

describe('a drafted threshold', () => {
  it('changes one number of the rule that lets through, for that domain alone', () => {
    const drafted = draftThreshold(shipped, 'billing', 0.91) ?? '';
    const lines = (text: string) => text.split('\n');
    const changed = lines(drafted).filter((line, at) => line !== lines(shipped)[at]);
    expect(changed).toEqual([
      `    when: 'item.confidence > (item.domain == "billing" ? 0.91 : 0.85) && item.impact <= 6.0'`,
    ]);
    expect(parsePolicy(drafted).ok).toBe(true);
  });

  it('takes whichever quotes are free, and a rule on one line', () => {
    const flow = edited(shipped, [
      /  - id: sure\n.*\n.*\n/,
      `  - { id: sure, when: "item.confidence >= 0.85", route: { let_through: {} } }\n`,
    ]);
    expect(flow).not.toBe(shipped);
    expect(draftThreshold(flow, 'billing', 0.7)).toContain(
      `"item.confidence >= (item.domain == 'billing' ? 0.70 : 0.85)"`,
    );
  });

  it.each([
    [
      'no rule lets through above a confidence',
      edited(shipped, ['item.confidence > 0.85 && item.impact', 'item.impact']),
      'billing',
    ],
    ['the file is no policy', 'version: 2', 'billing'],
    ['the domain is no plain name', shipped, `x" || true || "`],
  ])('is none where %s', (_why, text, domain) => {
    expect(draftThreshold(text, domain, 0.9)).toBeNull();
  });
});
