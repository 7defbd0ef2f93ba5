/** `POST /v1/items/:id/feedback`: what turned out later. */
import type { Context } from 'hono';
import { readJson } from '../domain/exact-json.ts';
import { decodeUtf8 } from '../domain/utf8.ts';
import { feedbackStatus, parseFeedback } from '../domain/feedback.ts';
import type { FieldError } from '../domain/item.ts';
import { recordFeedback } from '../items/record-feedback.ts';
import type { World } from '../world/world.ts';
import { answer } from './answer.ts';
import { inOneLine, problem, unknownItem } from './problem.ts';

/** @param source the name of the token it came under */
export async function takeFeedback(world: World, c: Context, source: string): Promise<Response> {
  const id = c.req.param('id') ?? '';
  const decoded = decodeUtf8(new Uint8Array(await c.req.arrayBuffer()));
  if (!decoded.ok) return malformed(c, [{ field: 'feedback', problem: decoded.problem }]);
  const read = readJson(decoded.text, 'feedback');
  if (!read.ok) return malformed(c, [read.problem]);
  const parsed = parseFeedback(read.value);
  if (!parsed.ok) return malformed(c, parsed.errors);
  const recorded = await recordFeedback(world, id, parsed.feedback, source);
  switch (recorded.recorded) {
    case 'new':
      return answer(c, feedbackStatus(recorded.feedback), 201);
    case 'replay':
      return answer(c, feedbackStatus(recorded.feedback), 200);
    case 'refused':
      return malformed(c, recorded.errors);
    case 'undecided':
      return problem(c, 409, 'The item is not decided yet', {
        detail:
          'Feedback says what turned out about a decision. Wait for the result, or cancel the item.',
        item_id: id,
      });
    case 'unknown':
      return unknownItem(c, id);
    default:
      return recorded satisfies never;
  }
}

const malformed = (c: Context, errors: FieldError[]): Response =>
  problem(c, 400, 'This is not feedback', { detail: inOneLine(errors), errors });
