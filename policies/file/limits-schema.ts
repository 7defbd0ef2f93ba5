/** How much may come in, as the policy file says it: `300 per 1m`. Pure. */
import { z } from 'zod';
import type { Rate } from '../../src/domain/rate.ts';
import type { Read } from '../access/person-ref.ts';
import { readDuration } from './duration.ts';
import { leaf } from './policy-leaves.ts';

const LIKE = 'like 300 per 1m';
/** More at once is no limit. */
const MOST = 1_000_000;

const rate = leaf(
  { type: 'string', pattern: '^[1-9][0-9]* per [1-9][0-9]*[smhdw]$' },
  (value): Read<Rate> => {
    const [, count, time] =
      typeof value === 'string' ? (/^(\d{1,9}) per (\S{1,20})$/.exec(value.trim()) ?? []) : [];
    if (count === undefined || time === undefined)
      return { ok: false, problem: 'is not a number of items in a time', suggestion: LIKE };
    const per = readDuration(time);
    if (!per.ok) return per;
    if (Number(count) < 1 || Number(count) > MOST)
      return {
        ok: false,
        problem: `is not a number of items from 1 to ${MOST}`,
        suggestion: 'leave the key out for no limit',
      };
    return { ok: true, value: { count: Number(count), per_ms: per.value } };
  },
);

export const limitsSchema = z.strictObject({
  intake: z.strictObject({
    each: rate.optional(),
    producers: z.record(z.string(), rate).optional(),
  }),
});
