import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MASK, maskSensitive } from '../../../src/domain/redact.ts';
import type { Item } from '../../../src/item.ts';
import { anyItem } from '../../blocks/any-item.ts';
import { approval, comparison, question, review } from '../../blocks/fixtures.ts';

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
      { numRuns: 100 },
    );
  });
});
