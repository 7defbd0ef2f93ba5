/** An answer in JSON, every number in it with all its digits. */
import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { writeJson } from '../domain/exact-json.ts';

export const answer = (c: Context, value: unknown, status: ContentfulStatusCode): Response =>
  c.body(writeJson(value), status, { 'content-type': 'application/json' });
