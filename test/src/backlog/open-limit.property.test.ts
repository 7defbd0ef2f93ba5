/**
 * Whatever comes, ends, climbs or is asked for, in whatever order: a channel never shows more than its limit of what may
 * be held back, nobody waits where there is room, and in the end all were shown or have ended.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { acceptItem } from '../../../src/intake/accept-item.ts';
import { cancelItem } from '../../../src/items/cancel-item.ts';
import { parseItem } from '../../../src/domain/parse-item.ts';
import { showNext } from '../../../src/backlog/show-next.ts';
import { sweepBacklog } from '../../../src/backlog/sweep-backlog.ts';
import { openAuditedDesk, type AuditedDesk } from '../store/audited-desk.ts';
import { edited } from '../../edited.ts';
import { runs } from '../../runs.ts';

const LIMIT = 3;

type Step =
  | { step: 'asked'; impact: number }
  | { step: 'ended'; which: number }
  | { step: 'next' }
  | { step: 'time'; minutes: number };

const steps = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ step: fc.constant('asked'), impact: fc.nat(10) }) },
    { weight: 3, arbitrary: fc.record({ step: fc.constant('ended'), which: fc.nat(1000) }) },
    { weight: 1, arbitrary: fc.constant({ step: 'next' }) },
    { weight: 1, arbitrary: fc.record({ step: fc.constant('time'), minutes: fc.nat(20) }) },
  ) as fc.Arbitrary<Step>,
  { minLength: 10, maxLength: 40 },
);

let desk: AuditedDesk;
beforeAll(async () => {
  desk = await openAuditedDesk((yaml) =>
    edited(yaml, [
      '    ladder: billing-desk\n',
      `    ladder: billing-desk\n    open_limit: ${LIMIT}\n`,
    ]),
  );
});
afterAll(() => desk.close());

const open = () =>
  desk.world.db
    .selectFrom('items')
    .leftJoin('cards', (join) =>
      join.onRef('cards.item_id', '=', 'items.id').on('purpose', '=', 'decide'),
    )
    .select(['items.id', 'impact', 'behind_since', 'cards.id as card'])
    .where('status', '!=', 'decided')
    .where('domain', '=', 'billing')
    .orderBy('requested_at')
    .orderBy('items.id')
    .execute();

let made = 0;

/** Does one step. Returns the item that was let in above the limit, if any was. */
async function take(step: Step): Promise<void> {
  switch (step.step) {
    case 'asked': {
      const item = parseItem({
        id: `p-${(made += 1)}`,
        kind: 'approval',
        domain: 'billing',
        title: 'Refund?',
        action: { name: 'refund' },
        confidence: 0.4,
        impact: step.impact,
      });
      if (!item.ok) throw new Error(JSON.stringify(item.errors));
      await acceptItem(desk.world, { ...item, source: 'http' });
      return;
    }
    case 'ended': {
      const all = await open();
      const one = all[step.which % Math.max(1, all.length)];
      if (one) await cancelItem(desk.world, one.id);
      return;
    }
    case 'next':
      await showNext(desk.world, {
        domain: 'billing',
        person: { user: 'U0ALICE', team: 'T0SIMULATED', name: 'alice' },
      });
      return;
    case 'time':
      await desk.advance(`${step.minutes}m`);
      await sweepBacklog(desk.world);
      return;
    default:
      step satisfies never;
  }
}

/** Those that came above the limit: somebody asked for them, or their ladder climbed. */
const above = async (): Promise<Set<string | null>> =>
  new Set(
    (
      await desk.world.db
        .selectFrom('audit_log')
        .select('item_id')
        .where('event', '=', 'item.came_forward')
        .where('entry_json', 'not like', '%"because":"room"%')
        .execute()
    ).map((row) => row.item_id),
  );

test('the limit holds, and nobody is forgotten', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (story) => {
      for (const step of story) {
        await take(step);
        const all = await open();
        const exempt = await above();
        const behind = all.filter((one) => one.behind_since !== null);
        const shown = all.filter((one) => one.behind_since === null);
        // What waits has no card, and what does not has one.
        expect(behind.filter((one) => one.card !== null)).toEqual([]);
        expect(shown.filter((one) => one.card === null)).toEqual([]);
        expect(behind.filter((one) => one.impact >= 8)).toEqual([]);
        const held = shown.filter((one) => one.impact < 8 && !exempt.has(one.id));
        expect(held.length).toBeLessThanOrEqual(LIMIT);
        if (behind.length > 0) expect(shown.length).toBeGreaterThanOrEqual(LIMIT);
        const digests = await desk.world.db
          .selectFrom('digest_cards')
          .select('card_id')
          .where('closed_at', 'is', null)
          .execute();
        expect(digests).toHaveLength(behind.length > 0 ? 1 : 0);
      }
      // Each gets its card in the end, if those before it end.
      for (let left = await open(); left.length > 0; left = await open()) {
        const first = left.find((one) => one.behind_since === null);
        expect(first).toBeDefined();
        await cancelItem(desk.world, first?.id ?? '');
      }
    }),
    { numRuns: runs(25) },
  );
}, 30_000);
