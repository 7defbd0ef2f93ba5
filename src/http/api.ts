/** The HTTP API: items in, results out. Every answer is JSON; an error says what is wrong, where, and what to do. */
import { Hono, type Context } from 'hono';
import type { Scope } from '../config/api-tokens.ts';
import { acceptItem } from '../intake/accept-item.ts';
import { cancelItem } from '../items/cancel-item.ts';
import type { Decision, ItemRecord } from '../domain/decision.ts';
import { statusOf } from '../domain/item-status.ts';
import { itemWarnings } from '../../policies/routing/item-warnings.ts';
import type { IntakeQuota } from '../intake/intake-quota.ts';
import { diskReason, diskTrouble } from '../domain/disk-trouble.ts';
import { readJson } from '../domain/exact-json.ts';
import { decodeUtf8 } from '../domain/utf8.ts';
import { ITEM_MAX_BYTES, type FieldError } from '../domain/item.ts';
import { parseItem } from '../domain/parse-item.ts';
import { reaches, type TokenReach } from '../domain/producer.ts';
import { keepRejectedPayload } from '../intake/rejected-payloads.ts';
import { loadDecision } from '../store/decisions.ts';
import { loadItem, ownerOf } from '../store/items.ts';
import type { World } from '../world/world.ts';
import type { Authenticate, Caller } from './authenticate.ts';
import { bodyAtMost } from './body-at-most.ts';
import { openapi } from './openapi.ts';
import { answer } from './answer.ts';
import { inOneLine, problem, unknownItem } from './problem.ts';
import { serveCalendar } from './serve-calendar.ts';
import { takeFeedback } from './take-feedback.ts';
import { takeInfo } from './take-info.ts';
import type { Waiters } from './waiters.ts';

export interface ApiParts {
  world: World;
  /** null: no token is configured, and the API says so. */
  authenticate: Authenticate | null;
  /** Who may read the metrics and the description of the API; null: anyone. */
  watches: Authenticate | null;
  /** How many items a token may put in. */
  quota: IntakeQuota;
  waiters: Waiters;
  /** The links of calendars are derived from it. */
  bot_token: string;
  /** What is not ready, in words; none where all is. */
  notReady(): Promise<string[]>;
  /** What may go wrong though it is ready, a sentence each. */
  warnings(): Promise<string[]>;
  metrics(): Promise<{ type: string; text: string }>;
}

const LONGEST_WAIT_S = 60;
/** When to come again where the disk takes nothing. */
const DISK_RETRY_S = 30;

/** The methods of each address that was registered so far. */
function methodsByPath(app: Hono): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { path, method } of app.routes) {
    if (method === 'ALL') continue;
    const methods = method === 'GET' ? ['GET', 'HEAD'] : [method];
    found.set(path, [...(found.get(path) ?? []), ...methods]);
  }
  return found;
}

export function createApi(parts: ApiParts): Hono {
  const { world, quota } = parts;
  const app = new Hono();
  app.use(bodyAtMost(ITEM_MAX_BYTES));

  app.get('/healthz', (c) => c.json({ status: 'ok' }));
  app.get('/readyz', async (c) => {
    const missing = await parts.notReady();
    if (missing.length > 0) return c.json({ status: 'not ready', missing }, 503);
    const warnings = await parts.warnings();
    return c.json({ status: 'ready', ...(warnings.length > 0 ? { warnings } : {}) });
  });
  app.get('/metrics', async (c) => {
    if (!mayWatch(c)) return noToken(c, 'HITL_METRICS_TOKEN');
    const { type, text } = await parts.metrics();
    return c.body(text, 200, { 'content-type': type });
  });
  app.get('/openapi.json', (c) =>
    mayWatch(c) ? c.json(openapi()) : noToken(c, 'HITL_METRICS_TOKEN'),
  );

  app.post('/v1/items', (c) => allowed(c, 'submit', (caller) => submit(c, caller)));
  app.get('/v1/items/:id', (c) => onItem(c, 'read', () => show(c)));
  app.post('/v1/items/:id/cancel', (c) => onItem(c, 'cancel', () => cancel(c)));
  app.post('/v1/items/:id/info', (c) => onItem(c, 'submit', () => takeInfo(world, c)));
  app.post('/v1/items/:id/feedback', (c) =>
    onItem(c, 'submit', (caller) => takeFeedback(world, c, caller.name)),
  );

  app.get('/v1/oncall/:file{.+\\.ics}', (c) => serveCalendar(world, parts.bot_token, c));

  // What is asked of such an address in another way is told which ways there are.
  for (const [path, methods] of methodsByPath(app)) {
    app.all(path, (c) => {
      c.header('allow', methods.join(', '));
      return problem(c, 405, `This address does not take ${c.req.method}`, {
        detail: `It takes ${methods.join(', ')}.`,
      });
    });
  }

  app.notFound((c) =>
    problem(c, 404, 'There is nothing at this address', {
      detail: 'GET /openapi.json says what there is.',
    }),
  );
  app.onError((error, c) => {
    const trouble = diskTrouble(error);
    if (trouble !== null) {
      c.header('retry-after', String(DISK_RETRY_S));
      return problem(c, 503, 'Nothing can be saved now', {
        detail: `${diskReason(trouble)}; nothing of this request was saved. Retry with the same id: it is taken as soon as that is mended.`,
      });
    }
    world.log.error({ err: error, path: c.req.path }, 'request failed');
    return problem(c, 500, 'The pager failed', {
      detail: 'The request may not have been saved. Retry with the same id.',
    });
  });
  return app;

  /** Whether the caller may look at what is for operators. */
  function mayWatch(c: Context): boolean {
    return parts.watches === null || parts.watches(c.req.header('authorization')) !== null;
  }

  /** Runs `handle` for a caller whose token carries that scope. */
  async function allowed(
    c: Context,
    scope: Scope,
    handle: (caller: Caller) => Promise<Response>,
  ): Promise<Response> {
    if (parts.authenticate === null) {
      return problem(c, 401, 'The HTTP API is off', {
        detail: 'The operator has set neither HITL_API_TOKEN nor HITL_API_TOKENS.',
      });
    }
    const caller = parts.authenticate(c.req.header('authorization'));
    if (caller === null) return noToken(c, 'one of the tokens of this installation');
    if (!caller.scopes.includes(scope)) {
      return problem(c, 403, `This token may not ${scope}`, {
        detail: `It has ${caller.scopes.join(', ') || 'no scope'}.`,
      });
    }
    return handle(caller);
  }

  /** The same of an item that the caller's token reaches; of any other there is nothing to be learnt. */
  async function onItem(
    c: Context,
    scope: Scope,
    handle: (caller: Caller) => Promise<Response>,
  ): Promise<Response> {
    return allowed(c, scope, async (caller) => {
      const id = c.req.param('id') ?? '';
      const item = await ownerOf(world.db, id);
      return item !== null && reaches(reachOf(caller), item) ? handle(caller) : unknownItem(c, id);
    });
  }

  async function submit(c: Context, caller: Caller): Promise<Response> {
    const wait_ms = quota.ask(caller.name);
    if (wait_ms > 0) return tooMany(c, caller, wait_ms);
    const decoded = decodeUtf8(new Uint8Array(await c.req.arrayBuffer()));
    if (!decoded.ok)
      return malformed(c, decoded.shown, null, [{ field: 'item', problem: decoded.problem }]);
    const { text } = decoded;
    const read = readJson(text, 'item', 'state');
    if (!read.ok) return malformed(c, text, namedId(read.inexact), [read.problem]);
    const parsed = parseItem(read.value, 'exact');
    if (!parsed.ok) return malformed(c, text, namedId(read.value), parsed.errors);
    const accepted = await acceptItem(world, {
      item: parsed.item,
      written: parsed.written,
      source: 'http',
      owner: caller.name,
      token: reachOf(caller),
    });
    switch (accepted.accepted) {
      case 'new':
        return told(c, accepted.record, accepted.decision, 202);
      case 'replay':
        return told(c, accepted.record, accepted.decision, 200);
      case 'refused':
        return malformed(c, text, parsed.item.id, accepted.errors);
      case 'conflict':
        return problem(c, 409, 'Another item has this id', {
          detail: `Item ${accepted.id} was accepted before, with a different body or from another producer. Send the same body with the same token to repeat it, or choose another id.`,
          item_id: accepted.id,
        });
      default:
        return accepted satisfies never;
    }
  }

  function told(
    c: Context,
    record: ItemRecord,
    decision: Decision | null,
    status: 200 | 202,
  ): Response {
    return answer(c, statusOf(record, decision, itemWarnings(world.policy(), record.item)), status);
  }

  /** Kept as it came, shown to the data team, and its producer told what is wrong with each field. */
  async function malformed(
    c: Context,
    payload: string,
    item_id: string | null,
    errors: FieldError[],
  ): Promise<Response> {
    const raw_id = await keepRejectedPayload(world, {
      source: 'http',
      job_id: null,
      item_id,
      payload,
      errors,
    });
    return problem(c, 400, 'This is not an item', {
      detail: inOneLine(errors),
      errors,
      raw_id,
    });
  }

  async function show(c: Context): Promise<Response> {
    const id = c.req.param('id') ?? '';
    const wait_s = Number(c.req.query('wait') ?? 0);
    if (!Number.isFinite(wait_s) || wait_s < 0) {
      return problem(c, 400, 'wait is not a number', {
        detail: `Give it as seconds, 0 to ${LONGEST_WAIT_S}.`,
      });
    }
    let record = await loadItem(world.db, id);
    if (record && record.status !== 'decided' && wait_s > 0) {
      const wait_ms = Math.min(wait_s, LONGEST_WAIT_S) * 1000;
      const waited = parts.waiters.wait(id, wait_ms, c.req.raw.signal);
      // It may have ended between the look and the wait.
      record = await loadItem(world.db, id);
      if (record?.status !== 'decided') {
        await waited;
        record = await loadItem(world.db, id);
      }
    }
    if (!record) return unknownItem(c, id);
    return told(c, record, await loadDecision(world.db, id), 200);
  }

  async function cancel(c: Context): Promise<Response> {
    const id = c.req.param('id') ?? '';
    const cancelled = await cancelItem(world, id);
    if (cancelled.record === null) return unknownItem(c, id);
    // An item that was decided before stays so: 200 with that decision, which the producer must look at.
    return told(c, cancelled.record, cancelled.decision, 200);
  }
}

function tooMany(c: Context, caller: Caller, wait_ms: number): Response {
  const seconds = Math.ceil(wait_ms / 1000);
  c.header('retry-after', String(seconds));
  return problem(c, 429, 'Too many items', {
    detail: `The policy limits how many items the token ${caller.name} may put in (\`limits\`). Send this one again in ${seconds} s.`,
  });
}

const reachOf = (caller: Caller): TokenReach => ({
  name: caller.name,
  all: caller.scopes.includes('all'),
});

function noToken(c: Context, which: string): Response {
  c.header('www-authenticate', 'Bearer');
  return problem(c, 401, 'No valid token', {
    detail: `Send \`Authorization: Bearer TOKEN\` with ${which}.`,
  });
}

function namedId(input: unknown): string | null {
  if (
    typeof input !== 'object' ||
    input === null ||
    !('id' in input) ||
    typeof input.id !== 'string'
  )
    return null;
  return input.id.slice(0, 128);
}
