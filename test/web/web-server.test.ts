import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { admissionErrors, ANYWHERE, parseItem } from '../../src/domain/parse-item.ts';
import { refund } from '../scenarios/desk.ts';
import { thirtyItems } from '../../simulator/web/server/thirty-items.ts';
import type { Change, Snapshot } from '../../simulator/web/protocol.ts';
import { openStand, type Stand } from './stand.ts';

describe('the page’s server', () => {
  let stand: Stand;
  let files: string;
  beforeAll(async () => {
    files = await mkdtemp(join(tmpdir(), 'hitl-page-'));
    stand = await openStand({ files });
  });
  afterAll(async () => {
    await stand.close();
    await rm(files, { recursive: true, force: true });
  });

  /** A request with just these headers: fetch would set its own Host. */
  function ask(
    method: string,
    path: string,
    headers: Record<string, string> = {},
    body?: string,
  ): Promise<{ status: number; headers: Record<string, unknown>; text: string }> {
    const { port } = new URL(stand.url);
    return new Promise((resolve, reject) => {
      const asked = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => (text += part));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
        );
      });
      asked.on('error', reject);
      asked.end(body);
    });
  }
  const own = () => ({ origin: stand.url, 'content-type': 'application/json' });
  const deed = async (body: unknown, headers: Record<string, string> = own()) => {
    const answer = await ask('POST', '/web/do', headers, JSON.stringify(body));
    return { status: answer.status, body: JSON.parse(answer.text) as unknown };
  };

  it('says how to build the page where it is not built, and serves it where it is', async () => {
    expect((await ask('GET', '/')).text).toContain('npx vite build simulator/web');
    await writeFile(join(files, 'index.html'), '<!doctype html><title>page</title>');
    const page = await ask('GET', '/');
    expect(page).toMatchObject({ status: 200, text: '<!doctype html><title>page</title>' });
    expect(page.headers).toMatchObject({
      'content-security-policy': expect.stringContaining("default-src 'none'; script-src 'self'"),
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
    for (const path of ['/../package.json', '/..%2fpackage.json', '/assets/%00', '//evil', '/%']) {
      expect([path, (await ask('GET', path)).status]).toEqual([path, 404]);
    }
  });

  it('answers only to its own name: no other host, no other origin, nothing that a form can send', async () => {
    const { host } = new URL(stand.url);
    const move = JSON.stringify({ do: 'move_clock', ms: 1_000 });
    const table: [string, string, Record<string, string>, number][] = [
      ['a rebound name', 'GET', { host: 'evil.example' }, 403],
      ['a rebound name with the port', 'GET', { host: `evil.example:${host.split(':')[1]}` }, 403],
      ['another site reading', 'GET', { 'sec-fetch-site': 'cross-site' }, 403],
      ['another site’s script', 'GET', { origin: 'https://evil.example' }, 403],
      [
        'a link from another site',
        'GET',
        { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' },
        200,
      ],
      ['localhost', 'GET', { host: host.replace('127.0.0.1', 'localhost') }, 200],
      ['no origin', 'POST', { 'content-type': 'application/json' }, 403],
      ['another origin', 'POST', { ...own(), origin: 'https://evil.example' }, 403],
      ['a sandboxed frame', 'POST', { ...own(), origin: 'null' }, 403],
      ['another port', 'POST', { ...own(), origin: 'http://127.0.0.1:1' }, 403],
      ['a form', 'POST', { ...own(), 'content-type': 'text/plain' }, 415],
      ['a rebound name', 'POST', { ...own(), host: 'evil.example' }, 403],
      ['the page', 'POST', own(), 200],
    ];
    const before = stand.clock.offset();
    for (const [what, method, headers, status] of table) {
      const path = method === 'GET' ? '/' : '/web/do';
      const answer = await ask(method, path, headers, method === 'POST' ? move : undefined);
      expect([what, answer.status]).toEqual([what, status]);
    }
    expect(stand.clock.offset()).toBe(before + 1_000);
  });

  it('checks each deed field by field, and says in words what is wrong', async () => {
    // The conversation of Alice with the app is there, and not Bob's to write in.
    stand.slack.dm('alice');
    const table: [unknown, number, string][] = [
      [{ do: 'nothing' }, 400, 'do'],
      ['{', 400, ''],
      [{ do: 'move_clock', ms: -5 }, 400, 'ms'],
      [{ do: 'move_clock', ms: 1e12 }, 400, 'ms'],
      [{ do: 'say', as: 'U0ALICE', channel: 'C0BILLING', text: '' }, 400, 'say something'],
      [{ do: 'say', as: 'U0NOBODY', channel: 'C0BILLING', text: 'hi' }, 200, 'no such person'],
      [{ do: 'say', as: 'U0PAGER', channel: 'C0BILLING', text: 'hi' }, 200, 'no such person'],
      [{ do: 'say', as: 'U0ALICE', channel: 'C0NONE', text: 'hi' }, 200, 'no channel'],
      [{ do: 'say', as: 'U0BOB', channel: 'D0ALICE', text: 'hi' }, 200, 'DM'],
      [{ do: 'submit', as: 'U0ALICE', view: 'V1', values: {} }, 200, 'closed already'],
      [{ do: 'command', as: 'U0ALICE', channel: 'C0BILLING', text: 'hitl' }, 400, '/'],
      [{ do: 'trouble', trouble: 'fire', on: true }, 400, 'trouble'],
    ];
    for (const [body, status, words] of table) {
      const answer = await deed(body);
      expect([body, answer.status]).toEqual([body, status]);
      expect(answer.body).toMatchObject({ ok: false, error: expect.stringContaining(words) });
    }
    expect((await ask('POST', '/web/do', own(), 'x'.repeat(1_200_000))).status).toBe(413);
  });

  it('tells what is wrong with an item at its fields', async () => {
    expect((await deed({ do: 'put_item', item: { id: 'x', kind: 'review' } })).body).toMatchObject({
      ok: false,
      errors: { title: expect.any(String) },
    });
  });

  it('the gallery gets what it shows', async () => {
    const { status, text } = await ask('GET', '/gallery.json');
    expect(status).toBe(200);
    expect((JSON.parse(text) as { entries: unknown[] }).entries.length).toBeGreaterThan(50);
  });

  it('the hook takes only what is signed', async () => {
    const answer = await ask(
      'POST',
      '/web/hook',
      { 'webhook-id': 'a', 'webhook-timestamp': '1', 'webhook-signature': 'v1,forged' },
      '{}',
    );
    expect(answer.status).toBe(401);
  });

  it('a page hears a snapshot first and then changes, of what its person may see', async () => {
    const oscar = await hear(stand, 'U0OSCAR');
    const alice = await hear(stand, 'U0ALICE');
    const first = alice.events[0]?.data as Snapshot;
    expect(first.directory.people.find(({ id }) => id === 'U0ALICE')?.hint).toMatch(
      /^(on call; )?decides Billing and Support$/,
    );
    expect(first.directory.channels.map(({ id }) => id)).toContain('D0ALICE');
    expect(JSON.stringify(oscar.events[0]?.data)).not.toContain('D0ALICE');

    await stand.producer.put(refund('heard', { title: 'Refund 31 EUR?' }));
    await alice.until((changes) =>
      changes.some((one) => one.what === 'message' && one.message.text.includes('Refund 31 EUR?')),
    );
    await stand.slack.user('alice').types('/hitl help', { channel: 'billing-experts' });
    await alice.until((changes) =>
      changes.some((one) => one.what === 'notes' && one.notes.length > 0),
    );
    expect(oscar.changes().some((one) => one.what === 'notes')).toBe(false);
    // No private metadata of the app's leaves with a message.
    expect(JSON.stringify(alice.events)).not.toContain('event_payload');
    alice.stop();
    oscar.stop();
    expect((await ask('GET', '/web/events?as=U0NOBODY')).status).toBe(404);
  });
});

describe('the thirty items', () => {
  it('are thirty, of all kinds, each as the product takes it', () => {
    expect(thirtyItems).toHaveLength(30);
    expect(new Set(thirtyItems.map(({ id }) => id)).size).toBe(30);
    expect(new Set(thirtyItems.map(({ kind }) => kind)).size).toBe(4);
    expect(new Set(thirtyItems.map(({ domain }) => domain)).size).toBe(4);
    for (const item of thirtyItems) {
      const parsed = parseItem(item);
      expect([item.id, parsed.ok ? [] : parsed.errors]).toEqual([item.id, []]);
      expect(admissionErrors(item, 0, ANYWHERE)).toEqual([]);
    }
  });
});

interface Heard {
  events: { event: string; data: Snapshot | Change[] }[];
  changes(): Change[];
  until(holds: (changes: Change[]) => boolean): Promise<void>;
  stop(): void;
}

/** Listens as a page of that person does; resolves once the snapshot is there. */
async function hear(stand: Stand, as: string): Promise<Heard> {
  const stopping = new AbortController();
  const response = await fetch(`${stand.url}/web/events?as=${as}`, { signal: stopping.signal });
  const events: Heard['events'] = [];
  let arrived: () => void = () => {};
  const read = async () => {
    let text = '';
    const decoder = new TextDecoder();
    for await (const part of response.body ?? []) {
      text += decoder.decode(part as Uint8Array, { stream: true });
      const whole = text.split('\n\n');
      text = whole.pop() ?? '';
      for (const each of whole) {
        const [, event = ''] = /^event: (.*)$/m.exec(each) ?? [];
        const [, data] = /^data: (.*)$/m.exec(each) ?? [];
        if (data !== undefined) events.push({ event, data: JSON.parse(data) as Snapshot });
      }
      arrived();
    }
  };
  void read().catch(() => {});
  const changes = () =>
    events.flatMap(({ event, data }) => (event === 'changes' ? (data as Change[]) : []));
  const until = async (holds: () => boolean) => {
    while (!holds()) {
      await new Promise<void>((resolve) => {
        arrived = resolve;
      });
    }
  };
  await until(() => events.length > 0);
  return {
    events,
    changes,
    until: (holds) => until(() => holds(changes())),
    stop: () => stopping.abort(),
  };
}
