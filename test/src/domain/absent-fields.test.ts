import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseFeedback } from '../../../src/domain/feedback.ts';
import { itemSchema } from '../../../src/domain/item.ts';
import { parseItem } from '../../../src/domain/parse-item.ts';

const QUESTION = { id: 'q', kind: 'question', title: 't' };
const APPROVAL = { id: 'a', kind: 'approval', title: 't', action: { name: 'refund' } };
const OPTIONAL = Object.entries(itemSchema.shape)
  .filter(([name, field]) => field instanceof z.ZodOptional && name !== 'state')
  .map(([name]) => name);
/** Those that take a text. */
const TEXTS = 'domain body proposal justification cohort expires_at reply_to run_id'.split(' ');

const written = (input: unknown): unknown => {
  const parsed = parseItem(input);
  return parsed.ok ? parsed.written : parsed.errors;
};

describe('an optional field that says nothing', () => {
  it.each(OPTIONAL)('%s: null is the same as leaving it out, for a replay too', (name) => {
    expect(written({ ...QUESTION, [name]: null })).toBe(written(QUESTION));
  });

  it.each(TEXTS)('%s: an empty text is the same as leaving it out', (name) => {
    expect(OPTIONAL).toContain(name);
    expect(written({ ...QUESTION, [name]: '' })).toBe(written(QUESTION));
  });

  it.each(OPTIONAL.filter((name) => !TEXTS.includes(name)))(
    '%s takes no text: an empty one is an error',
    (name) => {
      expect(parseItem({ ...QUESTION, [name]: '' }).ok).toBe(false);
    },
  );

  it.each<[field: string, said: object, same: object]>([
    [
      'model',
      { model: { name: null, version: '', prompt_version: 'p' } },
      { model: { prompt_version: 'p' } },
    ],
    ['requester', { requester: { name: 'bot', slack_user: null } }, { requester: { name: 'bot' } }],
    [
      'evidence',
      {
        evidence: [
          { label: 'l', text: '', url: null },
          { label: 'm', url: '' },
        ],
      },
      { evidence: [{ label: 'l' }, { label: 'm' }] },
    ],
    [
      'options',
      { options: [{ id: 'a', label: 'A', description: null, prefill: '' }] },
      { options: [{ id: 'a', label: 'A' }] },
    ],
    [
      'ensemble',
      { ensemble: [{ source: 's', answer: 'a', confidence: null }] },
      { ensemble: [{ source: 's', answer: 'a' }] },
    ],
  ])('holds inside %s too', (_field, said, same) => {
    expect(written({ ...QUESTION, ...said })).toBe(written({ ...QUESTION, ...same }));
  });

  it('what has no optional fields stays to the letter: state, arguments, a proposal’s object', () => {
    const open = { a: null, b: '', c: [null, ''] };
    const parsed = parseItem({
      ...APPROVAL,
      action: { name: 'x', args: open },
      proposal: open,
      state: open,
    });
    expect(
      parsed.ok && [parsed.item.action?.args, parsed.item.proposal, parsed.item.state],
    ).toEqual([open, open, open]);
    for (const state of [null, '']) {
      const echoed = parseItem({ ...QUESTION, state });
      expect(echoed.ok && echoed.item.state).toBe(state);
    }
  });

  it.each<[said: object, field: string]>([
    [{ title: null }, 'title'],
    [{ kind: '' }, 'kind'],
    [{ tags: [null] }, 'tags[0]'],
    [{ tags: [''] }, 'tags[0]'],
    [{ callback: { url: null } }, 'callback.url'],
    [{ evidence: [{ label: '' }] }, 'evidence[0].label'],
    [{ nonsense: null }, 'nonsense'],
  ])('what is needed, or no field at all, is still an error: %j', (said, field) => {
    const parsed = parseItem({ ...QUESTION, ...said });
    expect(!parsed.ok && parsed.errors.map((one) => one.field)).toEqual([field]);
  });

  it('feedback has the same rule for null; an empty truth may mean something, and is refused', () => {
    expect(parseFeedback({ verdict: 'wrong', truth: null, at: null })).toEqual(
      parseFeedback({ verdict: 'wrong' }),
    );
    expect(parseFeedback({ verdict: null }).ok).toBe(false);
    expect(parseFeedback({ verdict: 'wrong', truth: '' }).ok).toBe(false);
    const told = parseFeedback({ verdict: 'wrong', truth: { iban: null } });
    expect(told.ok && told.feedback.truth).toEqual({ iban: null });
  });
});
