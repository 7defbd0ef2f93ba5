import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../src/domain/hash.ts';
import {
  asDoubles,
  changedNumber,
  compareNumbers,
  exactText,
  isExactNumber,
  isWhole,
  readJob,
  readJson,
  readKept,
  writeJson,
} from '../../../src/domain/exact-json.ts';

const NUMBERS = [
  '1234567890123456789',
  '-9007199254740993',
  '0.1000000000000000055',
  '1e400',
  '-1E-400',
  '-0',
  '1.0',
  '1e2',
  '12.50',
  '0',
  '7',
  '-2.5',
  '1e+21',
];

/** A JSON number as anyone may write it. */
const numberText = fc
  .tuple(
    fc.constantFrom('', '-'),
    fc.oneof(fc.constant('0'), fc.bigInt({ min: 1n, max: 10n ** 25n }).map(String)),
    fc.oneof(fc.constant(''), fc.stringMatching(/^\.\d{1,25}$/)),
    fc.oneof(fc.constant(''), fc.stringMatching(/^[eE][+-]?\d{1,3}$/)),
  )
  .map((parts) => parts.join(''));

/** JSON as anyone may write it: white space, escapes, numbers of all forms, no key twice. */
const jsonText = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    numberText,
    fc.constantFrom('true', 'false', 'null', '"\\u00e9\\n"', '"a\\\\"', '"\\"1.0\\":"', '"{[,"'),
    fc.string().map((text) => JSON.stringify(text)),
    fc.array(tie('value')).map((all) => `[ ${all.join(' ,\n')} ]`),
    fc
      .uniqueArray(fc.tuple(fc.string(), tie('value')), { selector: ([key]) => key })
      .map((all) => `{${all.map(([key, held]) => `${JSON.stringify(key)} : ${held}`).join(',')}}`),
  ),
})).value;

const withoutSpace = (text: string): string =>
  text.replace(/("(?:[^"\\]|\\.)*")|\s+/g, (_, string: string | undefined) => string ?? '');
const read = (text: string): unknown => {
  const found = readJson(text, 'item');
  if (!found.ok) throw new Error(`${found.problem.field} ${found.problem.problem}`);
  return found.value;
};

describe('exact JSON', () => {
  it.each(NUMBERS)('%s is written as it was read', (digits) => {
    const text = `{"a":[${digits},{"b":${digits}}]}`;
    expect(writeJson(read(text))).toBe(text);
    expect(writeJson(readKept(text))).toBe(text);
    expect(canonicalJson(read(text))).toBe(text);
    expect(exactText(read(digits))).toBe(digits);
    expect(asDoubles(read(digits))).toEqual(Number(digits));
  });

  it('whatever the text, each number keeps its form, and all else is as native JSON has it', () => {
    fc.assert(
      fc.property(jsonText, (text) => {
        const value = read(text);
        const written = writeJson(value);
        expect(JSON.parse(written)).toEqual(JSON.parse(text));
        // Keys that look like indices change their place, as in any object of JavaScript.
        expect(digitsOf(written).toSorted()).toEqual(digitsOf(text).toSorted());
        expect(writeJson(read(written))).toBe(written);
        expect(withoutSpace(writeJson(value, 2))).toBe(withoutSpace(written));
      }),
    );
  });

  it('two numbers written differently never have one canonical text', () => {
    fc.assert(
      fc.property(numberText, numberText, (a, b) => {
        expect(canonicalJson(read(`[${a}]`)) === canonicalJson(read(`[${b}]`))).toBe(a === b);
      }),
    );
  });

  it('numbers that JavaScript keeps stay plain', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        expect(read(text)).toEqual(JSON.parse(text));
      }),
    );
    expect(isExactNumber(read('1.0'))).toBe(true);
    expect(isExactNumber(read('9007199254740992'))).toBe(false);
  });

  it.each([
    ['{"a":1,"a":1}', 'a'],
    ['{"a":1,"\\u0061":2}', 'a'],
    ['{"x":[{"b":0},{"b":1,"c":{"d":1,"d":2}}]}', 'x[1].c.d'],
    ['{"a":{"b":"\\"b\\":"},"a":{}}', 'a'],
    ['[[1,2],[{"k":[1,"k"],"k":1}]]', '[1][0].k'],
    ['{"__proto__":1,"__proto__":2}', '__proto__'],
  ])('a key twice in one object is refused by its path: %s', (text, field) => {
    expect(readJson(text, 'item')).toMatchObject({
      ok: false,
      problem: { field, problem: 'stands twice in one object' },
    });
  });

  it('one name in two objects, or as a text, is no key twice', () => {
    expect(readJson('{"a":{"a":"a"},"b":[{"a":"a:"},{"a":1}]}', 'item').ok).toBe(true);
  });

  it('`__proto__` is a key like any other and changes no prototype', () => {
    const value = read('{"__proto__":{"admin":1.0}}') as { admin?: unknown };
    expect(Object.keys(value)).toEqual(['__proto__']);
    expect(value.admin).toBeUndefined();
  });

  it.each([
    ['{"id":"a","state": {"b" : 1.0,\n\t"a":"\\u00e9"} ,"z":1}', '{"b" : 1.0,\n\t"a":"\\u00e9"}'],
    ['{"x":{"state":1},"state":[ 1 ]}', '[ 1 ]'],
    ['{"st\\u0061te" : "a\\"}b"}', '"a\\"}b"'],
    ['{"state":-0}', '-0'],
    ['{"a":"state","state":{"state":{}}}', '{"state":{}}'],
  ])('a field can be kept byte for byte: %s', (text, raw) => {
    const found = readJson(text, 'item', 'state');
    const written = writeJson(found.ok && found.value);
    expect(written).toContain(`"state":${raw}`);
    expect(writeJson(readKept(written, 'state'))).toBe(written);
  });

  it('of a job, what another number may have become is left plain, and found', () => {
    const found = readJob(
      '{"args":{"ok":[1.0,0.1000000000000000055],"id":1234567890123456789}}',
      'item',
    );
    expect(found.ok && changedNumber(found.value)).toBe('args.id');
    expect(changedNumber({ a: [{ b: Number('1e400') }] })).toBe('a[0].b');
    expect(changedNumber({ a: [-0] })).toBe('a[0]');
    expect(changedNumber({ a: [2 ** 53 - 1, 0.1, 1e-7] })).toBe(null);
  });

  it('numbers are compared by their digits', () => {
    expect(compareNumbers('9007199254740993', '9007199254740992')).toBe(1);
    expect(compareNumbers('1.0', '1')).toBe(0);
    expect(['2.0', '1e3', '-0', '1e400', '100e-2', '0.0'].map(isWhole)).not.toContain(false);
    expect(['1e-1', '12.50', '0.1'].map(isWhole)).not.toContain(true);
  });
});

/** The numbers of a text, in order. */
const digitsOf = (text: string): string[] =>
  [...text.matchAll(/"(?:[^"\\]|\\.)*"|(-?\d[\d.eE+-]*)/g)].flatMap(([, digits]) => digits ?? []);
