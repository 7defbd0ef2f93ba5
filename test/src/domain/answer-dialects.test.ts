/** Schemas as MCP's elicitation, zod and pydantic write them: what each becomes, and what no form can ask. */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { answerForm } from '../../../blocks/modals/answer-form.ts';
import { readAnswer } from '../../../blocks/modals/read-form.ts';
import { limitProblems } from '../../../blocks/text/limits.ts';
import { answerProblems } from '../../../src/domain/answer-problems.ts';
import { answerSchema } from '../../../src/domain/answer-schema.ts';
import type { Item } from '../../../src/domain/item.ts';
import { question } from '../../blocks/fixtures.ts';

const object = (properties: object, more: object = {}) => ({ type: 'object', properties, ...more });
const zod = (shape: z.ZodType): unknown => JSON.parse(JSON.stringify(z.toJSONSchema(shape)));

/** Each: the schema, what its fields are read as, right answers, wrong ones. */
const TAKEN: [string, unknown, object, object[], object[]][] = [
  [
    'MCP: a contact (2025-06-18)',
    object(
      {
        name: { type: 'string', title: 'Full name', description: 'As in the passport' },
        email: { type: 'string', format: 'email' },
        age: { type: 'number', minimum: 18 },
        since: { type: 'string', format: 'date-time' },
        color: { type: 'string', enum: ['r', 'g'], enumNames: ['Red', 'Green'], default: 'r' },
      },
      { required: ['name', 'email'] },
    ),
    { color: { type: 'string', enum: ['r', 'g'], enumNames: ['Red', 'Green'], default: 'r' } },
    [{ name: 'Kim', email: 'kim@example.com', since: '2026-11-21T10:00:00Z', color: 'g' }],
    [
      { name: 'Kim', email: 'kim' },
      { name: 'K', email: 'k@b.example', since: 'now' },
      { name: 'K', email: 'k@b.example', color: 'Red' },
    ],
  ],
  [
    'MCP: titled choices, one and several (2025-11-25)',
    object({
      color: {
        type: 'string',
        oneOf: [
          { const: '#FF0000', title: 'Red' },
          { const: '#00FF00', title: 'Green' },
        ],
        default: '#00FF00',
      },
      tags: {
        type: 'array',
        minItems: 1,
        items: {
          anyOf: [
            { const: 'a', title: 'First' },
            { const: 'b', title: 'Second' },
          ],
        },
        default: ['a'],
      },
    }),
    {
      color: {
        type: 'string',
        enum: ['#FF0000', '#00FF00'],
        enumNames: ['Red', 'Green'],
        default: '#00FF00',
      },
      tags: {
        type: 'array',
        minItems: 1,
        items: { type: 'string', enum: ['a', 'b'], enumNames: ['First', 'Second'] },
        default: ['a'],
      },
    },
    [{ color: '#FF0000', tags: ['b'] }],
    [{ color: 'Red' }, { tags: [] }, { tags: ['First'] }],
  ],
  [
    'zod: an object with all that a form knows',
    zod(
      z.object({
        code: z
          .string()
          .regex(/^[A-Z]{3}-\d+$/)
          .describe('From the invoice'),
        mail: z.email(),
        id: z.uuid(),
        at: z.iso.datetime(),
        day: z.iso.date().optional(),
        page: z.url(),
        level: z.int().gt(0).lt(4),
        share: z.number().min(0).max(1),
        kind: z.enum(['late', 'lost']),
        size: z.literal([1, 2]),
        only: z.literal('yes'),
        either: z.union([z.literal('a'), z.literal('b')]),
        tags: z.array(z.enum(['x', 'y'])).max(2),
        note: z.string().nullable(),
        reason: z.enum(['r']).nullish(),
        sure: z.literal(true),
        start: z
          .string()
          .startsWith('ab')
          .default('abc')
          .meta({ title: 'Start', examples: ['abx'] }),
      }),
    ),
    {
      level: {
        type: 'integer',
        exclusiveMinimum: 0,
        exclusiveMaximum: 4,
      },
      size: { type: 'number', enum: [1, 2] },
      only: { type: 'string', enum: ['yes'] },
      either: { type: 'string', enum: ['a', 'b'] },
      note: { type: 'string', nullable: true },
      reason: { type: 'string', enum: ['r'], nullable: true },
      sure: { type: 'boolean', const: true },
      start: { type: 'string', pattern: '^ab.*', default: 'abc', title: 'Start' },
    },
    [],
    [],
  ],
  [
    'zod: one that takes more fields',
    zod(z.looseObject({ a: z.string() })),
    { a: { type: 'string' } },
    [{ a: 'x', more: 1 }],
    [{}],
  ],
  [
    'zod 4.0: an e-mail pattern that looks ahead',
    object({
      mail: {
        type: 'string',
        format: 'email',
        pattern:
          "^(?!\\.)(?!.*\\.\\.)([A-Za-z0-9_'+\\-\\.]*)[A-Za-z0-9_+-]@([A-Za-z0-9][A-Za-z0-9\\-]*\\.)+[A-Za-z]{2,}$",
      },
    }),
    { mail: { type: 'string', format: 'email' } },
    [{ mail: 'a.b@c.example' }],
    [{ mail: 'a..b@c.example' }],
  ],
  [
    'pydantic: Optional, Literal, Enum, Field(gt, le, pattern), datetime, UUID',
    {
      $defs: {
        Severity: {
          description: 'How bad',
          enum: ['low', 'high'],
          title: 'Severity',
          type: 'string',
        },
        Level: { enum: [1, 2, 3], title: 'Level', type: 'integer' },
      },
      properties: {
        severity: { $ref: '#/$defs/Severity' },
        level: { anyOf: [{ $ref: '#/$defs/Level' }, { type: 'null' }], default: null },
        also: { allOf: [{ $ref: '#/$defs/Severity' }], default: 'low', description: 'Of the copy' },
        amount: { exclusiveMinimum: 0, maximum: 500, title: 'Amount', type: 'number' },
        code: { pattern: '^[A-Z]+$', title: 'Code', type: 'string' },
        note: { anyOf: [{ type: 'string' }, { type: 'null' }], default: null, title: 'Note' },
        mode: { const: 'fast', title: 'Mode', type: 'string' },
        when: { format: 'date-time', title: 'When', type: 'string' },
        id: { format: 'uuid', title: 'Id', type: 'string' },
        tags: {
          items: { enum: ['a', 'b'], type: 'string' },
          title: 'Tags',
          type: 'array',
          uniqueItems: true,
        },
      },
      required: ['severity', 'amount', 'note'],
      title: 'Answer',
      type: 'object',
    },
    {
      severity: {
        type: 'string',
        enum: ['low', 'high'],
        title: 'Severity',
        description: 'How bad',
      },
      level: { type: 'integer', enum: [1, 2, 3], title: 'Level', nullable: true },
      also: {
        type: 'string',
        enum: ['low', 'high'],
        title: 'Severity',
        description: 'Of the copy',
        default: 'low',
      },
      note: { type: 'string', title: 'Note', nullable: true },
      mode: { type: 'string', enum: ['fast'], title: 'Mode' },
    },
    [
      { severity: 'low', amount: 0.5, note: null, level: 2, code: 'AB' },
      {
        severity: 'high',
        amount: 500,
        note: 'x',
        id: '123e4567-e89b-12d3-a456-426614174000',
        when: '2026-11-21T10:00:00+01:00',
      },
    ],
    [
      { severity: 'low', amount: 0, note: 'x' },
      { severity: 'low', amount: 500.1, note: 'x' },
      { severity: 'low', amount: 1 },
      { severity: 'low', amount: 1, note: 'x', level: 4 },
      { severity: 'low', amount: 1, note: 'x', code: 'ab' },
      { severity: 'low', amount: 1, note: 'x', id: 'abc' },
      { severity: 'low', amount: 1, note: 'x', mode: 'slow' },
    ],
  ],
  [
    'others: nullable in the type, null among the choices, no type beside a const',
    object({
      a: { type: ['integer', 'null'] },
      b: { type: ['string', 'null'], enum: ['x', null] },
      c: { const: 'only' },
      d: { enum: [true] },
    }),
    {
      a: { type: 'integer', nullable: true },
      b: { type: 'string', enum: ['x'], nullable: true },
      c: { type: 'string', enum: ['only'] },
      d: { type: 'boolean', const: true },
    },
    [{ a: null, b: null, c: 'only', d: true }],
    [{ d: false }, { c: 'x' }, { a: 1.5 }],
  ],
];

describe.each(TAKEN)('%s', (_, given, fields, right, wrong) => {
  const schema = answerSchema.parse(given);

  it('is read as what it means, the same the second time', () => {
    for (const [name, spec] of Object.entries(fields))
      expect(schema.properties[name]).toEqual(spec);
    expect(answerSchema.parse(schema)).toEqual(schema);
  });

  it('is a form that Slack takes', () => {
    const view = {
      type: 'modal',
      title: { type: 'plain_text', text: 'Answer' },
      submit: { type: 'plain_text', text: 'Answer' },
      blocks: answerForm(schema),
    };
    expect(limitProblems('modal', view)).toEqual([]);
  });

  it('takes what is right, and says of what is wrong where', () => {
    for (const answer of right) expect(answerProblems(schema, { ...answer })).toEqual([]);
    for (const answer of wrong) expect(answerProblems(schema, { ...answer })).toHaveLength(1);
  });
});

describe('what is filled in', () => {
  const asked = (given: unknown): Item => ({
    ...question,
    answer_schema: answerSchema.parse(given),
  });
  const typed = (value: string) => ({ value: { type: 'plain_text_input', value } });
  const chosen = (value: string) => ({
    value: { type: 'static_select', selected_option: { value } },
  });
  const item = asked(
    zod(
      z.object({
        size: z.literal([1, 2]),
        at: z.iso.datetime(),
        code: z.string().regex(/^[A-Z]{3}$/),
        note: z.string().nullable(),
        more: z.string().optional(),
      }),
    ),
  );
  const values = {
    size: chosen('2'),
    at: { value: { type: 'datetimepicker', selected_date_time: 1795424400 } },
    code: typed(' ABC '),
    note: typed(''),
  };

  it('comes out as the producer’s own validation takes it', () => {
    const read = readAnswer({ item }, values);
    expect(read).toEqual({
      ok: true,
      verdict: {
        word: 'answer',
        answer: { size: 2, at: '2026-11-23T09:00:00Z', code: 'ABC', note: null },
      },
    });
  });

  it('has its errors at the fields', () => {
    const { code: _, ...rest } = values;
    expect(readAnswer({ item }, { ...rest, code: typed('abc'), size: chosen('3') })).toEqual({
      ok: false,
      errors: { code: 'This must match ^[A-Z]{3}$.', size: 'This must be one of 1, 2.' },
    });
  });
});

describe('what no form can ask is refused, with its place', () => {
  it.each<[string, unknown, string, string]>([
    [
      'an object inside',
      { a: object({ b: { type: 'string' } }) },
      'properties.a',
      'put its fields beside the others',
    ],
    [
      'several kinds',
      { a: { anyOf: [{ type: 'string' }, { type: 'number' }] } },
      'properties.a.anyOf',
      'several kinds of value',
    ],
    ['several types', { a: { type: ['string', 'number'] } }, 'properties.a.type', 'several types'],
    [
      'a list of texts',
      { a: { type: 'array', items: { type: 'string' } } },
      'properties.a.items',
      'choices (enum)',
    ],
    [
      'a pattern of JavaScript alone',
      { a: { type: 'string', pattern: '^(?!x)' } },
      'properties.a.pattern',
      'linear time',
    ],
    [
      'a back reference',
      { a: { type: 'string', pattern: '(a)\\1' } },
      'properties.a.pattern',
      'linear time',
    ],
    [
      'a pattern that is none',
      { a: { type: 'string', pattern: '(' } },
      'properties.a.pattern',
      'RE2',
    ],
    ['a reference to nothing', { a: { $ref: '#/$defs/No' } }, 'properties.a.$ref', 'not in $defs'],
    [
      'a reference elsewhere',
      { a: { $ref: 'https://x.example/s.json' } },
      'properties.a.$ref',
      'not in $defs',
    ],
    [
      'all of several',
      { a: { allOf: [{ type: 'string' }, { minLength: 3 }] } },
      'properties.a.allOf',
      'one schema',
    ],
    ['choices of several types', { a: { enum: ['x', 1] } }, 'properties.a.enum', 'several types'],
    [
      'names for other choices',
      { a: { type: 'string', enum: ['x'], enumNames: ['X', 'Y'] } },
      'properties.a',
      'enumNames',
    ],
    [
      'no number fits',
      { a: { type: 'integer', exclusiveMinimum: 5, maximum: 4 } },
      'properties.a',
      'no number fits',
    ],
    [
      'a format that is not checked',
      { a: { type: 'string', format: 'ipv4' } },
      'properties.a.format',
      '',
    ],
    [
      'a rule that is not checked',
      { a: { type: 'number', multipleOf: 5 } },
      'properties.a',
      'multipleOf',
    ],
  ])('%s', (_, properties, path, words) => {
    const { error } = answerSchema.safeParse(object(properties as object));
    expect(error?.issues.map((one) => one.path.join('.'))).toEqual([path]);
    expect(error?.issues[0]?.message).toContain(words);
  });

  it('a reference that leads back to itself', () => {
    const $defs = { A: { $ref: '#/$defs/A' } };
    const { error } = answerSchema.safeParse({ ...object({ a: { $ref: '#/$defs/A' } }), $defs });
    expect(error?.issues[0]).toMatchObject({
      path: ['properties', 'a', '$ref'],
      message: 'leads back to itself',
    });
  });
});
