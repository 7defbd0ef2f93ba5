/** What the outbox holds for one kind of lane. */
import { readLane, type LaneKind } from '../../src/domain/lane.ts';
import type { OutboxTable } from '../../src/store/card-tables.ts';
import type { Desk } from './desk.ts';

/** Its rows, the newest first; of one item where that is given. */
export async function laneRows(
  { pager }: Pick<Desk, 'pager'>,
  kind: LaneKind,
  item_id?: string,
): Promise<OutboxTable[]> {
  const rows = await pager.world.db
    .selectFrom('outbox')
    .selectAll()
    .orderBy('created_at', 'desc')
    .execute();
  return rows.filter(
    (row) =>
      readLane(row.lane)?.kind === kind && (item_id === undefined || row.item_id === item_id),
  );
}
