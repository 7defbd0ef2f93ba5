/** `POST /v1/items/:id/info`: the answer to what an expert asked back. */
import type { Context } from 'hono';
import { z } from 'zod';
import { statusOf } from '../domain/item-status.ts';
import { readJson } from '../domain/exact-json.ts';
import { decodeUtf8 } from '../domain/utf8.ts';
import { giveInfo } from '../ladder/give-info.ts';
import type { World } from '../world/world.ts';
import { itemWarnings } from '../../policies/routing/item-warnings.ts';
import { answer } from './answer.ts';
import { problem, unknownItem } from './problem.ts';

const body = z.strictObject({ answer: z.string().trim().min(1).max(5000) });

export async function takeInfo(world: World, c: Context): Promise<Response> {
  const id = c.req.param('id') ?? '';
  const decoded = decodeUtf8(new Uint8Array(await c.req.arrayBuffer()));
  const json = decoded.ok ? readJson(decoded.text, 'answer') : null;
  const read = body.safeParse(json?.ok ? json.value : null);
  if (!read.success) {
    return problem(c, 400, 'This is not an answer', {
      detail: decoded.ok
        ? 'Send {"answer": "…"}: a text of 1 to 5,000 characters.'
        : `The body ${decoded.problem}.`,
    });
  }
  const info = await giveInfo(world, { item_id: id, answer: read.data.answer, by: null });
  switch (info.given) {
    case 'yes':
      return answer(
        c,
        statusOf(info.record, null, itemWarnings(world.policy(), info.record.item)),
        200,
      );
    case 'decided':
      return problem(c, 409, 'Nothing is asked', {
        detail: 'The item has been decided meanwhile: its result is at GET /v1/items/:id.',
      });
    case 'not_asked':
      return problem(c, 409, 'Nothing is asked', {
        detail: 'Nobody asked back, or it was answered before.',
      });
    case 'unknown':
      return unknownItem(c, id);
    default:
      return info satisfies never;
  }
}
