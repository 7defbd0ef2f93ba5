/** Behind a domain's open cards too, producers take turns within an impact; within one producer, and above that, order is as ever. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { acceptItem } from '../../../src/intake/accept-item.ts';
import { cancelItem } from '../../../src/items/cancel-item.ts';
import { parseItem } from '../../../src/domain/parse-item.ts';
import { nextBehind } from '../../../src/store/backlog.ts';
import { openAuditedDesk, type AuditedDesk } from '../store/audited-desk.ts';
import { edited } from '../../edited.ts';
import { runs } from '../../runs.ts';

let desk: AuditedDesk;
beforeAll(async () => {
  desk = await openAuditedDesk((yaml) =>
    edited(yaml, ['    ladder: billing-desk\n', '    ladder: billing-desk\n    open_limit: 1\n']),
  );
});
afterAll(() => desk.close());

let made = 0;
/** Returns its id, which begins with its producer's name and counts up. */
async function asks(owner: string, impact = 5): Promise<string> {
  const id = `${owner}-${String((made += 1)).padStart(5, '0')}`;
  const item = parseItem({
    ...{ id, kind: 'approval', domain: 'billing', title: 'Refund?', confidence: 0.4, impact },
    action: { name: 'refund' },
  });
  if (!item.ok) throw new Error(JSON.stringify(item.errors));
  await acceptItem(desk.world, { ...item, source: 'http', owner });
  return id;
}

const open = () =>
  desk.world.db
    .selectFrom('items')
    .select(['id', 'impact'])
    .where('status', '!=', 'decided')
    .where('behind_since', 'is', null)
    .execute();

/** Each card ends as soon as it stands. Returns the order in which they stood, `most` of them. */
async function shownInTurn(most = 1000): Promise<{ id: string; impact: number }[]> {
  const order: { id: string; impact: number }[] = [];
  for (let [one] = await open(); one && order.length < most; [one] = await open()) {
    order.push(one);
    await cancelItem(desk.world, one.id);
  }
  return order;
}

it('one of another producer comes after one of the flood, and then the flood goes on', async () => {
  const flood: string[] = [];
  for (let at = 0; at < 12; at += 1) flood.push(await asks('flood'));
  const other = [await asks('other'), await asks('other')];
  const urgent = await asks('other', 7);
  expect(await nextBehind(desk.world.db, 'billing', 5)).toEqual([
    urgent,
    flood[1],
    other[0],
    flood[2],
    other[1],
  ]);
  const order = (await shownInTurn()).map((one) => one.id);
  expect(order.slice(0, 7)).toEqual([
    flood[0],
    urgent,
    flood[1],
    other[0],
    flood[2],
    other[1],
    flood[3],
  ]);
  expect(order.slice(7)).toEqual(flood.slice(4));
});

it('whatever comes while others end: no producer waits for two of another in one impact', async () => {
  const step = fc.oneof(
    fc.record({ owner: fc.constantFrom('a', 'b', 'c'), impact: fc.constantFrom(4, 5) }),
    fc.constant('ends' as const),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 20 }), async (steps) => {
      for (const one of steps) {
        if (one === 'ends') await shownInTurn(1);
        else await asks(one.owner, one.impact);
      }
      // What stands by now stood there before; turns are taken by what waits.
      const waiting = (await shownInTurn()).slice(1);
      for (const impact of [5, 4]) {
        const ids = waiting.filter((one) => one.impact === impact).map((one) => one.id);
        for (const name of ['a', 'b', 'c']) {
          const own = ids.filter((id) => id.startsWith(name));
          expect(own).toEqual(own.toSorted());
          const places = ids.flatMap((id, at) => (id.startsWith(name) ? [at] : []));
          const ends = [-1, ...places];
          for (const [at, place] of places.entries()) {
            const between = ids.slice((ends[at] ?? -1) + 1, place);
            for (const other of ['a', 'b', 'c'].filter((one) => one !== name))
              expect(
                between.filter((id) => id.startsWith(other)).length,
                ids.join(' '),
              ).toBeLessThanOrEqual(1);
          }
        }
      }
      const impacts = waiting.map((one) => one.impact);
      expect(impacts).toEqual(impacts.toSorted((a, b) => b - a));
    }),
    { numRuns: runs(25) },
  );
}, 60_000);
