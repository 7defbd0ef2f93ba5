/** Random items of every kind, as the schema takes them, with the nastiest texts there are. */
import * as fc from 'fast-check';
import type { Decision } from '../../src/domain/decision.ts';
import {
  ALLOWABLE,
  ERROR_TAGS,
  KINDS,
  OUTCOMES,
  type Item,
  type Kind,
} from '../../src/domain/item.ts';
import type { AnswerField } from '../../src/domain/answer-fields.ts';
import type { CardInput } from '../../blocks/cards/card-input.ts';
import { NOW, billing, decisionOf, record } from './fixtures.ts';
import { HOSTILE } from './hard-items.ts';

/** Any UTF-16, lone surrogates too. */
const units = fc
  .array(fc.integer({ min: 1, max: 0xffff }), { minLength: 1, maxLength: 40 })
  .map((codes) => String.fromCharCode(...codes));

/** 1..max UTF-16 units. */
export const nasty = (max: number): fc.Arbitrary<string> =>
  fc
    .oneof(
      { weight: 3, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }) },
      { weight: 2, arbitrary: fc.constantFrom(...HOSTILE) },
      { weight: 2, arbitrary: units },
      { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }) },
    )
    .chain((text) =>
      fc.integer({ min: 1, max: 400 }).map((times) => text.repeat(times).slice(0, max)),
    );

const short = nasty(200);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const json = fc.dictionary(
  fc.oneof(fc.string({ minLength: 1 }), short),
  fc.oneof(fc.jsonValue(), nasty(2000)),
  { maxKeys: 12 },
);
const share = fc.oneof(
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.constantFrom(0, 1, 1e-12, 0.999999),
);
const url = fc
  .oneof(
    fc.webUrl(),
    fc.constantFrom(
      `https://a.example/${'p'.repeat(2900)}`,
      'http://user:pw@paypal.com@evil.example/',
      'https://xn--80ak6aa92e.com/',
      `https://${'x.'.repeat(100)}example/`,
      `https://a.example/${'漢'.repeat(900)}`,
    ),
  )
  .filter((one) => URL.canParse(one));
const distinct = <T extends { id: string }>(
  one: fc.Arbitrary<T>,
  minLength: number,
  maxLength: number,
) => fc.uniqueArray(one, { minLength, maxLength, selector: (made) => made.id });

const choices = fc.uniqueArray(nasty(75), { minLength: 1, maxLength: 30 });
const words = { title: maybe(short), description: maybe(nasty(1000)) };
const field: fc.Arbitrary<AnswerField> = fc.oneof(
  fc.record({
    type: fc.constant('string' as const),
    ...words,
    enum: maybe(choices),
    format: maybe(
      fc.constantFrom('date' as const, 'email' as const, 'uri' as const, 'url' as const),
    ),
    maxLength: maybe(fc.integer({ min: 1, max: 3000 })),
    minLength: maybe(fc.integer({ min: 0, max: 3000 })),
    default: maybe(
      fc.oneof(nasty(3000), fc.constantFrom('2026-01-01', 'a@b.example', 'https://a.example', '')),
    ),
  }),
  fc.record({
    type: fc.constantFrom('number' as const, 'integer' as const),
    ...words,
    minimum: maybe(fc.double({ noNaN: true, noDefaultInfinity: true })),
    maximum: maybe(fc.double({ noNaN: true, noDefaultInfinity: true })),
    default: maybe(fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }))),
  }),
  fc.record({ type: fc.constant('boolean' as const), ...words, default: maybe(fc.boolean()) }),
  choices.chain((list) =>
    fc.record({
      type: fc.constant('array' as const),
      ...words,
      items: fc.constant({ type: 'string' as const, enum: list }),
      minItems: maybe(fc.integer({ min: 0, max: 5 })),
      default: maybe(fc.subarray(list)),
    }),
  ),
);
const fieldName = fc
  .oneof(
    fc.constantFrom('answer', 'rationale', 'tags', 'choice', 'constructor', 'toString'),
    fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_.-]{0,63}$/),
  )
  .filter((name) => name !== '__proto__');
const answerSchema = fc
  .dictionary(fieldName, field, { minKeys: 1, maxKeys: 40 })
  .chain((properties) =>
    fc
      .subarray(Object.keys(properties))
      .map((required) => ({ type: 'object' as const, properties: { ...properties }, required })),
  );

const SENSITIVE = [
  '$.title',
  '$.body',
  '$.proposal',
  '$.action',
  '$.action.args',
  '$.action.args.iban',
  '$.evidence',
  '$.evidence[*].text',
  '$.evidence[0]',
  '$.candidates',
  '$.candidates[1].text',
  '$.options',
  '$.ensemble[*]',
  '$.confidence',
  '$.impact',
  '$.requester',
  '$.model',
  '$.tags[*]',
  '$.nowhere.at[3].all',
  '$.__proto__.x',
  '$.id',
  '$.kind',
];

const ofKind = (kind: Kind): fc.Arbitrary<Item> =>
  fc.record(
    {
      id: nasty(128),
      kind: fc.constant(kind),
      title: nasty(300),
      body: maybe(nasty(20_000)),
      proposal:
        kind === 'review'
          ? fc.oneof(nasty(20_000), json)
          : kind === 'comparison'
            ? fc.constant(undefined)
            : maybe(fc.oneof(nasty(20_000), json)),
      justification: maybe(nasty(5000)),
      action:
        kind === 'approval'
          ? fc.record({ name: short, args: maybe(json) })
          : fc.constant(undefined),
      candidates:
        kind === 'comparison'
          ? distinct(fc.record({ id: short, text: nasty(10_000) }), 2, 5)
          : fc.constant(undefined),
      options:
        kind === 'question'
          ? maybe(
              distinct(
                fc.record({
                  id: short,
                  label: short,
                  description: maybe(short),
                  prefill: maybe(nasty(3000)),
                }),
                0,
                10,
              ),
            )
          : fc.constant(undefined),
      answer_schema: kind === 'question' ? maybe(answerSchema) : fc.constant(undefined),
      allowed: maybe(fc.subarray([...ALLOWABLE], { minLength: 1 })),
      confidence: maybe(share),
      impact: maybe(share.map((one) => one * 10)),
      ensemble: maybe(
        fc.array(fc.record({ source: short, answer: nasty(20_000), confidence: maybe(share) }), {
          maxLength: 8,
        }),
      ),
      evidence: maybe(
        fc.array(fc.record({ label: short, text: maybe(nasty(5000)), url: maybe(url) }), {
          maxLength: 20,
        }),
      ),
      tags: maybe(fc.array(short, { maxLength: 50 })),
      cohort: maybe(short),
      sensitive: maybe(fc.subarray(SENSITIVE)),
      model: maybe(
        fc.record({
          name: maybe(short),
          version: maybe(short),
          prompt_version: maybe(short),
          input_version: maybe(short),
        }),
      ),
      requester: maybe(
        fc.record({ name: maybe(short), slack_user: maybe(fc.constant('U024BE7LH')) }),
      ),
      run_id: maybe(short),
    },
    { requiredKeys: ['id', 'kind', 'title'] },
  ) as fc.Arbitrary<Item>;

export const anyItem: fc.Arbitrary<Item> = fc.constantFrom(...KINDS).chain(ofKind);

const anyDecision: fc.Arbitrary<Decision> = fc
  .record({
    outcome: fc.constantFrom(...OUTCOMES),
    answer: maybe(fc.oneof(nasty(3000), json)),
    action: maybe(fc.record({ name: short, args: maybe(json) })),
    choice: maybe(short),
    rationale: maybe(nasty(3000)),
    error_tags: fc.subarray([...ERROR_TAGS]),
    decided_at: fc.constantFrom(NOW, NOW - 10 ** 9, 0),
  })
  .map(({ outcome, ...more }) => decisionOf(outcome, more));

/** Any item in any state, with any ending and any domain. */
export const anyCard: fc.Arbitrary<CardInput> = fc
  .record({
    item: anyItem,
    decision: anyDecision,
    state: fc.constantFrom('open', 'claimed', 'decided', 'decided'),
    erased: fc.boolean(),
    why: fc.array(nasty(500), { maxLength: 12 }),
    domain: fc.record({
      id: short,
      title: short,
      guide: fc.option(nasty(6000)),
      visible_fields: fc.option(
        fc.subarray(['confidence', 'impact', 'model', 'evidence', 'ensemble']),
      ),
    }),
    due_at: fc.option(fc.constantFrom(NOW, 0, NOW + 1, Number.MAX_SAFE_INTEGER)),
    fallback: fc.constantFrom(null, 'reject' as const, 'approve' as const),
  })
  .map(({ item, decision, state, erased, why, domain, due_at, fallback }) => {
    const ended = state === 'decided';
    const made = record(item, {
      why,
      due_at,
      fallback,
      status: ended ? 'decided' : state === 'claimed' ? 'claimed' : 'open',
      outcome: ended ? decision.outcome : null,
      decided_at: ended ? decision.decided_at : null,
      claimed_by: state === 'claimed' ? 'U0ALICE' : null,
    });
    return {
      record: erased ? { ...made, item: null } : made,
      domain: { ...billing, ...domain },
      decision: ended ? decision : null,
      now: NOW,
    };
  });
