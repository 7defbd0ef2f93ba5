/** One limit for the body of every request: nothing that comes in can fill the memory. */
import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { problem } from './problem.ts';

/** Refuses a longer body by the length it tells, before it is read; counts the bytes only where none is told. */
export function bodyAtMost(maxSize: number): MiddlewareHandler {
  const onError = (c: Context): Response => {
    // The rest of it is not read: a client that kept the connection would find it cut at its next request.
    c.header('connection', 'close');
    return problem(c, 413, 'The body is too large', {
      detail: `It may have at most ${maxSize / 1024} KiB. Put what is long where the expert can reach it, and link to it under evidence.`,
    });
  };
  const counted = bodyLimit({ maxSize, onError });
  return async (c, next) => {
    // A GET or HEAD may tell a length too, though its body is never looked at.
    if (Number(c.req.header('content-length') ?? 0) > maxSize) return onError(c);
    return counted(c, next);
  };
}
