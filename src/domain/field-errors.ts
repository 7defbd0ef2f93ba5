/** What zod found wrong, in the producer's words: by field. Pure. */
import type { z } from 'zod';
import type { FieldError } from './measures.ts';

/** More are not told. */
export const MOST_ERRORS = 50;

/** What zod found, by the field's name. `noun`: what was to be read. */
export function fieldErrors(issue: z.core.$ZodIssue, noun: string): FieldError[] {
  const field =
    issue.path
      .map((part, at) =>
        typeof part === 'number' ? `[${part}]` : at === 0 ? String(part) : `.${String(part)}`,
      )
      .join('') || noun;
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.slice(0, MOST_ERRORS).map((key) => {
      const named = key === '' ? '""' : key.slice(0, 200);
      return {
        field: issue.path.length === 0 ? named : `${field}.${named}`,
        problem: `is not a field of ${noun === 'item' ? 'an item' : noun}`,
      };
    });
  }
  return [{ field: field.slice(0, 300), problem: issue.message.slice(0, 300) }];
}
