import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  MASK,
  hideCredentials,
  hideIn,
  hidePayload,
  maskSensitive,
  unmatchedSensitivePaths,
} from '../../../src/domain/redact.ts';
import type { Item } from '../../../src/domain/item.ts';
import { anyItem } from '../../blocks/any-item.ts';
import { approval, comparison, question, review } from '../../blocks/fixtures.ts';
import { runs } from '../../runs.ts';

const masked = (item: Item, ...sensitive: string[]) => maskSensitive({ ...item, sensitive });

describe('maskSensitive', () => {
  it.each([
    {
      path: '$.action.args.iban',
      item: approval,
      expected: { action: { args: { iban: MASK, amount: 240 } } },
    },
    {
      path: '$.action.args',
      item: approval,
      expected: { action: { name: 'refund', args: { amount: MASK } } },
    },
    {
      path: '$.evidence[0].text',
      item: approval,
      expected: { evidence: [{ text: MASK, label: 'Invoice 1182' }] },
    },
    { path: '$.evidence[*].url', item: approval, expected: { evidence: [{ url: MASK }] } },
    { path: '$.proposal', item: review, expected: { proposal: MASK } },
    { path: '$.body', item: approval, expected: { body: MASK } },
    {
      path: '$.candidates',
      item: comparison,
      expected: { candidates: [{ id: 'model-x', text: MASK }, {}, {}] },
    },
    {
      path: '$.options[1]',
      item: question,
      expected: { options: [{ label: 'Yes' }, { id: 'no', label: MASK }] },
    },
    { path: '$.confidence', item: approval, expected: { confidence: undefined } },
    {
      path: '$.requester',
      item: approval,
      expected: { requester: { name: MASK, slack_user: undefined } },
    },
  ])('$path', ({ item, path, expected }) => {
    expect(masked(item, path)).toMatchObject(expected);
  });

  it('reaches into a proposal that is an object, and into lists in it', () => {
    const proposal = {
      lines: [
        { to: 'a', iban: 'x' },
        { to: 'b', iban: 'y' },
      ],
      total: 3,
    };
    expect(masked({ ...review, proposal }, '$.proposal.lines[*].iban').proposal).toEqual({
      lines: [
        { to: 'a', iban: MASK },
        { to: 'b', iban: MASK },
      ],
      total: 3,
    });
  });

  it('changes nothing for a path that leads nowhere, and never what the card runs on', () => {
    const item = masked(
      approval,
      '$.nothing.here',
      '$.evidence[7].text',
      '$.id',
      '$.kind',
      '$.title[0]',
    );
    expect(item).toMatchObject({ id: approval.id, kind: 'approval', title: approval.title });
  });

  it('leaves the item that it was given as it is', () => {
    const before = structuredClone(approval);
    maskSensitive(approval);
    expect(approval).toEqual(before);
  });

  it('keeps ids and never throws, whatever the item', () => {
    fc.assert(
      fc.property(anyItem, (item) => {
        const safe = maskSensitive(item);
        expect(safe.id).toBe(item.id);
        expect(safe.candidates?.map((one) => one.id)).toEqual(
          item.candidates?.map((one) => one.id),
        );
        if (item.sensitive?.includes('$.body') && item.body !== undefined)
          expect(safe.body).toBe(MASK);
      }),
      { numRuns: runs(100) },
    );
  });
});

describe('paths that name nothing', () => {
  it('are told, and so are those that name what is always shown', () => {
    const sensitive = ['$.action.args.iban', '$.action.args.bic', '$.id', '$..amount', '$.domain'];
    expect(unmatchedSensitivePaths({ ...approval, sensitive })).toEqual([
      '$.action.args.bic',
      '$.id',
      '$.domain',
    ]);
  });
});

describe('the last net', () => {
  it('dots out exact hidden values in a sentence, and no short ones', () => {
    const args = { iban: 'DE89 3704', pin: 12, number: 123_456 };
    const item = { ...approval, action: { name: 'pay', args }, sensitive: ['$.action.args.*'] };
    expect(hideIn(item, 'argument iban is DE89 3704, number 123456, pin 12')).toBe(
      'argument iban is ••••, number ••••, pin 12',
    );
  });
});

describe('a payload that is no item', () => {
  const item = { kind: 'approval', action: { args: { iban: 'DE89' } }, note: 'see' };
  it.each([
    ['names what to hide', { ...item, sensitive: ['$..iban'] }, /"note": "see"/],
    ['names it wrongly', { ...item, sensitive: ['$..iban', 'iban'] }, /"note": "••••"/],
    ['names one path outside a list', { ...item, sensitive: '$..iban' }, /"note": "see"/],
    ['names no path at all', { ...item, sensitive: { iban: true } }, /"note": "••••"/],
  ])('that %s', (_, payload, shown) => {
    expect(hidePayload(JSON.stringify(payload))).toMatch(shown);
    expect(hidePayload(JSON.stringify(payload))).not.toContain('DE89');
  });

  it('and no JSON is hidden whole where it names sensitive values, else shown as it came', () => {
    expect(hidePayload('{"iban": "DE89", "sensitive": ["$.iban"]')).not.toContain('DE89');
    expect(hidePayload('{"iban": "DE89"')).toBe('{"iban": "DE89"');
  });

  it.each([
    ['https://user:pw@example.com/hook?token=t0ken&x=1', 'https://••••@example.com/hook?••••'],
    [
      String.raw`{"url":"https:\/\/u:p@example.com\/a?b=c"}`,
      String.raw`{"url":"https:\/\/••••@example.com\/a?••••"}`,
    ],
    ['https://example.com/a@b', 'https://example.com/a@b'],
    ['no address', 'no address'],
  ])('loses what opens doors: %s', (text, shown) => {
    expect(hideCredentials(text)).toBe(shown);
  });
});
