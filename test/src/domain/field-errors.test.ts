import { describe, expect, it } from 'vitest';
import { parseFeedback } from '../../../src/domain/feedback.ts';
import { inOneLine } from '../../../src/http/problem.ts';
import { readJson } from '../../../src/domain/exact-json.ts';
import { parseItem } from '../../../src/domain/parse-item.ts';

const GOOD = { id: 'a', kind: 'approval', title: 't', proposal: 'x' };

describe('what a producer is told of an item', () => {
  it.each<[more: object, said: string]>([
    [{ confidence: 42 }, 'confidence must be between 0 and 1 (found 42)'],
    [{ impact: -1 }, 'impact must be between 0 and 10 (found -1)'],
    [{ confidence: '0.4' }, 'confidence must be a number (found a text)'],
    [{ confidence: true }, 'confidence must be a number (found true)'],
    [{ title: undefined }, 'title is missing'],
    [{ title: ['x'] }, 'title must be a text (found a list)'],
    [{ title: 'x'.repeat(301) }, 'title must have at most 300 characters (found 301)'],
    [{ id: '' }, 'id must not be empty'],
    [{ id: 4_111_111_111 }, 'id must be a text (found a number)'],
    [
      { confidnce: 0.4, kind: 'aproval' },
      'kind must be one of approval, question, review, comparison (found "aproval": did you mean `approval`?); confidnce is not a field of an item: did you mean `confidence`?',
    ],
    [{ kind: undefined }, 'kind is missing'],
    [{ kind: 7 }, 'kind must be one of approval, question, review, comparison (found 7)'],
    [{ sentiment: 1 }, 'sentiment is not a field of an item'],
    [{ tags: 'a' }, 'tags must be a list (found a text)'],
    [{ tags: [1] }, 'tags[0] must be a text (found a number)'],
    [{ proposal: 3 }, 'proposal must be a text or an object (found a number)'],
    [{ proposal: 'x'.repeat(20_001) }, 'proposal must have at most 20000 characters (found 20001)'],
    [{ allowed: [] }, 'allowed must not be empty'],
    [
      { allowed: ['answer'] },
      'allowed leaves nothing that decides an approval: it takes approve, edit, reject, escalate',
    ],
    [
      { expires_at: 'tomorrow' },
      'expires_at must be a time like 2026-11-21T10:00:00Z (found "tomorrow")',
    ],
    [{ callback: {} }, 'callback.url is missing'],
    [
      { callback: { url: 'https://a.example', evens: [] } },
      'callback.evens is not a field of callback, which has url',
    ],
    [{ model: 'gpt' }, 'model must be an object (found a text)'],
    [{ ensemble: [{ source: 'x' }] }, 'ensemble[0].answer is missing'],
    [
      { evidence: Array.from({ length: 21 }, () => ({ label: 'x' })) },
      'evidence must have at most 20 entries (found 21)',
    ],
  ])('%j', (more, said) => {
    const parsed = parseItem({ ...GOOD, ...more }, 'exact');
    expect(parsed.ok ? 'good' : inOneLine(parsed.errors)).toBe(said);
  });

  it.each<[written: string, said: string]>([
    ['', 'is not JSON: JSON value expected but reached end of input (line 1, column 1)'],
    [
      '{\n  "id": "a",\n}',
      "is not JSON: quoted object key expected but got '}' (line 3, column 1)",
    ],
    ['{"a": NaN}', "is not JSON: object value expected after ':' (line 1, column 7)"],
    ['['.repeat(100_000), 'is not JSON: it does not end as it begins (line 1, column 1)'],
  ])('what is no JSON is told with its place: %.40j', (written, said) => {
    expect(readJson(written, 'item')).toMatchObject({ ok: false, problem: { problem: said } });
  });

  it.each<[more: object, said: string]>([
    [
      { verdict: 'wrongg' },
      'verdict must be one of right, wrong, reversed, complaint (found "wrongg": did you mean `wrong`?)',
    ],
    [{ when: 1 }, 'when is not a field of feedback, which has verdict, truth, at'],
  ])('of feedback: %j', (more, said) => {
    const parsed = parseFeedback({ verdict: 'wrong', ...more });
    expect(parsed.ok ? 'good' : inOneLine(parsed.errors)).toBe(said);
  });

  it('none of zod’s own words is left', () => {
    const nonsense: unknown[] = [null, [], {}, '', 'x'.repeat(30_000), -5, 1e300, true, [[{}]]];
    for (const field of Object.keys(GOOD).concat(
      ['body', 'action', 'candidates', 'options', 'allowed', 'ensemble', 'evidence', 'tags'],
      ['sensitive', 'model', 'requester', 'thread', 'expires_at', 'callback', 'run_id'],
    ))
      for (const value of nonsense) {
        const parsed = parseItem({ ...GOOD, [field]: value }, 'exact');
        const said = parsed.ok ? '' : inOneLine(parsed.errors);
        expect(said).not.toMatch(/invalid|expected|too (big|small)|received|undefined/i);
      }
  });
});
