import { describe, expect, it } from 'vitest';
import { allowedFor, type Item } from '../../../src/domain/item.ts';
import { admissionErrors, ANYWHERE, parseItem } from '../../../src/domain/parse-item.ts';

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

describe('what is no item', () => {
  it.each<[story: string, input: unknown, fields: string[]]>([
    ['nothing', null, ['item']],
    ['a list', [APPROVAL], ['item']],
    ['a text', 'refund', ['item']],
    ['an empty object', {}, ['id', 'kind', 'title']],
    [
      'keys that items do not have, each named',
      { ...APPROVAL, prio: 1, Title: 'x' },
      ['prio', 'Title'],
    ],
    [
      'such keys further in',
      { ...APPROVAL, model: { name: 'm', temperature: 1 } },
      ['model.temperature'],
    ],
    [
      'inherited names are no fields either',
      { ...APPROVAL, constructor: 1, toString: 2 },
      ['constructor', 'toString'],
    ],
    [
      'a key that would become the prototype',
      JSON.parse('{"__proto__":{"kind":"approval"}}'),
      ['__proto__', 'id', 'kind', 'title', '__proto__'],
    ],
    [
      'the same, hidden in the arguments',
      { ...APPROVAL, action: { name: 'x', args: JSON.parse('{"__proto__":{"amount":1}}') } },
      ['__proto__'],
    ],
    [
      'the same, hidden in what is echoed back',
      { ...APPROVAL, state: [JSON.parse('{"__proto__":1}')] },
      ['__proto__'],
    ],
    ['a NUL character', { ...APPROVAL, title: 'a\u0000b' }, ['item']],
    ['half a surrogate pair', { ...APPROVAL, title: 'a\ud83d' }, ['item']],
    ['half a pair as a key', { ...APPROVAL, state: { '\udc00': 1 } }, ['item']],
    ['nesting without end', { ...APPROVAL, state: nested(65) }, ['item']],
    ['nesting that no stack holds', { ...APPROVAL, state: nested(100_000) }, ['item']],
    [
      'several things at once',
      { ...APPROVAL, title: '', impact: 11, tags: [''], nonsense: 1 },
      ['title', 'impact', 'tags[0]', 'nonsense'],
    ],
    [
      'an address that is not one',
      { ...APPROVAL, callback: { url: 'example.com/x' } },
      ['callback.url'],
    ],
    [
      'an address of another kind',
      { ...APPROVAL, evidence: [{ label: 'l', url: 'javascript:alert(1)' }] },
      ['evidence[0].url'],
    ],
    ['a time without a zone', { ...APPROVAL, expires_at: '2026-11-21T10:00:00' }, ['expires_at']],
    [
      'a day that no month has',
      { ...APPROVAL, expires_at: '2026-02-30T10:00:00Z' },
      ['expires_at'],
    ],
    [
      'a year that no time on the wire has',
      { ...APPROVAL, expires_at: '9999-12-31T23:59:59-01:00' },
      ['expires_at'],
    ],
    [
      'a person who is no Slack user',
      { ...APPROVAL, requester: { slack_user: '<!channel>' } },
      ['requester.slack_user'],
    ],
    [
      'a thread that is no thread',
      { ...APPROVAL, thread: { channel: '#general', ts: 'now' } },
      ['thread.channel', 'thread.ts'],
    ],
    ['a path that is no path', { ...APPROVAL, sensitive: ['action.args.iban'] }, ['sensitive[0]']],
    ['ids that no address can hold', { ...APPROVAL, id: '..' }, ['id']],
    [
      'two options of one id',
      {
        ...QUESTION,
        options: [
          { id: 'a', label: 'x' },
          { id: 'a', label: 'y' },
        ],
      },
      ['options'],
    ],
    [
      'two candidates of one id',
      {
        ...COMPARISON,
        candidates: [
          { id: 'a', text: 'x' },
          { id: 'a', text: 'y' },
        ],
      },
      ['candidates'],
    ],
    [
      'a candidate called tie',
      {
        ...COMPARISON,
        candidates: [
          { id: 'a', text: 'x' },
          { id: 'tie', text: 'y' },
        ],
      },
      ['candidates'],
    ],
  ])('%s', (_story, input, fields) => {
    expect(wrong(input).toSorted()).toEqual(fields.toSorted());
  });

  it('names at most fifty things, each short enough to read', () => {
    const many = Object.fromEntries(times(400, (at) => [`${at}${long(500)}`, 1]));
    const parsed = parseItem({ ...APPROVAL, ...many });
    const errors = parsed.ok ? [] : parsed.errors;
    expect(errors.length).toBe(50);
    expect(Math.max(...errors.map((one) => one.field.length))).toBeLessThanOrEqual(300);
  });

  it.each([
    ['a backslash before u0000 is text, not a NUL', 'C:\\u0000 and \\\\u0000'],
    ['a backslash before ud83d is text, not half a pair', '\\ud83d'],
    ['a whole pair is a character', '😀'],
    ['__proto__ in a text is a text', '{"__proto__":1}, "__proto__": 2'],
  ])('%s', (_story, title) => {
    const parsed = parseItem({ ...APPROVAL, title, state: { [title]: [title] } });
    expect(parsed).toMatchObject({ ok: true, item: { title, state: { [title]: [title] } } });
  });

  it('an item nested as deep as it may be is an item', () => {
    expect(wrong({ ...APPROVAL, state: nested(63) })).toEqual([]);
  });
});

describe('what each kind needs, and takes', () => {
  const options = [{ id: 'o', label: 'l' }];
  const answer_schema = { type: 'object', properties: { refund: { type: 'boolean' } } };
  it.each<[story: string, input: object, fields: string[]]>([
    ['an approval needs something to approve', { ...APPROVAL, action: undefined }, ['action']],
    ['a proposal will do', { ...APPROVAL, action: undefined, proposal: 'Refund it' }, []],
    [
      'a review needs what is reviewed',
      { ...APPROVAL, kind: 'review', action: undefined },
      ['proposal'],
    ],
    ['a review has no action', { ...APPROVAL, kind: 'review', proposal: 'x' }, ['action']],
    ['a question has no action', { ...QUESTION, action: { name: 'x' } }, ['action']],
    ['a comparison needs candidates', { ...QUESTION, kind: 'comparison' }, ['candidates']],
    [
      'nothing else has candidates',
      { ...QUESTION, candidates: COMPARISON.candidates },
      ['candidates'],
    ],
    [
      'an approval has no options and no form',
      { ...APPROVAL, options, answer_schema },
      ['options', 'answer_schema'],
    ],
    ['a question may have both', { ...QUESTION, options, answer_schema }, []],
    [
      'what is allowed must decide it',
      { ...QUESTION, allowed: ['approve', 'escalate'] },
      ['allowed'],
    ],
    ['escalating decides nothing', { ...APPROVAL, allowed: ['escalate'] }, ['allowed']],
    ['a comparison is answered', { ...COMPARISON, allowed: ['answer'] }, []],
  ])('%s', (_story, input, fields) => {
    expect(wrong(input)).toEqual(fields);
  });

  it.each([
    ['approval', undefined, ['approve', 'edit', 'reject', 'escalate']],
    ['approval', ['reject', 'approve', 'answer'], ['approve', 'reject']],
    ['question', undefined, ['answer', 'escalate']],
    ['comparison', ['answer'], ['answer']],
  ] as const)('%s with %j leaves %j', (kind, allowed, fits) => {
    expect(allowedFor({ kind, allowed: allowed && [...allowed] })).toEqual([...fits]);
  });
});

describe('whether it can be accepted now', () => {
  const NOW = Date.parse('2026-11-23T09:00:00Z');
  const item = (more: object): Item => {
    const parsed = parseItem({ ...APPROVAL, ...more });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
    return parsed.item;
  };
  it.each([
    ['2026-11-23T08:59:59Z', ['expires_at']],
    ['2026-11-23T09:00:00Z', ['expires_at']],
    ['2026-11-23T10:00:00+01:00', ['expires_at']],
    ['2026-11-23T10:00:01+01:00', []],
  ])('an end at %s', (expires_at, fields) => {
    expect(admissionErrors(item({ expires_at }), NOW, ANYWHERE).map((one) => one.field)).toEqual(
      fields,
    );
  });

  it('a callback that this installation does not take', () => {
    const called = item({ callback: { url: 'https://a.example/' } });
    expect(
      admissionErrors(called, NOW, {
        ...ANYWHERE,
        callbackProblem: (url) => `${url} is not for us`,
      }),
    ).toEqual([{ field: 'callback.url', problem: 'https://a.example/ is not for us' }]);
  });
});

function nested(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level += 1) value = level % 2 ? [value] : { in: value };
  return value;
}
