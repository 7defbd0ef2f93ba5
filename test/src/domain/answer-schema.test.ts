import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AnswerSchema } from '../../../src/domain/answer-fields.ts';
import { answerProblems } from '../../../src/domain/answer-problems.ts';
import { answerSchema } from '../../../src/domain/answer-schema.ts';
import { shapeProblems } from '../../../src/domain/shape-problems.ts';

const SCHEMA: AnswerSchema = {
  type: 'object',
  properties: {
    reason: { type: 'string', minLength: 3, maxLength: 10 },
    cause: { type: 'string', enum: ['late', 'lost'] },
    day: { type: 'string', format: 'date' },
    mail: { type: 'string', format: 'email' },
    page: { type: 'string', format: 'url' },
    amount: { type: 'number', minimum: 0, maximum: 500 },
    count: { type: 'integer' },
    sure: { type: 'boolean' },
    tags: {
      type: 'array',
      items: { type: 'string', enum: ['a', 'b', 'c'] },
      minItems: 1,
      maxItems: 2,
    },
  },
  required: ['reason'],
};

describe('an answer, held against its form', () => {
  it.each<[field: string, good: unknown[], bad: unknown[]]>([
    ['reason', ['abc', '😀😀😀', 'x'.repeat(10)], ['ab', '😀😀', 'x'.repeat(11), 7, ['abc']]],
    ['cause', ['late'], ['Late', '', 1]],
    [
      'day',
      ['2026-02-28', '2028-02-29'],
      ['2026-02-30', '28.02.2026', '2026-2-8', '2026-02-28T00:00:00Z', 20260228],
    ],
    ['mail', ['a.b@example.com'], ['a.b', '@example.com', 'a b@example.com']],
    [
      'page',
      ['https://a.example/x', 'http://a.example'],
      ['a.example', 'ftp://a.example', 'javascript:alert(1)'],
    ],
    ['amount', [0, 499.5, 500], [-0.01, 500.01, '5', Number.NaN, Infinity]],
    ['count', [3, -3], [3.5, '3']],
    ['sure', [true, false], ['yes', 0]],
    ['tags', [['a'], ['a', 'c']], [[], ['a', 'b', 'c'], ['d'], ['a', 'a'], 'a']],
  ])('%s', (field, good, bad) => {
    const problemsWith = (value: unknown) =>
      answerProblems(SCHEMA, { reason: 'fine', [field]: value });
    for (const value of good) expect(problemsWith(value)).toEqual([]);
    for (const value of bad)
      expect(problemsWith(value)).toMatchObject([{ field, problem: expect.any(String) }]);
  });

  it('what is needed must be there, and what was not asked for must not', () => {
    expect(answerProblems(SCHEMA, { sure: null, other: 1 })).toEqual([
      { field: 'reason', problem: 'is needed' },
      { field: 'other', problem: 'is not asked for' },
    ]);
    expect(
      answerProblems({ ...SCHEMA, additionalProperties: true }, { reason: 'fine', other: 1 }),
    ).toEqual([]);
  });

  it('an inherited name is no answer', () => {
    const schema = answerSchema.parse({
      type: 'object',
      properties: { toString: { type: 'string' } },
      required: ['toString'],
    });
    expect(answerProblems(schema, {})).toEqual([{ field: 'toString', problem: 'is needed' }]);
  });
});

describe('a form that Slack cannot ask is refused', () => {
  const of = (properties: object, more: object = {}) =>
    answerSchema.safeParse({ type: 'object', properties, ...more }).success;
  const many = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, at) => [`f${at}`, { type: 'boolean' }]));
  it.each<[story: string, taken: boolean, form: boolean]>([
    ['forty fields', true, of(many(40))],
    ['forty-one', false, of(many(41))],
    ['none', false, of({})],
    ['a field in a field', false, of({ a: { type: 'object', properties: {} } })],
    ['a list of anything', false, of({ a: { type: 'array', items: { type: 'string' } } })],
    ['a format there is not', false, of({ a: { type: 'string', format: 'ipv4' } })],
    ['a choice twice', false, of({ a: { type: 'string', enum: ['x', 'x'] } })],
    ['a choice too long for Slack', false, of({ a: { type: 'string', enum: ['x'.repeat(76)] } })],
    ['a name that is none', false, of({ 'a b': { type: 'boolean' } })],
    [
      'the name of the prototype',
      false,
      of(JSON.parse('{"__proto__":{"type":"boolean"}}') as object),
    ],
    ['a required field that is not asked', false, of(many(1), { required: ['other'] })],
    ['one that is', true, of(many(1), { required: ['f0'] })],
    ['a keyword of JSON Schema that a form has not', false, of(many(1), { oneOf: [] })],
    [
      'a text longer than its longest',
      false,
      of({ a: { type: 'string', minLength: 5, maxLength: 4 } }),
    ],
    ['a text of one length', true, of({ a: { type: 'string', minLength: 5, maxLength: 5 } })],
    [
      'choices that are none of its dates',
      false,
      of({ a: { type: 'string', format: 'date', enum: ['soon'] } }),
    ],
    ['a number above its highest', false, of({ a: { type: 'number', minimum: 2, maximum: 1 } })],
    ['no whole number between', false, of({ a: { type: 'integer', minimum: 1.2, maximum: 1.8 } })],
    ['one between', true, of({ a: { type: 'integer', minimum: 1.2, maximum: 2 } })],
    [
      'more to choose than there is',
      false,
      of({ a: { type: 'array', items: { type: 'string', enum: ['x'] }, minItems: 2 } }),
    ],
  ])('%s: %s', (_story, taken, form) => {
    expect(form).toBe(taken);
  });
});

describe("edited arguments have the shape of the AI's", () => {
  const before = { amount: 240, to: { iban: 'DE1' }, lines: [{ sku: 'a' }], note: null, tags: [] };
  it.each<[story: string, after: unknown, paths: string[]]>([
    ['nothing changed', before, []],
    ['other values of the same kind', { ...before, amount: 1, to: { iban: '' } }, []],
    ['a number as a text', { ...before, amount: '240' }, ['$.amount']],
    ['a key gone', { amount: 1, to: {}, lines: [], note: null, tags: [] }, ['$.to.iban']],
    ['a key added', { ...before, approve_all: true }, ['$.approve_all']],
    ['a longer list of the same', { ...before, lines: [{ sku: 'b' }, { sku: 'c' }] }, []],
    [
      'a list of something else',
      { ...before, lines: [{ sku: 'b' }, { price: 1 }] },
      ['$.lines[1].sku', '$.lines[1].price'],
    ],
    ['what was null may become anything', { ...before, note: { deep: [1] } }, []],
    ['an empty list may get anything', { ...before, tags: ['x', 1] }, []],
    ['a list in place of an object', [], ['$']],
    ['null in place of a value', { ...before, to: null }, ['$.to']],
    [
      'an inherited name is no key',
      { ...before, to: Object.create({ iban: 'x' }) as object },
      ['$.to.iban'],
    ],
  ])('%s', (_story, after, paths) => {
    expect(shapeProblems(before, after).map((one) => one.path)).toEqual(paths);
  });

  it('any JSON has its own shape', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(shapeProblems(value, structuredClone(value))).toEqual([]);
      }),
    );
  });
});
