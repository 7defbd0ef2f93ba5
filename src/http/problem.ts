/** An error as RFC 9457 writes it. */
import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { FieldError } from '../domain/item.ts';

/** `detail` says what to do about it. */
export function problem(
  c: Context,
  status: ContentfulStatusCode,
  title: string,
  more: { detail: string; [key: string]: unknown },
): Response {
  return c.body(JSON.stringify({ type: 'about:blank', title, status, ...more }), status, {
    'content-type': 'application/problem+json',
  });
}

/** 404 for an item's id that is not known. */
export const unknownItem = (c: Context, id: string): Response =>
  problem(c, 404, 'No such item', {
    detail: `No item ${JSON.stringify(id.slice(0, 128))} was accepted here.`,
  });

/** What is wrong with each field, in one line. */
export const inOneLine = (errors: readonly FieldError[]): string =>
  errors.map((one) => `${one.field} ${one.problem}`).join('; ');
