// Turns zod's issues into the lines Slack answers with: `[ERROR] … [json-pointer:/blocks/0/text]`.
import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

function pointer(path: readonly PropertyKey[]): string {
  return `/${path.map((part) => String(part)).join('/')}`;
}

function line(text: string, path: readonly PropertyKey[]): string {
  return `[ERROR] ${text} [json-pointer:${pointer(path)}]`;
}

/** One or more lines for an issue; `value` is what was checked, to tell missing from wrong. */
function describe(issue: Issue, at: readonly PropertyKey[], value: unknown): string[] {
  const path = [...at, ...issue.path];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => line(`invalid additional property: ${key}`, path));
    case 'invalid_type': {
      if (valueAt(value, issue.path) === undefined) {
        const field = String(issue.path.at(-1) ?? '');
        return [line(`missing required field: ${field}`, path.slice(0, -1))];
      }
      return [line(`must provide ${article(issue.expected)}`, path)];
    }
    case 'invalid_union': {
      // A discriminated union without a match: the type is unknown or not allowed here.
      const type = valueAt(value, issue.path);
      const known = issue.discriminator === undefined ? undefined : String(issue.discriminator);
      if (known !== undefined) {
        // zod points at the discriminator; the object it is in stands one step above.
        if (type === undefined)
          return [line(`missing required field: ${known}`, path.slice(0, -1))];
        return [line(`unsupported type: ${String(type)}`, path)];
      }
      return [line('failed to match all allowed schemas', path)];
    }
    case 'invalid_value':
      if (valueAt(value, issue.path) === undefined) {
        const field = String(issue.path.at(-1) ?? '');
        return [line(`missing required field: ${field}`, path.slice(0, -1))];
      }
      return [line('must be a valid enum value', path)];
    default:
      return [line(issue.message, path)];
  }
}

function article(expected: string): string {
  return /^[aeio]/.test(expected) ? `an ${expected}` : `a ${expected}`;
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let current = value;
  for (const part of path) {
    if (typeof current !== 'object' || current === null) return undefined;
    current = Reflect.get(current, part);
  }
  return current;
}

/** Slack's lines for a failed check of `value`, which stands at `at` in the request. */
export function slackErrors(
  error: z.ZodError,
  at: readonly PropertyKey[],
  value: unknown,
): string[] {
  return error.issues.flatMap((issue) => describe(issue, at, value));
}
