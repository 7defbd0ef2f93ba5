/** Any JSON value, as zod holds it: native, with exact numbers where JavaScript would change one. Pure. */
import { z } from 'zod';
import { isExactNumber, type ExactNumber } from './exact-json.ts';

export type JsonValue =
  | string
  | number
  | boolean
  | null
  | ExactNumber
  | JsonValue[]
  | { [key: string]: JsonValue };

export const exactNumber = z
  .custom<ExactNumber>(isExactNumber, 'must be a number')
  .meta({ type: 'number' });

export const jsonValue: z.ZodType<JsonValue> = z.lazy(() =>
  z.union([
    z.string(),
    z.number(),
    z.boolean(),
    z.null(),
    z.array(jsonValue),
    z.record(z.string(), jsonValue),
    exactNumber,
  ]),
);
