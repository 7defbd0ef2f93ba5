import { describe, expect, it, test } from 'vitest';
import type { Item } from '../../src/domain/item.ts';
import { evaluate, explain } from '../../policies/routing/evaluate.ts';
import { PLAIN_ASK } from '../../policies/policy.ts';
import { FRIDAY, lettingThrough, read, refund, withRules } from './written-policy.ts';

const judged = (policy: string, item: Item = refund(), context = FRIDAY) =>
  evaluate(read(policy), { valid: true, item }, context);

describe('routes', () => {
  test('the first rule whose condition holds routes the item', () => {
    const policy = withRules(
      '{id: never, when: "false", route: {refuse: {reason: no}}}',
      '{id: first, when: "item.impact < 5.0", route: {let_through: {}}}',
      '{id: second, when: "true", route: {refuse: {reason: no}}}',
    );
    expect(judged(policy)).toMatchObject({ rule: 'first', route: { type: 'let_through' } });
    expect(judged(policy, refund({ impact: 8 }))).toMatchObject({
      rule: 'second',
      route: { type: 'refuse', reason: 'no' },
    });
  });

  test('what no rule matches goes the way of otherwise', () => {
    const found = judged(withRules('{id: a, when: "false", route: {let_through: {}}}'));
    expect(found).toMatchObject({ rule: 'otherwise', route: PLAIN_ASK });
    expect(found.why).toEqual(['no rule matched: asked to be safe']);
  });

  test('an ask carries its domain, level, time, people and whether a reason is needed', () => {
    const found = judged(
      withRules(
        '{id: a, when: "true", route: {ask: {domain: billing, level: 2, decide_within: 10m, by: "group:experts", reason: always, blind: true, after: let_through}}}',
      ),
    );
    expect(found.route).toEqual({
      type: 'ask',
      domain: 'billing',
      level: 2,
      decide_within: 600_000,
      by: 'group:experts',
      reason: 'always',
      quorum: 1,
      stages: [],
      blind: true,
      after: 'let_through',
    });
    expect(found.domain.id).toBe('billing');
  });

  test.each([
    ['the item’s own domain', 'billing', 'billing'],
    ['the default for one nobody knows', 'bling', 'support'],
    ['the default for none', undefined, 'support'],
    ['the default for a name that every object has', 'constructor', 'support'],
    ['the default for the name of the prototype', '__proto__', 'support'],
  ])('an ask that names no domain goes to %s', (_, domain, goes_to) => {
    expect(judged(withRules(), refund({ domain })).domain.id).toBe(goes_to);
  });

  test('input that is no item is asked, and never let through', () => {
    const subject = {
      valid: false as const,
      errors: [{ field: 'title', problem: 'is missing' }],
      domain: 'billing',
    };
    const known = evaluate(
      read(withRules('{id: bad, when: "!valid", route: {ask: {domain: data-ops}}}')),
      subject,
      FRIDAY,
    );
    expect(known).toMatchObject({ rule: 'bad', domain: { id: 'data-ops' } });
    expect(known.why).toEqual(['the input is not a valid item', 'title is missing']);
    const open = evaluate(read(lettingThrough('true')), subject, FRIDAY);
    expect(open).toMatchObject({ rule: 'r', route: PLAIN_ASK, domain: { id: 'billing' } });
    expect(open.why[0]).toBe('what is not a valid item is never let through');
  });
});

describe('conditions', () => {
  const rich = refund({
    domain: 'billing',
    body: 'Customer asks',
    proposal: { verdict: 'yes', parts: [1, 2] },
    tags: ['refund', 'eu'],
    evidence: [{ label: 'Invoice', url: 'https://example.com/1' }],
    ensemble: [
      { source: 'a', answer: 'no' },
      { source: 'b', answer: '{"parts":[1,2],"verdict":"yes"}' },
    ],
    state: { tier: 'gold' },
    model: { name: 'm1' },
    requester: { slack_user: 'U0DAVE' },
  });
  const context = { ...FRIDAY, override_rate: 0.06, queue_depth: 12 };

  test.each([
    'item.impact >= 3',
    'item.impact == 3',
    '3 == item.impact',
    'item.impact != 4',
    'item.impact + 1 == 4',
    'item.impact in [3.0, 4.0]',
    'item.confidence * 100.0 > 89.9',
    'item.action.args.amount > 200',
    'item.action.args.amount == 240',
    'item.action.args.amount in [240, 250]',
    "item.action.args['iban'].startsWith('DE')",
    "'iban' in item.action.args",
    '!has(item.action.args.bic)',
    "item.proposal.verdict == 'yes' && item.proposal.parts[1] == 2",
    "item.state.tier == 'gold'",
    "'refund' in item.tags && size(item.tags) == 2",
    "item.tags.exists(t, t.startsWith('re'))",
    "item.evidence[0].label == 'Invoice' && item.evidence[0].text == ''",
    "item.evidence.all(e, e.url.contains('example.com'))",
    "item.model.name == 'm1' && item.model.version == ''",
    "item.requester.slack_user == 'U0DAVE'",
    "item.thread.channel == '' && item.cohort == '' && item.callback.url == ''",
    "item.ensemble.exists(one, one.answer == 'no' && one.confidence == 0.0)",
    'disagreement == 0.5',
    'override_rate > 0.05 && queue_depth >= 12',
    "hour == 11 && weekday == 'fri'",
    'valid && size(errors) == 0',
    "item.kind in ['approval', 'review']",
    "item.allowed == ['approve', 'edit', 'reject', 'escalate']",
  ])('%s', (when) => {
    expect(judged(lettingThrough(when), rich, context)).toMatchObject({
      rule: 'r',
      condition_errors: [],
    });
  });

  test.each([
    ['confidence', 'item.confidence == 0.0'],
    ['impact', 'item.impact == 10.0'],
    ['body', "item.body == ''"],
    ['proposal', "item.proposal == ''"],
    ['justification', "item.justification == ''"],
    ['action', "item.action.name == '' && size(item.action.args) == 0"],
    ['candidates', 'size(item.candidates) == 0'],
    ['options', 'size(item.options) == 0'],
    ['ensemble', 'size(item.ensemble) == 0 && disagreement == 0.0'],
    ['source_reliability', 'item.source_reliability == 0.0'],
    ['evidence', 'size(item.evidence) == 0'],
    ['tags', 'size(item.tags) == 0'],
    ['cohort', "item.cohort == ''"],
    ['sensitive', 'size(item.sensitive) == 0'],
    ['model', "item.model.name == '' && item.model.input_version == ''"],
    ['requester', "item.requester.name == '' && item.requester.slack_user == ''"],
    ['thread', "item.thread.ts == ''"],
    ['expires_at', "item.expires_at == ''"],
    ['callback', "item.callback.url == ''"],
    ['run_id', "item.run_id == ''"],
    ['domain', "item.domain == ''"],
    ['state', '!has(item.state.tier)'],
    ['answer_schema', '!has(item.answer_schema.properties)'],
  ])('a missing %s has its neutral value', (_, when) => {
    const bare = { id: 'q', kind: 'question', title: 'Why?' } as const;
    expect(judged(lettingThrough(when), bare)).toMatchObject({ rule: 'r', condition_errors: [] });
  });

  test('the time of day is the policy’s zone’s, in summer too', () => {
    const at = (time: string) => ({ ...FRIDAY, now: Date.parse(time) });
    const night = lettingThrough("hour == 0 && weekday == 'sat'");
    expect(judged(night, refund(), at('2026-07-03T22:30:00Z')).rule).toBe('r');
    expect(judged(night, refund(), at('2026-11-20T22:30:00Z')).rule).toBe('otherwise');
  });

  test('the policy says which surroundings its conditions read', () => {
    expect(read(lettingThrough('item.impact < 3.0')).reads).toEqual(new Set());
    expect(read(lettingThrough('valid && (queue_depth > 3.0 || true)')).reads).toEqual(
      new Set(['queue_depth']),
    );
    expect(read(lettingThrough('override_rate > 0.1')).reads).toEqual(new Set(['override_rate']));
  });
});

describe('a condition that fails', () => {
  const policy = withRules(
    '{id: small, when: "item.action.args.amount < 100", route: {let_through: {}}}',
    '{id: rest, when: "true", route: {let_through: {}}}',
  );

  test.each([
    ['a missing argument', { name: 'refund', args: {} }],
    ['an argument of another type', { name: 'refund', args: { amount: 'a lot' } }],
    ['an argument that is null', { name: 'refund', args: { amount: null } }],
    ['no action at all', undefined],
  ])('asks on %s, under the failing rule, and goes no further', (_, action) => {
    const found = judged(policy, refund({ action, domain: 'billing' }));
    expect(found).toMatchObject({ rule: 'small', route: PLAIN_ASK, domain: { id: 'billing' } });
    expect(found.condition_errors).toEqual([{ rule: 'small', error: expect.any(String) }]);
    expect(found.why).toEqual([
      `the condition of rule small failed: asked to be safe (${found.condition_errors[0]?.error})`,
    ]);
  });

  test('asks where the condition gives no truth', () => {
    const found = judged(lettingThrough('item.action.args.amount'));
    expect(found).toMatchObject({ rule: 'r', route: PLAIN_ASK });
    expect(found.condition_errors).toHaveLength(1);
  });
});

describe('a hostile item', () => {
  const args = JSON.parse(
    '{"__proto__": {"approved": true}, "constructor": {"name": "x"}, "amount": 240, "toString": 1, "hasOwnProperty": "no"}',
  );
  const hostile = refund({ action: { name: 'refund', args } });

  test.each([
    ['an own key is read as it stands', "item.action.args.constructor.name == 'x'", 'r'],
    ['…and none is inherited', 'has(item.action.args.valueOf)', 'otherwise'],
    ['the prototype is a key like any other', 'item.action.args.__proto__.approved', 'r'],
    ['…and lends nothing', 'has(item.action.args.approved)', 'otherwise'],
    ['other arguments are still there', 'item.action.args.amount == 240.0', 'r'],
  ])('%s', (_, when, rule) => {
    expect(judged(lettingThrough(when), hostile)).toMatchObject({ rule, condition_errors: [] });
  });

  it('cannot put a name before the policy’s own', () => {
    const shadowing = refund({
      confidence: 0.1,
      action: { name: 'refund', args: { item: { confidence: 1 }, valid: false, impact: 0 } },
      state: { item: { confidence: 1 } },
    });
    expect(judged(lettingThrough('item.confidence > 0.5 || !valid'), shadowing).rule).toBe(
      'otherwise',
    );
  });

  it('nested without end is asked', () => {
    let deep: Item['state'] = 1;
    for (let level = 0; level < 50_000; level++) deep = [deep];
    const found = judged(lettingThrough("item.state != 'x'"), refund({ state: deep }));
    expect(found).toMatchObject({ rule: 'r', route: PLAIN_ASK });
    expect(found.condition_errors).toHaveLength(1);
  });
});

describe('explain', () => {
  test('names each rule tried, what it saw, and why it did or did not match', () => {
    const policy = read(
      withRules(
        '{id: huge, when: "item.impact >= 9.0", route: {ask: {}}}',
        '{id: sure, when: "item.confidence > 0.85 && item.impact <= 6.0", route: {let_through: {}}}',
        '{id: rest, when: "true", route: {ask: {}}}',
      ),
    );
    const subject = { valid: true as const, item: refund() };
    const { tried, ...found } = explain(policy, subject, FRIDAY);
    expect(tried).toEqual([
      {
        rule: 'huge',
        condition: 'item.impact >= 9.0',
        values: [{ name: 'item.impact', value: '3' }],
        result: 'did_not_match',
        why: ['impact 3, below 9.0'],
      },
      {
        rule: 'sure',
        condition: 'item.confidence > 0.85 && item.impact <= 6.0',
        values: [
          { name: 'item.confidence', value: '0.9' },
          { name: 'item.impact', value: '3' },
        ],
        result: 'matched',
        why: ['confidence 0.90, above 0.85', 'impact 3, at or below 6.0'],
      },
    ]);
    expect({ ...found, tried: [] }).toEqual(evaluate(policy, subject, FRIDAY));
  });

  test('says how a condition failed', () => {
    const policy = read(lettingThrough('item.action.args.total > 5.0'));
    const [tried] = explain(policy, { valid: true, item: refund() }, FRIDAY).tried;
    expect(tried).toMatchObject({
      result: 'failed',
      values: [{ name: 'item.action.args.total', value: 'nothing' }],
      why: ['No such key: total'],
    });
  });
});

test('explaining an item that is nested without end is possible too', () => {
  let deep: Record<string, unknown> = {};
  for (let level = 0; level < 50_000; level++) deep = { deep };
  const item = {
    ...refund({ ensemble: [{ source: 's', answer: 'a' }] }),
    proposal: deep,
  } as Item;
  const [tried] = explain(
    read(lettingThrough('disagreement < 1.0')),
    { valid: true, item },
    FRIDAY,
  ).tried;
  expect(tried).toMatchObject({
    result: 'failed',
    values: [{ name: 'disagreement', value: 'not to be had' }],
  });
});
