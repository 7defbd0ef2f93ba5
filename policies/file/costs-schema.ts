/** What looking, erring and waiting cost, as the policy file says it. Pure. */
import { z } from 'zod';
import { leaf, text } from './policy-leaves.ts';
import { NAME, type Read } from '../access/person-ref.ts';
import type { ErrorCost } from '../../src/stats/formulas/economics.ts';

/** Above this it is no amount, but a slip. */
const MOST = 1e9;
const isMoney = (value: unknown): value is number =>
  typeof value === 'number' && value >= 0 && value <= MOST;

const money = leaf({ type: 'number', minimum: 0, maximum: MOST }, (value) =>
  isMoney(value)
    ? { ok: true, value }
    : {
        ok: false,
        problem: 'is not an amount',
        suggestion: 'a number without currency, like 1.20',
      },
);

const SHAPES = '20 (for each point of impact), or {0: 5, 4: 50, 8: 2000} (from that impact on)';

const errorCost = leaf(
  {
    oneOf: [
      { type: 'number', minimum: 0, maximum: MOST },
      { type: 'object', additionalProperties: { type: 'number', minimum: 0, maximum: MOST } },
    ],
  },
  (value): Read<ErrorCost> => {
    if (isMoney(value)) return { ok: true, value: { per_point: value } };
    const steps = Object.entries(typeof value === 'object' ? (value ?? {}) : {}).map(
      ([from, cost]: [string, unknown]) => ({ from: Number(from), cost }),
    );
    if (steps.length === 0 || Array.isArray(value))
      return { ok: false, problem: 'does not say what an error costs', suggestion: SHAPES };
    const table: { from: number; cost: number }[] = [];
    for (const { from, cost } of steps) {
      if (!(from >= 0 && from <= 10))
        return { ok: false, problem: 'has a key that is no impact: 0 to 10', suggestion: SHAPES };
      if (!isMoney(cost))
        return { ok: false, problem: 'has a value that is no amount', suggestion: SHAPES };
      table.push({ from, cost });
    }
    table.sort((a, b) => a.from - b.from);
    return { ok: true, value: { table } };
  },
);

/** What a minute costs of people in none of the groups named. */
export const OTHERWISE = 'otherwise';

const expertMinute = z
  .strictObject({ [OTHERWISE]: money })
  .catchall(money)
  .transform((minutes, context) => {
    for (const name of Object.keys(minutes))
      if (!NAME.test(name))
        context.addIssue({
          code: 'custom',
          path: [name],
          message: 'is not the name of a group',
          params: {},
        });
    return minutes;
  });

export const costsSchema = z.strictObject({
  currency: text(12),
  expert_minute: expertMinute,
  error: errorCost,
  delay_hour: money.optional(),
});
