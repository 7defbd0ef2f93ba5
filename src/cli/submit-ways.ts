/** The two ways by which `hitl submit` puts an item in: a running pager's HTTP API, or the queue on Redis. */
import pino from 'pino';
import { rfc3339, type Clock } from '../domain/clock.ts';
import { readJob, writeJson } from '../domain/exact-json.ts';
import { type FieldError } from '../domain/item.ts';
import { admissionErrors, ANYWHERE, parseItem } from '../domain/parse-item.ts';
import { UsageError } from './cli-context.ts';

/** What became of one item. */
export type Submitted =
  | {
      result: 'accepted' | 'known';
      item_id: string;
      status: string;
      rule: string;
      warnings?: string[];
    }
  | { result: 'queued'; item_id: string | null; job_id: string }
  | { result: 'refused'; item_id: string | null; errors: FieldError[] };

export interface Way {
  /** Where it goes, in words. */
  to: string;
  /** How many may be under way at the same time. */
  at_once: number;
  /** Throws `UsageError` where no other item would fare better. */
  put(item: object): Promise<Submitted>;
  close(): Promise<void>;
}

const ANSWER_WITHIN_MS = 30_000;

/** By HTTP. `base` is where the pager listens. */
export function byHttp(base: URL, token: string, clock: Clock): Way {
  const folder = base.href.endsWith('/') ? base : new URL(`${base.href}/`);
  const url = new URL('v1/items', folder);
  return {
    to: url.href,
    at_once: 16,
    async put(item) {
      for (;;) {
        const submitted = await post(url, token, item);
        if (!('again_in_ms' in submitted)) return submitted;
        const { again_in_ms } = submitted;
        await new Promise<void>((resolve) => clock.at(clock.now() + again_in_ms, resolve));
      }
    },
    close: async () => {},
  };
}

/** `again_in_ms`: it was too much at the moment. */
async function post(
  url: URL,
  token: string,
  item: object,
): Promise<Submitted | { again_in_ms: number }> {
  let response: Response;
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: writeJson(item),
      redirect: 'error',
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
  } catch (cause) {
    const words = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
    throw new UsageError(
      `no pager answers at ${url.origin} (${words instanceof Error ? words.message || words.name : String(words)}): is \`hitl start\` running? --url or HITL_URL says where`,
      1,
      { cause },
    );
  }
  const answer = record(await response.json().catch(() => null));
  const item_id = idOf(item);
  switch (response.status) {
    case 200:
    case 202:
      if (answer === null || typeof answer.item_id !== 'string') break;
      return {
        result: response.status === 202 ? 'accepted' : 'known',
        item_id: answer.item_id,
        status: String(answer.status),
        rule: String(answer.rule),
        ...(Array.isArray(answer.warnings) ? { warnings: answer.warnings.map(String) } : {}),
      };
    case 429:
      return { again_in_ms: 1000 * (Number(response.headers.get('retry-after')) || 1) };
    case 401:
    case 403:
      throw new UsageError(
        `the pager at ${url.origin} does not take HITL_API_TOKEN: ${words(answer, response.status)}`,
      );
    case 400:
    case 409:
    case 413:
    case 500:
      if (answer === null) break;
      return { result: 'refused', item_id, errors: errorsOf(answer, response.status) };
    default:
      break;
  }
  throw new UsageError(
    `what answers at ${url.href} is no pager (HTTP ${response.status}): --url or HITL_URL says where it is`,
    1,
  );
}

function errorsOf(answer: Record<string, unknown>, status: number): FieldError[] {
  const named = Array.isArray(answer.errors) ? answer.errors.map(record) : [];
  const errors = named.flatMap((error) =>
    error === null ? [] : [{ field: String(error.field), problem: String(error.problem) }],
  );
  return errors.length > 0 ? errors : [{ field: 'item', problem: words(answer, status) }];
}

const words = (answer: Record<string, unknown> | null, status: number): string =>
  answer === null
    ? `HTTP ${status}`
    : [answer.title, answer.detail].filter((one) => typeof one === 'string').join(': ');

const record = (value: unknown): Record<string, unknown> | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;

/** Onto the queue: what the pager would refuse is refused here, since nobody waits there for the answer. */
export async function byQueue(redis_url: string, name: string, clock: Clock): Promise<Way> {
  const { openQueues } = await import('../queue/open-queues.ts');
  const queues = await openQueues({ redis_url, file: '', name }, pino({ level: 'silent' })).catch(
    (cause: unknown) => {
      const words = cause instanceof Error ? cause.message : String(cause);
      throw new UsageError(words, 1, { cause });
    },
  );
  return {
    to: `the queue ${name} on Redis at ${new URL(redis_url).host}`,
    at_once: 100,
    async put(item) {
      const errors = refusal(item, clock);
      const item_id = idOf(item);
      if (errors.length > 0) return { result: 'refused', item_id, errors };
      return { result: 'queued', item_id, job_id: await queues.submit(item) };
    },
    close: () => queues.close(),
  };
}

/** What is wrong with it as the queue takes it, where the job's id stands in for one that is missing. */
function refusal(item: object, clock: Clock): FieldError[] {
  const read = readJob(
    writeJson('id' in item ? item : { ...item, id: rfc3339(clock.now()) }),
    'item',
    'state',
  );
  if (!read.ok) return [read.problem];
  const parsed = parseItem(read.value);
  if (!parsed.ok) return parsed.errors;
  return admissionErrors(parsed.item, clock.now(), ANYWHERE);
}

const idOf = (item: object): string | null =>
  'id' in item && typeof item.id === 'string' ? item.id.slice(0, 128) : null;
