/** Ids that the pager makes: no producer can have taken one, and no two items have the same. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { checkItem } from '../../../src/domain/check-item.ts';
import { isMadeId, madeId } from '../../../src/domain/made-id.ts';
import { parseItem } from '../../../src/domain/parse-item.ts';

const FOR = ['check', 'freeze', 'reopen'] as const;
const item = (id: string) => ({ id, kind: 'question', title: 'Which?' });
const ids = fc.oneof(
  fc.string({ minLength: 1, maxLength: 128, unit: 'binary' }),
  // Ids as long as they may be, which differ at their very end.
  fc.string({ minLength: 1, maxLength: 4 }).map((tail) => 'x'.repeat(128 - tail.length) + tail),
  fc.constantFrom('sq', 'sq~2', 'sq~3', 'item-0', 'freeze-0', 'ask-0'),
);

it('whatever an item is called, what is made of it has an id of its own that intake refuses', () => {
  fc.assert(
    fc.property(ids, ids, (one, other) => {
      const made = FOR.map((what) => madeId(what, one));
      expect(new Set(made).size).toBe(FOR.length);
      for (const id of made) {
        expect(isMadeId(id) && id.length <= 128).toBe(true);
        expect(parseItem(item(id))).toMatchObject({ ok: false, errors: [{ field: 'id' }] });
        // An item that was made can have others made of it.
        expect(made).not.toContain(madeId('reopen', id));
      }
      if (one !== other)
        expect(made.filter((id) => FOR.some((what) => madeId(what, other) === id))).toEqual([]);
    }),
  );
});

it.each(['sq~2', 'item~', 'item~2', `item~${'0'.repeat(31)}`, `x~${'0'.repeat(32)}`, 'item-1'])(
  'a producer may call an item %s',
  (id) => {
    expect(parseItem(item(id))).toMatchObject({ ok: true });
  },
);

it('a check says nothing of what it checks', () => {
  const read = parseItem(item('sure-97'));
  if (!read.ok) throw new Error('no item');
  expect(checkItem(read.item).item.id).toMatch(/^item~[0-9a-f]{32}$/);
});
