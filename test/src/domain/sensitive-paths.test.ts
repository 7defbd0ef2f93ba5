import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { query } from 'jsonpath-rfc9535';
import { followPaths, pathProblem } from '../../../src/domain/sensitive-paths.ts';
import { parseItem } from '../../../src/domain/parse-item.ts';
import { approval } from '../../blocks/fixtures.ts';
import { runs } from '../../runs.ts';

const DOC = {
  payees: [
    { name: 'Ada', iban: 'A1' },
    { name: 'Bo', iban: 'B2', 'card number': 'C3' },
  ],
  'a.b': 'dotted',
  größe: 'umlaut',
  list: [0, 1, 2, 3, 4, 5],
  deep: { iban: { country: 'DE', digits: ['8', '9'] } },
};
/** All scalars that a path hides, in the order of the document. */
const hiddenBy = (path: string, value: unknown = DOC): unknown[] => {
  const found: unknown[] = [];
  followPaths([path], value, (one) => {
    found.push(one);
    return '••••';
  });
  return found;
};

describe('a path', () => {
  it.each([
    ['$.payees[*].iban', ['A1', 'B2']],
    ['$.payees[1].iban', ['B2']],
    ['$.payees[-1].name', ['Bo']],
    ["$.payees[1]['card number']", ['C3']],
    ['$.payees[1]["card number"]', ['C3']],
    ["$['a.b']", ['dotted']],
    ['$.größe', ['umlaut']],
    [String.raw`$["gr\u00f6\u00dfe"]`, ['umlaut']],
    ['$..iban', ['A1', 'B2', 'DE', '8', '9']],
    ['$.deep.iban', ['DE', '8', '9']],
    ['$.list[1:3]', [1, 2]],
    ['$.list[::2]', [0, 2, 4]],
    ['$.list[-2:]', [4, 5]],
    ['$.list[4:0:-2]', [2, 4]],
    ['$.list[-9:2]', [0, 1]],
    ['$.list[1:-9:-1]', [0, 1]],
    ['$.list[::0]', []],
    ['$.list[0,5]', [0, 5]],
    ["$['a.b','größe']", ['dotted', 'umlaut']],
    ['$.payees.*.name', ['Ada', 'Bo']],
    ['$.list[9]', []],
    ['$.list.iban', []],
    ['$.payees[0].iban.deeper', []],
  ])('%s names %j', (path, named) => {
    expect(pathProblem(path)).toBeNull();
    expect(hiddenBy(path)).toEqual(named);
  });

  it.each([
    ['iban', /"iban" is not a path like/],
    ['$.', /is not a path like/],
    ['$.payees[01]', /is not a path like/],
    ['$[?@.iban]', /has a filter/],
    ['$.payees[?(@.name == "Ada")].iban', /has a filter/],
    ['$', /names the whole item/],
    [`$${'.a'.repeat(31)}`, /more than 30 steps/],
  ])('%s is refused at its field, by name', (path, problem) => {
    const read = parseItem({ ...approval, sensitive: ['$.title', path] });
    expect(read).toEqual({
      ok: false,
      errors: [{ field: 'sensitive[1]', problem: expect.stringMatching(problem) as string }],
    });
  });

  it('a question mark in a name is no filter', () => {
    expect(hiddenBy("$['why?']", { 'why?': 1 })).toEqual([1]);
  });

  it('names what RFC 9535 says, as an implementation of its own has it', () => {
    const key = fc.constantFrom('a', 'b', 'c d');
    const doc = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.integer({ min: 0, max: 9 }),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(key, tie('value'), { maxKeys: 3 }),
      ),
    })).value;
    // The library counts a bound before the list from its end twice; the table above has those.
    const bound = fc.oneof(fc.constant(''), fc.integer({ min: 0, max: 4 }).map(String));
    const step = fc.oneof(
      key.map((name) => `['${name}']`),
      fc.constantFrom('[*]', '.a', '..a', '..*', '..[0]', "['a','b']"),
      fc.integer({ min: -4, max: 4 }).map((at) => `[${at}]`),
      fc
        .tuple(bound, bound, fc.constantFrom('', ':1', ':2', ':-1', ':-2', ':0'))
        .map(([from, to, by]) => `[${from}:${to}${by}]`),
    );
    const leaves = (value: unknown): unknown[] =>
      typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : [value];
    fc.assert(
      fc.property(doc, fc.array(step, { minLength: 1, maxLength: 4 }), (value, steps) => {
        // Each scalar is made different, so that a list of values says which were named.
        let at = 0;
        const told: unknown = JSON.parse(JSON.stringify(value), (_, one: unknown) =>
          typeof one === 'number' ? (at += 1) : one,
        );
        const path = `$${steps.join('')}`;
        const named = query(told as never, path).flatMap(leaves);
        expect(new Set(hiddenBy(path, told))).toEqual(new Set(named));
      }),
      { numRuns: runs(200) },
    );
  });
});

describe('paths that would take too long', () => {
  const args = Object.fromEntries(Array.from({ length: 8000 }, (_, at) => [`k${at}`, [at, [at]]]));
  const item = { ...approval, action: { name: 'pay', args } };

  it('are refused with the item', () => {
    const sensitive = Array.from({ length: 50 }, (_, at) => `$..*..*..[0]..a${at}`);
    expect(parseItem({ ...item, sensitive })).toMatchObject({
      ok: false,
      errors: [{ field: 'sensitive', problem: expect.stringContaining('take too long') }],
    });
  });

  it('hide everything where they are met all the same', () => {
    const sensitive = Array.from({ length: 50 }, (_, at) => `$..*..*..[0]..a${at}`);
    const followed = followPaths(sensitive, { args }, () => '••••');
    expect(followed.gaveUp).toBe(true);
    expect(JSON.stringify(followed.value)).not.toMatch(/\[\d/);
  });

  it('are not those that look at a big item as a whole', () => {
    expect(parseItem({ ...item, sensitive: ['$..iban', '$..bic'] })).toMatchObject({ ok: true });
  });
});
