import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readItems } from '../../../src/cli/read-items.ts';

describe('a file of items', () => {
  it.each([
    ['one item', '{"id":"a"}', [{ line: 1, value: { id: 'a' } }]],
    ['one item over several lines', '{\n  "id": "a"\n}\n', [{ line: 1, value: { id: 'a' } }]],
    ['with a byte order mark', '\uFEFF{"id":"a"}', [{ line: 1, value: { id: 'a' } }]],
    [
      'one a line, blank lines between',
      '{"id":"a"}\r\n\n{"id":"b"}\n',
      [
        { line: 1, value: { id: 'a' } },
        { line: 3, value: { id: 'b' } },
      ],
    ],
    ['nothing', ' \n\n', [{ line: 1, problem: 'is empty' }]],
    [
      'a list',
      '[{"id":"a"}]',
      [{ line: 1, problem: 'is a list: put one item a line (`jq -c .[]`)' }],
    ],
    ['a number', '3', [{ line: 1, problem: 'is not a JSON object' }]],
  ])('%s', (_what, written, read) => {
    expect(readItems(written)).toEqual(read);
  });

  it('a bad line among good ones is named by its number, and takes none of them with it', () => {
    expect(readItems('{"id":"a"}\n{"id":\n{"id":"c"}\n"d"')).toEqual([
      { line: 1, value: { id: 'a' } },
      { line: 2, problem: expect.stringMatching(/^is not JSON: .+ \(column \d+\)$/) },
      { line: 3, value: { id: 'c' } },
      { line: 4, problem: 'is not a JSON object' },
    ]);
  });

  it('a file that is no JSON at all is one problem, not one a line', () => {
    const read = readItems('kind: approval\ntitle: Refund?\n');
    expect(read).toHaveLength(1);
    expect(read[0]).toEqual({
      line: 1,
      problem: expect.stringMatching(
        /^is not JSON: .+ \(line 1, column \d+\), nor one JSON object a line$/,
      ),
    });
  });

  it('whatever objects are written one a line are read back, in order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { minLength: 2 }),
        (list) => {
          const written = list.map((one) => JSON.stringify(one)).join('\n');
          expect(readItems(written)).toEqual(
            list.map((_, at) => ({
              line: at + 1,
              value: JSON.parse(JSON.stringify(list[at])) as object,
            })),
          );
        },
      ),
    );
  });

  it('no text makes it throw', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(readItems(text).length).toBeGreaterThan(0);
      }),
    );
  });
});
