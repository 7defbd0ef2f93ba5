/**
 * What comes to Slack's address, held against Slack's signature and its shapes before Bolt sees it: Bolt takes the
 * process down at a signed body that is JSON but no object, and lets times in the future pass.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { parse } from 'node:querystring';
import { z } from 'zod';
import type { EpochMs } from '../domain/clock.ts';

/** How far a request's time may lie from ours, either way; Slack's own advice. */
const SKEW_S = 5 * 60;

/** What to do with a request: hand it on with that content type, or answer it with that status and nothing else. */
export type JudgedRequest = { take: true; type: string } | { take: false; status: number };

const FORM = 'application/x-www-form-urlencoded';
const JSON_TYPE = 'application/json';

const thing = z.looseObject({});
const person = z.looseObject({ id: z.string() });
/** The least that Bolt and the handlers need of each body that Slack sends. */
const slackBody = z.union([
  z.looseObject({ type: z.literal('url_verification'), challenge: z.string() }),
  z.looseObject({ type: z.literal('event_callback'), event: z.looseObject({ type: z.string() }) }),
  z.looseObject({
    type: z.literal('block_actions'),
    user: person,
    actions: z.array(z.looseObject({ action_id: z.string(), type: z.string() })).min(1),
  }),
  z.looseObject({
    type: z.enum(['view_submission', 'view_closed']),
    user: person,
    view: z.looseObject({ callback_id: z.string() }),
  }),
  z.looseObject({
    type: z.enum(['shortcut', 'message_action', 'block_suggestion']),
    user: person,
  }),
  z.looseObject({ type: z.undefined().optional(), command: z.string(), user_id: z.string() }),
]);
/** Fields that are objects wherever Slack sends them. */
const around = z.looseObject({
  ...{ team: thing.nullish(), enterprise: thing.nullish(), channel: thing.nullish() },
  ...{ container: thing.nullish(), message: thing.nullish(), view: thing.nullish() },
  ...{ authorizations: z.array(thing).nullish() },
});

/** Judges one POST to Slack's address. `now` is the machine's time, against which Slack signs. */
export function judgeSlackRequest(
  headers: IncomingHttpHeaders,
  raw: Buffer,
  rules: { secret: string; now: EpochMs },
): JudgedRequest {
  const type = headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
  const text = raw.toString();
  // Slack tries the certificate without a signature; nothing else of such a body is read.
  if (type === FORM && parse(text)['ssl_check'] === '1') return { take: false, status: 200 };
  if (!isSigned(headers, raw, rules)) return { take: false, status: 401 };
  if (type !== FORM && type !== JSON_TYPE) return { take: false, status: 415 };
  const body = readBody(type, text);
  const known = slackBody.safeParse(body).success && around.safeParse(body).success;
  return known ? { take: true, type } : { take: false, status: 400 };
}

/** Read as Bolt reads it; null where it is not JSON. */
function readBody(type: string, text: string): unknown {
  const fields = type === FORM ? parse(text) : null;
  const json = fields === null ? text : fields['payload'];
  if (typeof json !== 'string') return fields;
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

function isSigned(
  headers: IncomingHttpHeaders,
  raw: Buffer,
  { secret, now }: { secret: string; now: EpochMs },
): boolean {
  const seconds = headers['x-slack-request-timestamp'];
  const signature = headers['x-slack-signature'];
  if (typeof seconds !== 'string' || typeof signature !== 'string') return false;
  if (!/^\d{1,12}$/.test(seconds)) return false;
  if (Math.abs(Math.floor(now / 1000) - Number(seconds)) > SKEW_S) return false;
  const right = createHmac('sha256', secret).update(`v0:${seconds}:`).update(raw).digest('hex');
  const [given, expected] = [Buffer.from(signature), Buffer.from(`v0=${right}`)];
  return given.length === expected.length && timingSafeEqual(given, expected);
}
