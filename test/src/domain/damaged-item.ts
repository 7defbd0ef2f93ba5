/** Items of which a field or two was broken, renamed, doubled or put elsewhere; a few of them are still items. */
import fc from 'fast-check';

const WHOLE: Record<string, unknown> = {
  id: 'order-4711',
  kind: 'approval',
  domain: 'billing',
  title: 'Refund 240 EUR?',
  body: 'The customer says the parcel never came.',
  action: { name: 'refund', args: { amount: 240, note: { lines: ['a', 'b'] } } },
  confidence: 0.42,
  impact: 5,
  evidence: [{ label: 'Invoice', text: 'paid', url: 'https://invoices.example/1' }],
  tags: ['refund'],
  model: { name: 'm', version: '1' },
  requester: { name: 'bot', slack_user: 'U0REQ' },
  expires_at: '2027-01-01T00:00:00Z',
  state: { step: 3 },
};

const anything = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom<unknown>(null, '', 0, -1, 1e308, [], {}, [[]], 'x', true),
  },
  { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 301, max: 30_000 }).map((length) => 'y'.repeat(length)),
  },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 1, max: 300 }).map((depth) => {
      let value: unknown = 0;
      for (let level = 0; level < depth; level += 1) value = [value];
      return value;
    }),
  },
);
const name = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...Object.keys(WHOLE)) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'candidates',
      'options',
      'answer_schema',
      'allowed',
      'callback',
      'thread',
      'sensitive',
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom('__proto__', 'constructor', 'toString', 'ID', 'prio') },
  { weight: 1, arbitrary: fc.string({ maxLength: 20 }) },
);
const damage = fc.oneof(
  fc.record({ how: fc.constant('set' as const), name, value: anything }),
  fc.record({ how: fc.constant('drop' as const), name }),
  fc.record({ how: fc.constant('put_in' as const), name, value: anything }),
);

/** Plain JSON, as it comes over a wire. */
export const damagedItems: fc.Arbitrary<unknown> = fc
  .array(damage, { minLength: 1, maxLength: 3 })
  .map((damages) => {
    let text = JSON.stringify(WHOLE);
    for (const done of damages) {
      const item = JSON.parse(text) as Record<string, unknown>;
      const rest = Object.entries(item).filter(([key]) => key !== done.name);
      const held = Object.hasOwn(item, done.name) ? item[done.name] : undefined;
      if (done.how === 'set') rest.push([done.name, done.value]);
      if (done.how === 'put_in')
        rest.push([
          done.name,
          Array.isArray(held) ? [...held, done.value] : { held, more: done.value },
        ]);
      // Written by hand: an object literal would lose a key called __proto__.
      text = `{${rest.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value) ?? 'null'}`).join(',')}}`;
    }
    return JSON.parse(text) as unknown;
  });
