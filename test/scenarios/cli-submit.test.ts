import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hitl, type Said } from '../src/cli/terminal.ts';
import { API_TOKEN, openDesk, question, refund, type Desk } from './desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const submit = (
  written: string,
  args: string[] = [],
  env: Record<string, string> = {},
): Promise<Said> =>
  hitl(['submit', 'items.jsonl', ...args], {
    files: { 'items.jsonl': written },
    env: {
      HITL_URL: `http://127.0.0.1:${desk.pager.port}`,
      HITL_API_TOKEN: API_TOKEN,
      ...env,
    },
    clock: desk.clock,
  });
const lines = (...items: object[]): string => items.map((item) => JSON.stringify(item)).join('\n');
const rawPayloads = async () =>
  (await desk.pager.world.db.selectFrom('raw_payloads').select('id').execute()).length;

describe('hitl submit, to a running pager', () => {
  it('one item: it says where it went and what became of it, and the card is there', async () => {
    const said = await submit(JSON.stringify(refund('one'), null, 2));
    expect(said).toMatchObject({
      code: 0,
      out: 'one: accepted, open (rule unsure)',
      err: `to http://127.0.0.1:${desk.pager.port}/v1/items`,
    });
    expect(desk.textOf(await desk.card('one'))).toContain('Refund 240 EUR');
  });

  it('one a line; the second time nothing happens twice', async () => {
    const written = lines(
      question('many-1'),
      refund('many-2', { confidence: 0.97, impact: 2 }),
      question('many-3'),
    );
    const first = await submit(written);
    expect(first.code).toBe(0);
    expect(first.out.split('\n')).toEqual([
      'many-1: accepted, open (rule unsure)',
      'many-2: accepted, decided (rule sure)',
      'many-3: accepted, open (rule unsure)',
      '3 accepted',
    ]);
    const second = await submit(written);
    expect(second.code).toBe(0);
    expect(second.out).toContain(
      'many-1: known already, open (rule unsure); nothing happens twice',
    );
    expect(second.out).toMatch(/\n3 known already$/);
  });

  it('what is refused is named with its line and each field; the others are in', async () => {
    const said = await submit(
      `${lines(
        refund('mixed-1'),
        refund('mixed-2', { confidence: 7, colour: 'red' }),
        refund('one', { title: 'Another body' }),
      )}\n{"id":\n${lines(refund('mixed-5', { body: 'x'.repeat(270_000) }))}`,
    );
    expect(said.code).toBe(1);
    expect(said.out.split('\n')).toEqual([
      'mixed-1: accepted, open (rule unsure)',
      '1 accepted, 4 refused',
    ]);
    const [, ...refused] = said.err.split('\n');
    expect(refused).toEqual([
      expect.stringMatching(
        /^items\.jsonl:2 mixed-2: refused: (?=.*confidence )(?=.*colour is not a field of an item)/,
      ),
      expect.stringMatching(/^items\.jsonl:3 one: refused: item Another item has this id/),
      expect.stringMatching(/^items\.jsonl:4: refused: item is not JSON/),
      expect.stringMatching(/^items\.jsonl:5 mixed-5: refused: item .*256 KiB/),
    ]);
  });

  it('as JSON, one object an item, in the order of the file', async () => {
    const items = Array.from({ length: 40 }, (_, n) => question(`json-${n}`));
    const said = await submit(lines(...items, refund('json-bad', { impact: 11 })), ['--json']);
    expect(said.code).toBe(1);
    const told = said.out.split('\n').map((line) => JSON.parse(line) as object);
    expect(told).toHaveLength(41);
    expect(told[7]).toEqual({
      line: 8,
      result: 'accepted',
      item_id: 'json-7',
      status: 'open',
      rule: 'unsure',
    });
    expect(told[40]).toEqual({
      line: 41,
      result: 'refused',
      item_id: 'json-bad',
      errors: [{ field: 'impact', problem: expect.any(String) }],
    });
  });

  it('a file that is no item at all never reaches the pager', async () => {
    const before = await rawPayloads();
    const said = await submit('title: Refund?\nkind: approval\n');
    expect(said.code).toBe(1);
    expect(said.err).toMatch(
      /^items\.jsonl:1: refused: item is not JSON: .+ \(line 1, column 1\), nor one/,
    );
    expect(await rawPayloads()).toBe(before);
  });
});

describe('what keeps it from being put in is one line', () => {
  const item = lines(refund('nowhere'));
  it.each<[string, string[], Record<string, string>, number, RegExp]>([
    ['no token', [], { HITL_API_TOKEN: '' }, 2, /^hitl: HITL_API_TOKEN is not set: it is/],
    [
      'a token of nobody',
      [],
      { HITL_API_TOKEN: 'somebody-elses-token' },
      2,
      /^hitl: the pager at http:\/\/127\.0\.0\.1:\d+ does not take HITL_API_TOKEN: No valid token/,
    ],
    [
      'a token that no header can carry',
      [],
      { HITL_API_TOKEN: 'ein-schlüssel-aus-worten' },
      2,
      /^hitl: HITL_API_TOKEN has characters that no header can carry$/,
    ],
    [
      'nobody listening',
      ['--url', 'http://127.0.0.1:4/'],
      {},
      1,
      /^hitl: no pager answers at http:\/\/127\.0\.0\.1:4 \(.*ECONNREFUSED.*\): is `hitl start` running\?/,
    ],
    [
      'an address that is none',
      ['--url', 'localhost:3000'],
      {},
      2,
      /is not an http or https address/,
    ],
    [
      'the queue without Redis',
      ['--queue'],
      { REDIS_URL: '' },
      2,
      /^hitl: --queue needs REDIS_URL: without it the queue lives inside the pager's own process/,
    ],
    ['two ways at once', ['--queue', '--url', 'http://h'], {}, 2, /give one of them$/],
    [
      'a Redis that does not answer',
      ['--queue'],
      { REDIS_URL: 'redis://127.0.0.1:4' },
      1,
      /^hitl: cannot reach Redis: check REDIS_URL/,
    ],
    [
      'a Redis address that is none',
      ['--queue'],
      { REDIS_URL: 'localhost' },
      2,
      /must start with redis:/,
    ],
  ])('%s', async (_what, args, env, code, words) => {
    const said = await submit(item, args, env);
    expect(said.code).toBe(code);
    expect(said.out).toBe('');
    const told = said.err.split('\n').filter((line) => !line.startsWith('to '));
    expect(told).toEqual([expect.stringMatching(words)]);
    expect(said.err).not.toContain('somebody-elses-token');
  });

  it('something else that listens there', async () => {
    const other = createServer((_request, response) => response.writeHead(404).end('not here'));
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const said = await submit(item, ['--url', `http://127.0.0.1:${port}`]);
    await new Promise((resolve) => other.close(resolve));
    expect(said.code).toBe(1);
    expect(said.err).toMatch(/is no pager \(HTTP 404\): --url or HITL_URL says where it is$/);
  });

  it('without an address it looks on this machine, at PORT', async () => {
    const said = await submit(lines(question('by-port')), [], {
      HITL_URL: '',
      PORT: String(desk.pager.port),
    });
    expect(said).toMatchObject({ code: 0, out: 'by-port: accepted, open (rule unsure)' });
  });
});
