// The AI's side on the page: puts items in over the product's HTTP API, follows each until its result
// comes, and takes the webhooks that carry the results.
import { setTimeout as pause } from 'node:timers/promises';
import { Webhook } from 'standardwebhooks';
import { z } from 'zod';
import { itemSchema, type Item } from '../../../src/domain/item.ts';
import { apology, refund, taxReply, transferReply, warranty } from '../../demo/sample-items.ts';
import { isJson } from '../../slack/controls.ts';
import type { Answer, ItemEntry, ItemsInfo } from '../protocol.ts';
import { thirtyItems } from './thirty-items.ts';

const ENTRIES_KEPT = 60;
/** How often an open item's status is asked for at least, in s of the workspace's clock. */
const WAIT_S = 5;
/** After an answer that cannot be used, in ms. */
const AGAIN_MS = 1_000;

export interface ProducerOptions {
  /** `http://127.0.0.1:3000`, the product's API. */
  api: string;
  token: string;
  /** Where results are to be delivered too, and what signs them; null: nowhere. */
  callback: { url: string; secret: string } | null;
}

export interface Producer {
  /** Puts an item in as it was written; its callback is this page, where it names none. */
  put(item: unknown): Promise<Answer>;
  /** Puts the next of the thirty in; after the last the first again, with another id. */
  putNext(): Promise<Answer>;
  /** Shows what becomes of an item that someone else put in. */
  follow(item: Pick<Item, 'id' | 'title' | 'kind'>): void;
  /** A webhook's request. False where it is not signed as agreed. */
  receive(headers: Record<string, unknown>, body: string): boolean;
  info(): ItemsInfo;
  onChange(listener: () => void): () => void;
  close(): void;
}

const samples: ItemsInfo['samples'] = [
  { name: 'Approval: a refund', item: refund },
  { name: 'Question: a warranty', item: warranty },
  { name: 'Review: a reply', item: transferReply },
  { name: 'Comparison: two replies', item: apology },
  { name: 'Review: risky advice', item: taxReply },
];

/** Starts nothing by itself: what is put in is followed until `close`. */
export function createProducer({ api, token, callback }: ProducerOptions): Producer {
  const items = `${api}/v1/items`;
  const schema = z.toJSONSchema(itemSchema, { io: 'input', unrepresentable: 'any' });
  const entries = new Map<string, ItemEntry>();
  const deliveries = new Map<string, NonNullable<ItemEntry['delivery']>>();
  const listeners = new Set<() => void>();
  const closing = new AbortController();
  let putSoFar = 0;

  function show(entry: ItemEntry): void {
    const first = entries.keys().next().value;
    if (!entries.has(entry.id) && entries.size >= ENTRIES_KEPT && first !== undefined) {
      entries.delete(first);
    }
    entries.set(entry.id, { ...entry, delivery: deliveries.get(entry.id) ?? null });
    for (const listener of listeners) listener();
  }

  async function call(url: string, init: RequestInit): Promise<{ status: number; body: unknown }> {
    const response = await fetch(url, {
      ...init,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      signal: closing.signal,
    });
    return { status: response.status, body: await response.json() };
  }

  async function follow(id: string): Promise<void> {
    while (!closing.signal.aborted && entries.has(id)) {
      try {
        const { status, body } = await call(
          `${items}/${encodeURIComponent(id)}?wait=${WAIT_S}`,
          {},
        );
        const entry = entries.get(id);
        if (!entry || status !== 200 || !isJson(body)) throw new Error(`answered ${status}`);
        const next = { ...entry, ...statusIn(body) };
        if (next.status !== entry.status || next.result) show(next);
        if (next.result) return;
      } catch {
        await pause(AGAIN_MS, undefined, { signal: closing.signal, ref: false }).catch(() => {});
      }
    }
  }

  async function put(input: unknown): Promise<Answer> {
    const item =
      isJson(input) && callback && input['callback'] === undefined
        ? { ...input, callback: { url: callback.url } }
        : input;
    const { status, body } = await call(items, { method: 'POST', body: JSON.stringify(item) });
    const told = isJson(body) ? body : {};
    if (status !== 200 && status !== 202) {
      const detail = told['detail'] ?? told['title'];
      return {
        ok: false,
        error: typeof detail === 'string' ? detail : `the API answered ${status}`,
        errors: fieldErrors(told['errors']),
      };
    }
    const own = isJson(item) ? item : {};
    const id = String(told['item_id']);
    const isNew = !entries.has(id);
    show({
      id,
      title: String(own['title']),
      kind: String(own['kind']),
      ...entries.get(id),
      delivery: null,
      ...statusIn(told),
    });
    if (isNew && told['result'] === undefined) void follow(id);
    return { ok: true, item_id: id };
  }

  const nextItem = (): Item => {
    const item = thirtyItems[putSoFar % thirtyItems.length];
    if (!item) throw new Error('there is no next item');
    const round = Math.floor(putSoFar / thirtyItems.length) + 1;
    return round === 1 ? item : { ...item, id: `${item.id}-${round}` };
  };

  return {
    put,
    async putNext() {
      const item = nextItem();
      putSoFar += 1;
      return put(item);
    },
    follow({ id, title, kind }) {
      if (entries.has(id)) return;
      show({ id, title, kind, status: 'open', rule: null, result: null, delivery: null });
      void follow(id);
    },
    receive(headers, body) {
      const { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': signed } = headers;
      if (!callback || typeof id !== 'string' || typeof at !== 'string') return false;
      // Checked by signing again: the workspace's clock may be far ahead of this machine's.
      const time = new Date(Number(at) * 1000);
      const is_signed = new Webhook(callback.secret).sign(id, time, body) === signed;
      if (!is_signed) return false;
      const sent: unknown = JSON.parse(body);
      const result = isJson(sent) && isJson(sent['data']) ? sent['data'] : {};
      const item_id = String(result['item_id']);
      deliveries.set(item_id, { id, at: time.getTime(), is_signed });
      // It may be here before the answer to the item itself.
      const entry = entries.get(item_id);
      if (entry) show({ ...entry, status: 'decided', result });
      return true;
    },
    info: () => ({
      entries: [...entries.values()].toReversed(),
      samples,
      next: {
        title: nextItem().title,
        number: (putSoFar % thirtyItems.length) + 1,
        of: thirtyItems.length,
      },
      schema,
    }),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => closing.abort(),
  };
}

function statusIn(body: Record<string, unknown>): Pick<ItemEntry, 'status' | 'rule' | 'result'> {
  return {
    status: String(body['status']),
    rule: typeof body['rule'] === 'string' ? body['rule'] : null,
    result: body['result'] ?? null,
  };
}

const fieldError = z.object({ field: z.string(), problem: z.string() });

function fieldErrors(found: unknown): Record<string, string> | undefined {
  const read = z.array(fieldError).safeParse(found);
  return read.success
    ? Object.fromEntries(read.data.map(({ field, problem }) => [field, problem]))
    : undefined;
}
