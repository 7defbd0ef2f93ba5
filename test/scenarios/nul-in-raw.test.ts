/** A NUL in what could not be read: kept, and shown as the escape that it is on every way out; nothing falls over. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { takeItem } from '../../src/queue/take-items.ts';
import { hitl } from '../src/cli/terminal.ts';
import { API_TOKEN, openDesk, refund, type Desk } from './desk.ts';

const NUL = '\0';
const ESCAPED = String.raw`\u0000`;
/** As a producer's JSON has it, and as the bare byte that JSON forbids. */
const AS_JSON = JSON.stringify({
  ...refund('x'),
  id: `a${NUL}b`,
  [`col${NUL}our`]: `red${NUL}`,
  kind: 'no such',
});
const BARE = `{"id":"a${NUL}b","kind":"approval"}`;

describe('a NUL in the id of what could not be read', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk();
  });
  afterAll(async () => {
    expect(desk.slack.problems).toEqual([]);
    await desk.close();
  });

  const kept = () => desk.pager.world.db.selectFrom('raw_payloads').selectAll().execute();
  /** Every text in a value, its keys too. */
  const texts = (value: unknown): string[] =>
    typeof value === 'string'
      ? [value]
      : typeof value === 'object' && value !== null
        ? Object.entries(value).flatMap(([key, one]) => [key, ...texts(one)])
        : [];

  it.each([
    ['escaped, as JSON has it', AS_JSON],
    ['bare', BARE],
  ])('by HTTP, %s: 400, each field named, kept as it came', async (_, text) => {
    const before = (await kept()).length;
    const { status, body } = await desk.api('POST', '/v1/items', text);
    expect(status).toBe(400);
    expect(texts(body).join('')).not.toContain(NUL);
    const rows = await kept();
    expect(rows).toHaveLength(before + 1);
    expect(rows.find((one) => one.id === body.raw_id)?.payload).toBe(text.replaceAll(NUL, ESCAPED));
  });

  it('by the queue, the job’s id with one too', async () => {
    const job = { id: `job${NUL}1`, data: JSON.parse(AS_JSON) as unknown, timestamp: 1 };
    await expect(takeItem(desk.pager.world, job, 'hitl-items')).rejects.toThrow();
    const row = (await kept()).find((one) => one.source === 'queue');
    expect(row).toMatchObject({ job_id: `job${ESCAPED}1`, item_id: `a${ESCAPED}b` });
    expect(row?.payload).toContain(`a${ESCAPED}b`);
  });

  it('is seen as an escape in the notice and its Details', async () => {
    const notices = await desk.until('the notices', () => {
      const all = desk.slack
        .messages('C0DATA')
        .filter((one) => JSON.stringify(one.blocks).includes('raw_details'));
      return all.length >= 2 ? all : undefined;
    });
    const alice = desk.slack.user('alice');
    for (const notice of notices) {
      expect(desk.textOf(notice)).toContain(`a${ESCAPED}b`);
      await alice.clicks('Details').on(notice);
      expect(desk.textOf(await desk.modal('alice', 'What came in'))).toContain(`a${ESCAPED}b`);
      await alice.closes();
    }
    expect(notices.map((one) => desk.textOf(one)).join('')).toContain(`job${ESCAPED}1`);
    expect(notices.map((one) => desk.textOf(one)).join('')).toContain(`col${ESCAPED}our`);
    expect(texts(desk.slack.calls.map((call) => call.args)).join('')).not.toContain(NUL);
  });

  it('in the log, at the command line, and in an export', async () => {
    expect(JSON.stringify(desk.logs)).toContain(JSON.stringify(`job${ESCAPED}1`).slice(1, -1));
    expect(texts(desk.logs).join('')).not.toContain(NUL);
    const said = await hitl(['submit', 'items.jsonl'], {
      files: { 'items.jsonl': AS_JSON },
      env: { HITL_URL: `http://127.0.0.1:${desk.pager.port}`, HITL_API_TOKEN: API_TOKEN },
      clock: desk.clock,
    });
    expect(said.code).not.toBe(0);
    expect(`${said.out}${said.err}`).toContain(`col${ESCAPED}our`);
    expect(`${said.out}${said.err}`).not.toContain(NUL);
    const env = { HITL_DATA_DIR: desk.data_dir };
    for (const command of [
      ['export', '--format', 'jsonl'],
      ['audit', 'verify', '--json'],
    ]) {
      const { out, err } = await hitl(command, { env, clock: desk.clock });
      expect(`${out}${err}`).not.toContain(NUL);
    }
    expect(await hitl(['audit', 'verify'], { env, clock: desk.clock })).toMatchObject({ code: 0 });
  });
});
