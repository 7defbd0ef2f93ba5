/** What turned out later, as it may be shown. Pure. */
import { canonicalJson } from '../../src/domain/hash.ts';
import type { FeedbackRecord } from '../../src/domain/feedback.ts';
import type { Item } from '../../src/domain/item.ts';

/** A truth may be any part of its item: where the item hides something, so does it; also where nobody can say any more. */
export const hidesTruth = ({ item }: { item: Pick<Item, 'sensitive'> | null }): boolean =>
  item === null || (item.sensitive?.length ?? 0) > 0;

/** As one text; null where none was given. */
export const truthWords = ({
  truth,
  erased,
}: Pick<FeedbackRecord, 'truth'> & { erased: boolean }): string | null => {
  if (erased) return 'erased';
  return truth === null || truth === undefined || typeof truth === 'string'
    ? (truth ?? null)
    : canonicalJson(truth);
};
