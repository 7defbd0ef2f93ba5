import { describe, expect, it } from 'vitest';
import type { Message } from '../../simulator/slack/message-store.ts';
import {
  addMessage,
  emptyConversation,
  page,
  removeMessage,
  replaceMessage,
} from '../../simulator/slack/message-store.ts';

const COUNT = 20_000;
const tsOf = (index: number) => `${1_700_000_000 + index}.000000`;
const message = (index: number, thread_ts?: string): Message => ({
  type: 'message',
  ts: tsOf(index),
  channel: 'C1',
  user: 'U1',
  text: String(index),
  blocks: [],
  ...(thread_ts ? { thread_ts } : {}),
});

/** A map whose entries nobody may walk through. */
class PointwiseMap<K, V> extends Map<K, V> {
  walked = 0;
  override values() {
    this.walked += 1;
    return super.values();
  }
  override entries() {
    this.walked += 1;
    return super.entries();
  }
  override keys() {
    this.walked += 1;
    return super.keys();
  }
  override forEach(visit: (value: V, key: K, map: Map<K, V>) => void) {
    this.walked += 1;
    super.forEach(visit);
  }
  override [Symbol.iterator]() {
    this.walked += 1;
    return super[Symbol.iterator]();
  }
}

describe('a channel of 20,000 messages', () => {
  const conversation = emptyConversation();
  const byTs = new PointwiseMap<string, Message>();
  conversation.by_ts = byTs;
  for (let index = 0; index < COUNT; index += 1) addMessage(conversation, message(index));

  it('is posted to, edited, answered and deleted from without looking at the others', () => {
    addMessage(conversation, message(COUNT));
    addMessage(conversation, message(COUNT + 1, tsOf(5)));
    replaceMessage(conversation, { ...message(7), text: 'edited' });
    removeMessage(conversation, tsOf(8));
    expect(byTs.walked).toBe(0);
    expect(byTs.get(tsOf(5))).toMatchObject({ reply_count: 1, latest_reply: tsOf(COUNT + 1) });
    expect(byTs.has(tsOf(8))).toBe(false);
  });

  it('gives a page of its history for what the page costs, wherever it starts', () => {
    let reads = 0;
    const counting = new Proxy(conversation.top, {
      get(target, key, receiver) {
        if (typeof key === 'string' && /^\d+$/.test(key)) reads += 1;
        return Reflect.get(target, key, receiver);
      },
    });
    const found = page(conversation, counting, {
      oldest: tsOf(4_000),
      latest: tsOf(12_000),
      inclusive: false,
      limit: 100,
      order: 'newest_first',
    });
    expect(found.has_more).toBe(true);
    expect(found.messages).toHaveLength(100);
    expect(found.messages[0]?.ts).toBe(tsOf(11_999));
    expect(reads).toBeLessThan(150);
    expect(byTs.walked).toBe(0);
  });
});
