import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FIELDS } from '../../src/domain/item.ts';
import { parseItem } from '../../src/domain/parse-item.ts';
import { takeItem } from '../../src/queue/take-items.ts';
import { damagedItems } from '../src/domain/damaged-item.ts';
import { openDesk, question, refund, type Desk } from './desk.ts';

/** As bytes would come over a wire; no two alike. */
const payloads = fc
  .sample(damagedItems, { numRuns: 400, seed: 20261123 })
  .filter((payload) => !parseItem(payload).ok);

const NOT_EVEN_JSON = [
  '',
  ' ',
  '{',
  '{"id":"a"',
  'id=a&kind=approval',
  '\u0000',
  '{"id":"a",}',
  '"x',
  '<item/>',
  'null',
  '[]',
  '7',
  '"item"',
  '['.repeat(100_000),
];

/** Sixteen at a time, as busy producers are. */
async function inParallel<T>(list: T[], one: (each: T) => Promise<void>): Promise<void> {
  const left = [...list];
  await Promise.all(
    Array.from({ length: 16 }, async () => {
      for (let next = left.shift(); next !== undefined; next = left.shift()) await one(next);
    }),
  );
}

describe('what cannot be understood', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk();
  });
  afterAll(async () => {
    expect(desk.slack.problems).toEqual([]);
    await desk.close();
  });
  const notices = () =>
    desk.slack
      .messages('C0DATA')
      .filter((message) => JSON.stringify(message.blocks).includes('raw_details'));
  const kept = (source: 'queue' | 'http') =>
    desk.pager.world.db
      .selectFrom('raw_payloads')
      .selectAll()
      .where('source', '=', source)
      .orderBy('received_at')
      .execute();
  const errors = () =>
    desk.logs.filter((line) => ['error', 'fatal'].includes(String(line['level'])));

  it(`${payloads.length} broken payloads by HTTP are each answered, each bad field named, each kept as it came`, async () => {
    const sent = [...NOT_EVEN_JSON, ...payloads.map((payload) => JSON.stringify(payload))];
    await inParallel(sent, async (text) => {
      const { status, body, headers } = await desk.api('POST', '/v1/items', text);
      expect({ text: text.slice(0, 300), status }).toMatchObject({ status: 400 });
      expect(headers.get('content-type')).toContain('application/problem+json');
      expect(body.errors.length).toBeGreaterThan(0);
      for (const { field, problem } of body.errors)
        expect(body.detail).toContain(`${field} ${problem}`);
      expect(body.raw_id).toEqual(expect.any(String));
    });
    const texts = (await kept('http')).map((row) => row.payload);
    // No store but SQLite takes a NUL in a text.
    const keepable = sent.map((text) => text.replaceAll('\0', String.raw`\u0000`));
    expect(texts.toSorted()).toEqual(keepable.toSorted());
    expect(errors()).toEqual([]);
  });

  it('so many make few notices: one a kind of trouble, each with its count', async () => {
    await desk.until('the notices are drawn', async () => {
      const { count } = await desk.pager.world.db
        .selectFrom('outbox')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .where('state', '=', 'pending')
        .executeTakeFirstOrThrow();
      return count === 0;
    });
    expect(notices().length).toBeLessThanOrEqual(FIELDS.size + 2);
    const counts = notices().map((message) =>
      Number(/(\d+) alike/.exec(desk.textOf(message))?.[1] ?? 1),
    );
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(
      payloads.length + NOT_EVEN_JSON.length,
    );
  });

  it(`and as many by the queue fail for good, with a reason that names each field`, async () => {
    const { world } = desk.pager;
    await inParallel([...payloads.entries()], async ([at, payload]) => {
      const job = { id: `job-${at}`, data: payload, timestamp: 1 };
      const failed = await takeItem(world, job, 'hitl-items').then(
        () => null,
        (error: Error) => error,
      );
      // A job lends its id to an item that has none: that alone may have been what was missing.
      if (failed === null) return;
      expect(failed.name).toBe('UnrecoverableError');
      const row = await world.db
        .selectFrom('raw_payloads')
        .selectAll()
        .where('job_id', '=', job.id)
        .executeTakeFirstOrThrow();
      expect(JSON.parse(row.payload)).toEqual(payload);
      for (const { field } of JSON.parse(row.errors_json).slice(0, 5))
        expect(failed.message).toContain(field);
    });
    expect((await kept('queue')).length).toBeGreaterThan(payloads.length * 0.8);
    expect(errors()).toEqual([]);
  });

  it.each([null, 7, 'text', [], [refund('x')], true])(
    'a job of %j is told what it should have been',
    async (data) => {
      const taking = takeItem(desk.pager.world, { id: 'odd', data, timestamp: 1 }, 'hitl-items');
      await expect(taking).rejects.toMatchObject({
        name: 'UnrecoverableError',
        message: 'not an item: item must be a JSON object',
      });
    },
  );

  it('a job nested so deep that it cannot be written down is refused by name, and what can be kept is', async () => {
    let deep: unknown = 1;
    for (let level = 0; level < 50_000; level += 1) deep = [deep];
    const taking = takeItem(
      desk.pager.world,
      { id: 'deep', data: { ...refund('deep-1'), state: deep }, timestamp: 1 },
      'hitl-items',
    );
    await expect(taking).rejects.toMatchObject({
      name: 'UnrecoverableError',
      message: expect.stringContaining('nested deeper'),
    });
    const row = await desk.pager.world.db
      .selectFrom('raw_payloads')
      .selectAll()
      .where('job_id', '=', 'deep')
      .executeTakeFirstOrThrow();
    expect(JSON.parse(row.payload)).toMatchObject({
      id: 'deep-1',
      title: 'Refund 240 EUR to customer 88?',
    });
  });

  it('after all that a good item goes the usual way', async () => {
    await desk.submit(question('fine-1'));
    await desk.card('fine-1');
    expect((await desk.api('POST', '/v1/items', question('fine-2'))).status).toBe(202);
  });
});

describe("the data team's notice", () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk();
  });
  afterAll(async () => {
    await desk.close();
  });
  const notice = (showing: string) =>
    desk.until(`a notice that shows ${showing}`, () =>
      desk.slack.messages('C0DATA').find((message) => desk.textOf(message).includes(showing)),
    );
  const noticesCount = () =>
    desk.slack.messages('C0DATA').filter((message) => message.thread_ts === undefined).length;
  const bad = (id: string) => ({ ...refund(id), confidence: 'high' });

  it('says where it came from, what is wrong, and shows it', async () => {
    await desk.submit(bad('typo-1'), 'job-17');
    const shown = desk.textOf(await notice('job-17'));
    expect(shown).toContain('confidence');
    expect(shown).toContain('typo-1');
    const failed = desk.logs.find((line) => line['job_id'] === 'job-17');
    expect(failed?.['fields']).toEqual(['confidence']);
  });

  it('more alike within the hour only raise its count, whoever they are about', async () => {
    for (const id of ['typo-2', 'typo-3', 'typo-4']) await desk.submit(bad(id));
    await notice('4 alike');
    expect(noticesCount()).toBe(1);
  });

  it('other trouble, and trouble from elsewhere, has a notice of its own', async () => {
    await desk.submit({ ...refund('other-1'), title: '' });
    await notice('other-1');
    await desk.api('POST', '/v1/items', bad('other-2'));
    await notice('other-2');
    expect(noticesCount()).toBe(3);
  });

  it('keys made of ids are one kind of trouble, not a notice each', async () => {
    for (let at = 0; at < 20; at += 1)
      await desk.submit({ ...refund(`keys-${at}`), [`order_${at}`]: 1 });
    await notice('20 alike');
    expect(noticesCount()).toBe(4);
  });

  it('nobody else can close it; the data team can, once, and then more of the same is a new notice', async () => {
    desk.slack.addChannel({ id: 'C0DATA', name: 'data-ops', members: ['U0DAVE', 'U0OSCAR'] });
    await desk.slack
      .user('oscar')
      .clicks('Close')
      .on(await notice('4 alike'));
    await desk.note('oscar', 'S0DATA');
    expect(desk.textOf(await notice('4 alike'))).not.toContain('Closed by');

    await desk.slack
      .user('dave')
      .clicks('Close')
      .on(await notice('4 alike'));
    const closed = await notice('Closed by');
    expect(desk.textOf(closed)).toContain('U0DAVE');
    expect(JSON.stringify(closed.blocks)).not.toContain('raw_close');
    const row = await desk.pager.world.db
      .selectFrom('raw_payloads')
      .selectAll()
      .where('job_id', '=', 'job-17')
      .executeTakeFirst();
    expect(row).toMatchObject({ closed_by: 'U0DAVE', closed_at: desk.clock.now() });

    await desk.submit(bad('typo-5'), 'job-18');
    await notice('job-18');
    expect(noticesCount()).toBe(5);
  });

  it('an hour later it is told anew', async () => {
    await desk.advance('2h');
    await desk.submit(bad('typo-6'), 'job-19');
    await notice('job-19');
  });

  it('Details show the whole of it', async () => {
    await desk.slack
      .user('dave')
      .clicks('Details')
      .on(await notice('job-18'));
    const window = await desk.modal('dave', 'What came in');
    expect(desk.textOf(window)).toContain('typo-5');
  });
});
