/** What a button of ours carries as JSON, read again: anybody can send a click. */
import type { z } from 'zod';

/** null: it is not what was put there. */
export function buttonValue<T>(value: string | null, schema: z.ZodType<T>): T | null {
  try {
    return schema.safeParse(JSON.parse(value ?? '')).data ?? null;
  } catch {
    return null;
  }
}
