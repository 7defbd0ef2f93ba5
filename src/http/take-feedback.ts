/** `POST /v1/items/:id/feedback`: what turned out later. */
import type { Context } from 'hono';
import { feedbackStatus, parseFeedback } from '../feedback.ts';
import type { FieldError } from '../item.ts';
import { recordFeedback } from '../record/record-feedback.ts';
import type { World } from '../world.ts';
import { inOneLine, problem, unknownItem } from './problem.ts';

/** @param source the name of the token it came under */
export async function takeFeedback(world: World, c: Context, source: string): Promise<Response> {
  const id = c.req.param('id') ?? '';
  let input: unknown;
  try {
    input = JSON.parse(await c.req.text());
  } catch {
    return malformed(c, [{ field: 'feedback', problem: 'is not JSON' }]);
  }
  const parsed = parseFeedback(input);
  if (!parsed.ok) return malformed(c, parsed.errors);
  const recorded = await recordFeedback(world, id, parsed.feedback, source);
  switch (recorded.recorded) {
    case 'new':
      return c.json(feedbackStatus(recorded.feedback), 201);
    case 'replay':
      return c.json(feedbackStatus(recorded.feedback), 200);
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
