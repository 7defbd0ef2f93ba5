import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { putBack, withPlaceholders } from '../../../src/domain/placeholders.ts';
import { maskDecision, maskEdited, withEdited, maskSensitive } from '../../../src/domain/redact.ts';
import type { Item } from '../../../src/domain/item.ts';
import { approval, review } from '../../blocks/fixtures.ts';
import { runs } from '../../runs.ts';

const ADA = { name: 'Ada', iban: 'DE89' };
const BO = { name: 'Bo', iban: 'FR76' };
const paying = (payees: unknown[], sensitive = ['$.action.args.payees[*].iban']): Item => ({
  ...approval,
  action: { name: 'pay', args: { payees } as never },
  sensitive,
});
const ROOT = ['action', 'args'];

/** The form of an item: its arguments as shown, its placeholders in order, and what reading an edit of it gives. */
function form(item: Item) {
  const { shown, hidden } = withPlaceholders(item);
  const read = (payees: unknown) => {
    const back = putBack({ payees }, item.action?.args, ROOT, hidden);
    return back.ok
      ? (back.value as { payees: unknown }).payees
      : back.misplaced.map(({ place, problem }) => `${place.join('.')}: ${problem}`);
  };
  return { shown: shown.action?.args, marks: [...hidden.keys()], read };
}

describe('placeholders', () => {
  it('are one for each hidden value, the same each time, and can be told from text', () => {
    const { shown, marks } = form(paying([ADA, BO]));
    expect(marks).toHaveLength(2);
    expect(marks[0]).toMatch(/^•••• 1-[0-9a-z]{4}$/);
    expect(shown).toEqual({
      payees: [
        { name: 'Ada', iban: marks[0] },
        { name: 'Bo', iban: marks[1] },
      ],
    });
    expect(form(paying([ADA, BO])).marks).toEqual(marks);
  });

  it('are no text that the item has already', () => {
    const [mark = ''] = form(paying([ADA])).marks;
    const item = paying([{ ...ADA, name: mark }]);
    const { marks, read } = form(item);
    expect(marks).not.toContain(mark);
    expect(read([{ name: mark, iban: marks[0] }])).toEqual([{ name: mark, iban: 'DE89' }]);
  });

  it.each([
    ['nothing changed', (a, b) => [a, b], [ADA, BO]],
    ['the first is deleted', (_, b) => [b], [BO]],
    ['the last is deleted', (a) => [a], [ADA]],
    ['both change places', (a, b) => [b, a], [BO, ADA]],
    [
      'one comes in before',
      (a, b) => [{ name: 'Cy', iban: 'IT60' }, a, b],
      [{ name: 'Cy', iban: 'IT60' }, ADA, BO],
    ],
    ['one is renamed', (a, b) => [{ ...a, name: 'Ada L.' }, b], [{ ...ADA, name: 'Ada L.' }, BO]],
    [
      'one is renamed after the first is deleted',
      (_, b) => [{ ...b, name: 'Bob' }],
      [{ ...BO, name: 'Bob' }],
    ],
    ['one gets a new value', (a, b) => [{ ...a, iban: 'IT60' }, b], [{ ...ADA, iban: 'IT60' }, BO]],
    ['all are deleted', () => [], []],
  ] as [string, (a: typeof ADA, b: typeof BO) => unknown[], unknown[]][])(
    '%s: each value stays with its entry',
    (_, change, expected) => {
      const { marks, read } = form(paying([ADA, BO]));
      const [one = '', two = ''] = marks;
      expect(read(change({ ...ADA, iban: one }, { ...BO, iban: two }))).toEqual(expected);
    },
  );

  it.each([
    [
      'changed places without their entries',
      (a, b) => [
        { ...ADA, iban: b },
        { ...BO, iban: a },
      ],
      [/^payees.0.iban: “•••• 2-.*another entry/, /^payees.1.iban: “•••• 1-.*another entry/],
    ],
    [
      'taken into a new entry',
      (a, b) => [
        { ...ADA, iban: 'x' },
        { name: 'Mallory', iban: a },
        { ...BO, iban: b },
      ],
      [/^payees.1.iban: “•••• 1-.*another entry/],
    ],
    [
      'standing twice',
      (a, b) => [
        { ...ADA, iban: a },
        { name: 'Mallory', iban: a },
        { ...BO, iban: b },
      ],
      [/^payees.1.iban: “•••• 1-.*a second time/],
    ],
    [
      'moved into another field',
      (a, b) => [
        { name: a, iban: 'x' },
        { ...BO, iban: b },
      ],
      [/^payees.0.name: “•••• 1-.*another entry or field/],
    ],
    [
      'missing where its entry stays',
      (_, b) => [{ name: 'Ada' }, { ...BO, iban: b }],
      [/^payees.0.iban: is missing: put its hidden value back, or delete the whole entry/],
    ],
    [
      'part of a text',
      (a, b) => [
        { ...ADA, iban: `${a} please` },
        { ...BO, iban: b },
      ],
      [/can't be part of a text/],
    ],
    [
      'four dots alone, where two could be meant',
      (_, b) => [
        { ...ADA, iban: '••••' },
        { ...BO, iban: b },
      ],
      [/•••• stands for a hidden value/],
    ],
  ] as [string, (a: string, b: string) => unknown[], RegExp[]][])(
    'are refused %s',
    (_, change, problems) => {
      const { marks, read } = form(paying([ADA, BO]));
      const [one = '', two = ''] = marks;
      expect(read(change(one, two))).toEqual(
        problems.map((problem) => expect.stringMatching(problem) as string),
      );
    },
  );

  it('in a list of plain values, each is its own entry', () => {
    const { marks, read } = form(paying(['DE89', 'FR76'], ['$.action.args.payees']));
    const [one, two] = marks;
    expect(read([two])).toEqual(['FR76']);
    expect(read([two, 'IT60', one])).toEqual(['FR76', 'IT60', 'DE89']);
    expect(read([one, one])).toEqual([expect.stringMatching(/a second time|another entry/)]);
  });

  it('of entries that look alike say which is which', () => {
    const twins = [ADA, { ...ADA, iban: 'FR76' }];
    const { marks, read } = form(paying(twins));
    expect(read([{ name: 'Ada', iban: marks[1] }])).toEqual([twins[1]]);
  });

  it('hide numbers and flags too, in a proposal as in arguments', () => {
    const proposal = {
      lines: [
        { pin: 1234, ok: true },
        { pin: 5678, ok: false },
      ],
    };
    const item: Item = { ...review, proposal, sensitive: ['$..pin', '$..ok'] };
    const { hidden } = withPlaceholders(item);
    const [, , pin, ok] = hidden.keys();
    expect(putBack({ lines: [{ pin, ok }] }, proposal, ['proposal'], hidden)).toEqual({
      ok: true,
      value: { lines: [{ pin: 5678, ok: false }] },
    });
  });
});

describe('whatever becomes of a list', () => {
  const entry = fc.record({
    name: fc.constantFrom('Ada', 'Bo', 'Cy'),
    note: fc.integer({ max: 3, min: 0 }),
  });
  it('no value joins an entry that was another’s', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(entry, {
          minLength: 1,
          maxLength: 5,
          selector: (one) => JSON.stringify(one),
        }),
        fc.array(fc.nat({ max: 4 }), { maxLength: 6 }),
        fc.array(fc.nat({ max: 4 }), { minLength: 6, maxLength: 6 }),
        (entries, kept, marksOf) => {
          const payees = entries.map((one, at) => ({ ...one, iban: `IBAN-${at}` }));
          const { marks, read } = form(paying(payees));
          // Any entries in any order, each with any of the placeholders.
          const edited = kept.flatMap((at, place) => {
            const [one, mark] = [entries[at], marks[marksOf[place] ?? 0]];
            return one === undefined || mark === undefined ? [] : [{ ...one, iban: mark }];
          });
          const result = read(edited) as unknown[];
          const back = result.every((one) => typeof one === 'object');
          if (back) for (const one of result) expect(payees).toContainEqual(one);
          const cameFrom = edited.map(({ name, note }) =>
            entries.findIndex((was) => was.name === name && was.note === note),
          );
          const right =
            new Set(cameFrom).size === edited.length &&
            edited.every((one, place) => marks.indexOf(one.iban) === cameFrom[place]);
          expect(back).toBe(right);
        },
      ),
      { numRuns: runs(200) },
    );
  });
});

describe('after an edit', () => {
  const item = paying([ADA, BO], ['$.action.args.payees[0].iban']);

  it('what was hidden stays hidden where it has gone', () => {
    const edited = { payees: [BO, ADA] };
    expect(maskEdited(item, edited)).toEqual({
      payees: [
        { ...BO, iban: '••••' },
        { ...ADA, iban: '••••' },
      ],
    });
    const decision = { outcome: 'edited' as const, action: { name: 'pay', args: edited } };
    expect(JSON.stringify(maskDecision(item, decision))).not.toContain('DE89');
    const standing = withEdited(item, { action: { name: 'pay', args: edited } });
    expect(JSON.stringify(maskSensitive(standing).action)).not.toContain('DE89');
  });
});
