/**
 * A desk for scenarios: the strict Slack and the whole product beside it, on a SQLite file of their own, with the clock
 * in the test's hand. Words are those of the story: `desk.submit(item)`, `desk.card(id)`, `desk.advance('30m')`.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoWorkspace } from '../../simulator/slack/seed.ts';
import { startSlack, type View } from '../../simulator/slack/slack.ts';
import { readConfig } from '../../src/config/config.ts';
import type { Space } from '../../src/domain/free-space.ts';
import { startPager, type Pager } from '../../src/app/start-pager.ts';
import { sweepAll } from '../../src/app/sweep-all.ts';
import { createLog } from '../../src/world/log.ts';
import { duration, manualClock, type ManualClock } from '../manual-clock.ts';
import { laneRows } from './lane-rows.ts';
import { told, type AnyResult, type AnyStatus } from './told.ts';

export type Slack = Awaited<ReturnType<typeof startSlack>>;
export type Card = ReturnType<Slack['messages']>[number];

export const API_TOKEN = 'a-token-for-scenarios';
export const WEBHOOK_SECRET = `whsec_${Buffer.from('a secret of thirty-two bytes, yes').toString('base64')}`;
/** A Monday morning. */
const START = Date.parse('2026-11-23T09:00:00Z');

export interface DeskOptions {
  /** The policy's YAML; the one that ships by default. */
  policy?: string;
  env?: Record<string, string>;
  /** Slack calls over HTTP instead of Socket Mode. */
  http?: boolean;
  now?: number;
  /** Where the data is; a new folder by default. It stays when the desk closes. */
  data_dir?: string;
  /** How much room is left on its disk; plenty by default, whatever this machine has. */
  measure?: (folder: string) => Promise<Space>;
}

/** What a look finds once it finds something. */
export type Found<T> = Exclude<T, null | undefined | false>;

export interface Desk {
  slack: Slack;
  clock: ManualClock;
  /** The product that runs now; another after `restart`. */
  pager: Pager;
  /** Everything the product logged, one object a line. */
  logs: Record<string, unknown>[];
  data_dir: string;
  /** Puts an item in by the queue, and waits until it is known (or refused). */
  submit(item: object, jobId?: string): Promise<void>;
  /** Calls the HTTP API. `token: null` sends none. */
  api(
    method: string,
    path: string,
    body?: unknown,
    token?: string | null,
  ): Promise<{ status: number; body: any; headers: Headers }>;
  /** How the item stands, as the API tells it. */
  status(id: string): Promise<AnyStatus>;
  /** The card of an item, once Slack shows it; `showing` waits until its text holds those words. */
  card(id: string, showing?: string): Promise<Card>;
  /** All that a message or a window shows, as one text. */
  textOf(shown: { blocks: readonly unknown[] }): string;
  /** What a person is told privately, once it holds those words; each note once. */
  note(user: string, saying: string): Promise<string>;
  /** The window a person has open, once its title is that. */
  modal(user: string, title: string): Promise<View>;
  /** The result, once it is on the queue of decisions. */
  result(id: string): Promise<AnyResult>;
  /** Moves time on, and has all that came due done. */
  advance(by: string): Promise<void>;
  /** Waits for something to become true; looks again at each change in Slack and every few ms. */
  until<T>(what: string, look: () => T | Promise<T>): Promise<Found<T>>;
  /** Stops the product and starts it again on the same files. */
  restart(): Promise<void>;
  stop(): Promise<void>;
  close(): Promise<void>;
}

export async function openDesk(options: DeskOptions = {}): Promise<Desk> {
  const clock = manualClock(options.now ?? START);
  const slack = await startSlack({ seed: demoWorkspace, now: () => clock.now() });
  const data_dir = options.data_dir ?? (await mkdtemp(join(tmpdir(), 'hitl-desk-')));
  const measure = options.measure ?? (async () => ({ free: 50e9, total: 100e9 }));
  const logs: Record<string, unknown>[] = [];
  const log = createLog('debug', {
    write: (line: string) => void logs.push(JSON.parse(line) as Record<string, unknown>),
  });
  let policyFile = 'policies/default.yaml';
  if (options.policy !== undefined) {
    policyFile = join(data_dir, 'policy.yaml');
    await writeFile(policyFile, options.policy);
  }
  const read = readConfig({
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_API_URL: slack.apiUrl,
    ...(options.http
      ? { SLACK_SIGNING_SECRET: slack.signingSecret }
      : { SLACK_APP_TOKEN: slack.appToken }),
    HITL_DATA_DIR: data_dir,
    HITL_POLICY: policyFile,
    PORT: '0',
    HITL_API_TOKEN: API_TOKEN,
    HITL_WEBHOOK_SECRET: WEBHOOK_SECRET,
    ...options.env,
  });
  if (!read.ok) throw new Error(read.problems.join('\n'));
  const { config } = read;

  const start = async () => {
    const pager = await startPager(config, { clock, log, measure });
    if (options.http) slack.events(`http://127.0.0.1:${pager.port}/slack/events`);
    await pager.ready;
    return pager;
  };
  let stopped = false;
  const heeded = new Set<string>();

  const desk: Desk = {
    slack,
    clock,
    pager: await start(),
    logs,
    data_dir,
    async submit(item, jobId) {
      const before = await seen(desk);
      await desk.pager.submit(item, jobId);
      await desk.until('the item is taken in', async () => (await seen(desk)) > before);
    },
    async api(method, path, body, token = API_TOKEN) {
      const response = await fetch(`http://127.0.0.1:${desk.pager.port}${path}`, {
        method,
        headers: {
          'content-type': 'application/json',
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        },
        ...(body === undefined
          ? {}
          : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      return {
        status: response.status,
        body: text.startsWith('{') ? JSON.parse(text) : text,
        headers: response.headers,
      };
    },
    async status(id) {
      const { status, body } = await desk.api('GET', `/v1/items/${encodeURIComponent(id)}`);
      return status === 200 ? told(body) : body;
    },
    async card(id, showing) {
      return desk.until(
        `the card of ${id}${showing === undefined ? '' : ` shows "${showing}"`}`,
        async () => {
          const card = await desk.pager.world.db
            .selectFrom('cards')
            .select(['channel', 'ts'])
            .where('item_id', '=', id)
            .where('purpose', '=', 'decide')
            .executeTakeFirst();
          const message = card?.ts ? slack.message(card.channel, card.ts) : undefined;
          return message && (showing === undefined || desk.textOf(message).includes(showing))
            ? message
            : null;
        },
      );
    },
    textOf: (shown) => textIn(shown.blocks).join('\n'),
    note: (user, saying) =>
      desk.until(`${user} is told "${saying}"`, () => {
        for (const note of slack.ephemerals(undefined, user)) {
          const words = [note.text, ...textIn(note.blocks)].join('\n');
          if (heeded.has(note.ts) || !words.includes(saying)) continue;
          heeded.add(note.ts);
          return words;
        }
        return null;
      }),
    modal: (user, title) =>
      desk.until(`${user} has "${title}" open`, () => {
        const { top } = slack.user(user).sees();
        return top?.title?.text === title ? top : null;
      }),
    async result(id) {
      return desk.until(`the result of ${id}`, async () => {
        const { result } = await desk.status(id);
        const [row] = await laneRows(desk, 'results', id);
        return row?.state === 'done' ? result : null;
      });
    },
    async advance(by) {
      clock.advance(duration(by));
      await sweepAll(desk.pager.world);
    },
    until: (what, look) => until(slack, what, look),
    async restart() {
      await desk.pager.stop();
      desk.pager = await start();
    },
    async stop() {
      if (!stopped) await desk.pager.stop();
      stopped = true;
    },
    async close() {
      await desk.stop();
      await slack.close();
      if (options.data_dir === undefined) await rm(data_dir, { recursive: true, force: true });
    },
  };
  return desk;
}

/** A busy machine needs it; a quiet one never does. */
const LONGEST_MS = 30_000;

/** Real time is spent only while something has not happened yet. */
async function until<T>(slack: Slack, what: string, look: () => T | Promise<T>): Promise<Found<T>> {
  const end = performance.now() + LONGEST_MS;
  for (;;) {
    const found = await look();
    if (found) return found as Found<T>;
    if (performance.now() > end) throw new Error(`not within ${LONGEST_MS} ms: ${what}`);
    await new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer);
        off();
        resolve();
      };
      const timer = setTimeout(done, 10);
      const off = slack.onChange(done);
    });
  }
}

/** What has come of arrivals so far: items, raw payloads, and jobs that ended otherwise. */
async function seen(desk: Desk): Promise<number> {
  const { total } = await desk.pager.world.db
    .selectFrom('audit_log')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where('event', 'in', ['item.accepted', 'raw.kept'])
    .executeTakeFirstOrThrow();
  return (
    total +
    desk.logs.filter(
      (line) =>
        typeof line['msg'] === 'string' &&
        /known already|another item has this id/.test(line['msg']),
    ).length
  );
}

/** Every text in a message's blocks, in order. */
function textIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, held]) =>
    typeof held === 'string' && ['text', 'alt_text', 'fallback', 'user_id', 'url'].includes(key)
      ? [held]
      : textIn(held),
  );
}

/** An approval that the shipped policy asks the billing experts about. */
export const refund = (id: string, more: object = {}) => ({
  id,
  kind: 'approval',
  domain: 'billing',
  title: 'Refund 240 EUR to customer 88?',
  action: { name: 'refund', args: { amount: 240, currency: 'EUR' } },
  confidence: 0.42,
  impact: 5,
  ...more,
});

/** A question that the shipped policy asks the support experts. */
export const question = (id: string, more: object = {}) => ({
  id,
  kind: 'question',
  domain: 'support',
  title: 'Does the warranty cover water damage?',
  confidence: 0.3,
  impact: 4,
  ...more,
});
