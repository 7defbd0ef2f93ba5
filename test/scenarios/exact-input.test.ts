import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hitl } from '../src/cli/terminal.ts';
import { API_TOKEN, openDesk, refund, type Desk } from './desk.ts';

const HUGE = '1234567890123456789';
/** Its keys in the order in which a decision is kept. */
const ARGS = `{"far":1e400,"message_id":${HUGE},"share":0.1000000000000000055,"whole":1.0,"zero":-0}`;
const STATE = `{"cursor" : ${HUGE},\n  "name": "M\\u00fcller", "a":{"b":[ 1.0 ]}}`;

/** An approval as a producer writes it, to the byte. */
const approval = (id: string, args = ARGS, more = ''): string =>
  `{"id":"${id}","kind":"approval","title":"Delete the message?","domain":"billing","confidence":0.40,"impact":5,"action":{"name":"delete","args":${args}}${more}}`;

let desk: Desk;
/** The bodies of the webhooks that came. */
const hooks: string[] = [];
const receiver = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8').on('data', (part: string) => (body += part));
  request.on('end', () => {
    hooks.push(body);
    response.writeHead(204).end();
  });
});
beforeAll(async () => {
  await new Promise<void>((resolve) => void receiver.listen(0, '127.0.0.1', resolve));
  desk = await openDesk({
    env: { HITL_CALLBACK_ALLOW: `127.0.0.1:${(receiver.address() as AddressInfo).port}` },
  });
});
afterAll(async () => {
  await desk.close();
  receiver.close();
});

const call = async (method: string, path: string, body?: string | Uint8Array) => {
  const response = await fetch(`http://127.0.0.1:${desk.pager.port}/v1/items${path}`, {
    method,
    headers: { authorization: `Bearer ${API_TOKEN}`, 'content-type': 'application/json' },
    body,
  });
  return { status: response.status, text: await response.text() };
};
const cardText = async (id: string) => desk.textOf(await desk.card(id));

describe('numbers and state come out as they came in', () => {
  it('by HTTP: card, answer, webhook, export; and another last digit is another item', async () => {
    const { port } = receiver.address() as AddressInfo;
    const body = approval(
      'exact-1',
      ARGS,
      `,"state": ${STATE} ,"callback":{"url":"http://127.0.0.1:${port}/hook"}`,
    );
    expect(await call('POST', '', body)).toMatchObject({ status: 202 });
    for (const digits of [HUGE, '0.1000000000000000055', '1e400', '1.0', '-0'])
      expect(await cardText('exact-1')).toContain(digits);
    expect((await call('POST', '', body)).status).toBe(200);
    for (const [was, is] of [
      [HUGE, '1234567890123456788'],
      ['"whole":1.0', '"whole":1'],
      ['"zero":-0', '"zero":0'],
    ] as const)
      expect((await call('POST', '', body.replace(was, is))).status, is).toBe(409);

    const alice = desk.slack.user('alice');
    await alice.clicks('Approve').on(await desk.card('exact-1'));
    await desk.result('exact-1');
    await desk.until('the webhook came', () => hooks.length > 0);
    const { text } = await call('GET', '/exact-1');
    for (const written of [text, hooks[0]]) {
      expect(written).toContain(`"action":{"args":${ARGS},"name":"delete"}`);
      expect(written).toContain(`"state":${STATE}`);
    }
    const env = { HITL_DATA_DIR: desk.data_dir };
    for (const what of ['items', 'decisions'])
      expect((await hitl(['export', what, '--format', 'jsonl'], { env })).out).toContain(ARGS);
    expect(await hitl(['audit', 'verify'], { env })).toMatchObject({ code: 0 });
  });

  it('an edit changes what was edited, to the last digit, and nothing else', async () => {
    await call('POST', '', approval('exact-2', `{"message_id":${HUGE},"share":1.50}`));
    const alice = desk.slack.user('alice');
    await alice.clicks('Edit').on(await desk.card('exact-2'));
    await desk.modal('alice', 'Edit and approve');
    await alice.fills({ 'Message id': '1234567890123456788' }).submits();
    await desk.result('exact-2');
    expect((await call('GET', '/exact-2')).text).toContain(
      '"args":{"message_id":1234567890123456788,"share":1.50}',
    );

    await call('POST', '', approval('exact-3', `{"to":{"id":${HUGE}},"n":1.0}`));
    await alice.clicks('Edit').on(await desk.card('exact-3'));
    await desk.modal('alice', 'Edit and approve');
    await alice.fills({ answer: `{"to":{"id":9007199254740993},"n":1.0}` }).submits();
    await desk.result('exact-3');
    expect((await call('GET', '/exact-3')).text).toContain(
      '"args":{"n":1.0,"to":{"id":9007199254740993}}',
    );
  });

  it('by the command line', async () => {
    const env = { HITL_URL: `http://127.0.0.1:${desk.pager.port}`, HITL_API_TOKEN: API_TOKEN };
    const written = `${approval('exact-4', ARGS, `,"state": {"a" : 1.0}`)}\n${approval('exact-5')}\n`;
    const said = await hitl(['submit', 'a.jsonl'], {
      files: { 'a.jsonl': written },
      env,
      clock: desk.clock,
    });
    expect(said).toMatchObject({ code: 0 });
    expect(await cardText('exact-5')).toContain(HUGE);
    await call('POST', '/exact-4/cancel');
    expect((await call('GET', '/exact-4')).text).toContain('"state":{"a" : 1.0}');
    const twice = await hitl(['submit', 'a.jsonl'], {
      files: { 'a.jsonl': `${approval('exact-6', '{"a":1,"a":2}')}\n${approval('exact-7')}` },
      env,
      clock: desk.clock,
    });
    expect(twice.code).toBe(1);
    expect(twice.err).toContain('action.args.a stands twice in one object');
  });

  it('by the queue, but for what a producer in JavaScript may have changed before', async () => {
    await desk.submit({ ...refund('exact-8'), state: { n: [0.1, 1e-7] } });
    expect((await call('GET', '/exact-8')).status).toBe(200);
    await desk.submit({ ...refund('exact-9'), action: { name: 'x', args: { n: Number(HUGE) } } });
    expect((await call('GET', '/exact-9')).status).toBe(404);
    const kept = await desk.pager.world.db
      .selectFrom('raw_payloads')
      .selectAll()
      .where('item_id', '=', 'exact-9')
      .executeTakeFirstOrThrow();
    expect(kept.errors_json).toContain('action.args.n');
    expect(kept.errors_json).toContain('write it as a text');
  });
});

describe('input that would have to be altered is refused', () => {
  it.each<[what: string, body: string | Uint8Array, problem: string]>([
    [
      'not UTF-8',
      Buffer.from('{"id":"M\xfcller"}', 'latin1'),
      'item is not UTF-8 at byte 8 (0xFC)',
    ],
    ['UTF-16', Buffer.from('\ufeff{"id":"a"}', 'utf16le'), 'item is UTF-16LE, not UTF-8'],
    [
      'a key twice',
      approval('odd', '{"to":[{"iban":1,"iban":1}]}'),
      'action.args.to[0].iban stands twice',
    ],
    [
      'a measure with too many digits',
      approval('odd').replace('0.40', '0.1000000000000000055'),
      'confidence has more digits',
    ],
  ])('%s', async (_what, body, problem) => {
    const { status, text } = await call('POST', '', body);
    expect(status).toBe(400);
    expect(JSON.parse(text).detail).toContain(problem);
  });

  it('a byte order mark is no fault', async () => {
    expect((await call('POST', '', `\ufeff${approval('bom-1')}`)).status).toBe(202);
  });

  it('a NUL in what is refused is kept and shown as an escape', async () => {
    const { status, text } = await call(
      'POST',
      '',
      '{"id":"a\\u0000b","kind":"approval","title":"x"}',
    );
    expect(status).toBe(400);
    await call('POST', '', 'id=\0');
    const rows = await desk.pager.world.db
      .selectFrom('raw_payloads')
      .selectAll()
      .where((eb) => eb.or([eb('id', '=', JSON.parse(text).raw_id), eb('payload', 'like', 'id=%')]))
      .execute();
    expect(rows).toHaveLength(2);
    for (const row of rows) expect(Object.values(row).join('')).not.toContain('\0');
    expect(rows.map((row) => row.item_id)).toContain('a\\u0000b');
    expect(rows.map((row) => row.payload)).toContain('id=\\u0000');
  });
});
