import { describe, expect, it } from 'vitest';
import { parseItem } from '../../../src/domain/parse-item.ts';

const long = (length: number) => 'x'.repeat(length);
const times = <T>(count: number, one: (at: number) => T) =>
  Array.from({ length: count }, (_, at) => one(at));

const APPROVAL = { id: 'a', kind: 'approval', title: 't', action: { name: 'refund' } };
const QUESTION = { id: 'q', kind: 'question', title: 't' };
const COMPARISON = {
  id: 'c',
  kind: 'comparison',
  title: 't',
  candidates: times(2, (at) => ({ id: `c${at}`, text: 'x' })),
};

/** Which fields are named as wrong; none where it is an item. */
function wrong(input: unknown): string[] {
  const parsed = parseItem(input);
  return parsed.ok ? [] : parsed.errors.map((one) => one.field);
}

describe('how much of each field an item may have', () => {
  it.each<[field: string, base: object, at: (size: number) => unknown, most: number]>([
    ['id', APPROVAL, long, 128],
    ['title', APPROVAL, long, 300],
    ['body', APPROVAL, long, 20_000],
    ['proposal', APPROVAL, long, 20_000],
    ['justification', APPROVAL, long, 5000],
    ['domain', APPROVAL, long, 200],
    ['cohort', APPROVAL, long, 200],
    ['run_id', APPROVAL, long, 200],
    ['action.name', APPROVAL, (size) => ({ name: long(size) }), 200],
    ['tags', APPROVAL, (size) => times(size, (at) => `t${at}`), 50],
    ['tags[0]', APPROVAL, (size) => [long(size)], 200],
    ['evidence', APPROVAL, (size) => times(size, () => ({ label: 'l' })), 20],
    ['evidence[0].label', APPROVAL, (size) => [{ label: long(size) }], 200],
    ['evidence[0].text', APPROVAL, (size) => [{ label: 'l', text: long(size) }], 5000],
    [
      'evidence[0].url',
      APPROVAL,
      (size) => [{ label: 'l', url: `https://a.example/${long(size - 18)}` }],
      3000,
    ],
    ['ensemble', APPROVAL, (size) => times(size, () => ({ source: 's', answer: 'a' })), 20],
    ['ensemble[0].answer', APPROVAL, (size) => [{ source: 's', answer: long(size) }], 20_000],
    ['ensemble[0].source', APPROVAL, (size) => [{ source: long(size), answer: 'a' }], 200],
    ['sensitive', APPROVAL, (size) => times(size, (at) => `$.action.args.a${at}`), 50],
    ['model.version', APPROVAL, (size) => ({ version: long(size) }), 200],
    ['requester.name', APPROVAL, (size) => ({ name: long(size) }), 200],
    ['options', QUESTION, (size) => times(size, (at) => ({ id: `o${at}`, label: 'l' })), 10],
    ['options[0].label', QUESTION, (size) => [{ id: 'o', label: long(size) }], 200],
    [
      'options[0].prefill',
      QUESTION,
      (size) => [{ id: 'o', label: 'l', prefill: long(size) }],
      3000,
    ],
    ['candidates', COMPARISON, (size) => times(size, (at) => ({ id: `c${at}`, text: 'x' })), 5],
    [
      'candidates[1].text',
      COMPARISON,
      (size) => [
        { id: 'a', text: 'x' },
        { id: 'b', text: long(size) },
      ],
      10_000,
    ],
  ])('%s', (field, base, at, most) => {
    const [name = ''] = field.split(/[.[]/, 1);
    expect(wrong({ ...base, [name]: at(most) })).toEqual([]);
    expect(wrong({ ...base, [name]: at(most + 1) })).toEqual([
      field === 'proposal' ? 'proposal' : field,
    ]);
  });

  it('state: 64 KiB of JSON, counted in bytes', () => {
    const quoted = (bytes: number) => long(bytes - 2);
    expect(wrong({ ...APPROVAL, state: quoted(64 * 1024) })).toEqual([]);
    expect(wrong({ ...APPROVAL, state: quoted(64 * 1024 + 1) })).toEqual(['state']);
    expect(wrong({ ...APPROVAL, state: 'é'.repeat(33 * 1024) })).toEqual(['state']);
  });

  it('the whole: 256 KiB of JSON, counted in bytes', () => {
    const sized = (bytes: number, letter: string) => {
      const bare = { ...APPROVAL, action: { name: 'refund', args: { note: '' } } };
      const room = bytes - JSON.stringify(bare).length;
      return {
        ...bare,
        action: { name: 'refund', args: { note: letter.repeat(room / Buffer.byteLength(letter)) } },
      };
    };
    expect(wrong(sized(256 * 1024, 'x'))).toEqual([]);
    expect(wrong(sized(256 * 1024 + 1, 'x'))).toEqual(['item']);
    expect(wrong(sized(258 * 1024, '漢'))).toEqual(['item']);
  });

  it('comparisons have two candidates at least', () => {
    expect(wrong({ ...COMPARISON, candidates: [{ id: 'a', text: 'x' }] })).toEqual(['candidates']);
  });

  it.each([
    ['confidence', 0, 1],
    ['impact', 0, 10],
    ['source_reliability', 0, 1],
  ])('%s lies between its ends', (field, least, most) => {
    for (const good of [least, most, (least + most) / 2])
      expect(wrong({ ...APPROVAL, [field]: good })).toEqual([]);
    for (const bad of [least - 0.001, most + 0.001, '0.5', ''])
      expect(wrong({ ...APPROVAL, [field]: bad })).toEqual([field]);
  });

  it.each(['id', 'title'])('%s is needed: it is not empty', (field) => {
    expect(wrong({ ...APPROVAL, [field]: '' })).toEqual([field]);
    expect(wrong({ ...APPROVAL, [field]: null })).toEqual([field]);
  });
});
