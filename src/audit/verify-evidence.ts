/**
 * Holds what a decision rests on beside what was said against what the audit log tells: who was paged (and so may decide),
 * what was asked back, what it froze, what an item was asked again as. Part of `verify-rows.ts`.
 */
import { saltedDigest } from '../domain/hash.ts';
import type { Db } from '../store/database.ts';
import { ERASED } from '../domain/erased.ts';
import { byItemId, compare, shown, type Differs } from './compare-with-log.ts';
import { preparedList } from '../store/prepared.ts';
import type { InfoRequestsTable } from '../store/ladder-tables.ts';
import type { FreezesTable } from '../store/record-tables.ts';
import type { Columns } from './log-entry.ts';
import type { Told } from './replay-item.ts';

const PAGERDUTY = /^pagerduty:/;

/** Reads the rows of these items. `verify` holds those of one item against what the log tells. */
export async function evidenceToVerify(
  db: Db,
  ids: string[],
): Promise<{ verify(item_id: string, told: Told, differs: Differs): void }> {
  const pages = byItemId(await pagesOf(db, ids));
  const info = byItemId(await infoOf(db, ids));
  const freezes = byItemId(await freezesOf(db, ids));
  const reopened = byItemId(await reopenedOf(db, ids));
  return {
    verify(item_id, told, differs) {
      for (const { target } of pages.get(item_id) ?? [])
        if (!told.paged.has(target.replace(PAGERDUTY, '')))
          differs(`a page to ${shown(target)} is not in the log`);
      const erased = (id: string) => told.erased?.gone.has(id) === true;
      matched('info_requests', info.get(item_id) ?? [], told.info, differs, (row, one) => {
        const { answer, salt, question, item_id: _item, ...held } = row;
        compare('info_requests', held, one, differs);
        if ((answer === null) !== (one.answered_at === undefined))
          differs('info_requests.answer is not there as the log has it');
        if (salt === null) {
          if (one.question_digest !== undefined && !erased(row.id))
            differs('info_requests has lost its salt, and the log tells of no erasure');
          if (told.erased?.whole && erased(row.id) && [question, answer].some(notErased))
            differs('info_requests has words, and the log says that they were erased');
        } else verifyWords(row, one, differs);
      });
      matched('freezes', freezes.get(item_id) ?? [], told.freezes, differs, (row, one) =>
        verifyFreeze(row, one, erased(row.id), differs),
      );
      const again = (reopened.get(item_id) ?? []).map(({ item_id: _from, as_id, ...row }) => ({
        ...row,
        id: as_id,
      }));
      matched('reopened', again, told.reopened, differs, (row, one) =>
        compare('reopened', row, one, differs),
      );
    },
  };
}

const notErased = (words: string | null): boolean => words !== null && words !== ERASED;

const pagesOf = preparedList((db, ids) =>
  db
    .selectFrom('pages')
    .select(['item_id', 'target'])
    .where('item_id', 'in', ids)
    .where('way', '!=', 'channel'),
);

const infoOf = preparedList((db, ids) =>
  db.selectFrom('info_requests').selectAll().where('item_id', 'in', ids),
);

const freezesOf = preparedList((db, ids) =>
  db.selectFrom('freezes').selectAll().where('item_id', 'in', ids),
);

const reopenedOf = preparedList((db, ids) =>
  db
    .selectFrom('reopened')
    .select(['from_id as item_id', 'item_id as as_id', 'by', 'at'])
    .where('from_id', 'in', ids),
);

/** Each row with what the log tells of it; what has no other side differs. */
function matched<R extends { id: string }>(
  table: string,
  rows: readonly R[],
  told: readonly Columns[],
  differs: Differs,
  verify: (row: R, one: Columns) => void,
): void {
  if (rows.length === 0 && told.length === 0) return;
  const left = new Map(told.map((one) => [one.id, one]));
  for (const row of rows) {
    const one = left.get(row.id);
    left.delete(row.id);
    if (one === undefined) differs(`${table}: ${shown(row.id)} is not in the log`);
    else verify(row, one);
  }
  for (const id of left.keys()) differs(`${table}: ${shown(id)} is in the log and has no row`);
}

function verifyWords(
  row: Pick<InfoRequestsTable, 'question' | 'answer' | 'salt'>,
  one: Columns,
  differs: Differs,
): void {
  const digest = (words: string | null) =>
    words === null ? undefined : saltedDigest(String(row.salt), words);
  if (digest(row.question) !== one.question_digest)
    differs('what was asked back is not what the log has a digest of');
  if (digest(row.answer) !== one.answer_digest)
    differs('what was answered to what was asked back is not what the log has a digest of');
}

function verifyFreeze(row: FreezesTable, one: Columns, erased: boolean, differs: Differs): void {
  const { item_id: _item, title_salt, action_name, ...held } = row;
  const { action_digest, ...told } = one;
  compare('freezes', held, told, differs);
  if (title_salt === '' && erased) {
    if (action_name !== null) differs('freezes.action_name stands without its salt');
    return;
  }
  const digest = action_name === null ? undefined : saltedDigest(title_salt, action_name);
  if (digest !== action_digest)
    differs('freezes.action_name, or its salt, is not what the log has a digest of');
}
