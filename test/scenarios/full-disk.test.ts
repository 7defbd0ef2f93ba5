import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDesk, question, refund, type Desk } from './desk.ts';
import { mountSmallDisk, type SmallDisk } from './small-disk.ts';

describe('a disk that is full', () => {
  let disk: SmallDisk;
  let desk: Desk;
  beforeAll(async () => {
    disk = await mountSmallDisk(16);
    desk = await openDesk({ data_dir: disk.folder });
  });
  afterAll(async () => {
    await desk.close();
    await disk.close();
  });
  const ready = () => desk.api('GET', '/readyz', undefined, null);
  const told = (words: string) =>
    desk.slack.messages('C0OPS').filter((message) => desk.textOf(message).includes(words));
  /** The disk is looked at every few seconds. */
  const isWell = () =>
    desk.until('it is well again', async () => {
      desk.clock.advance(5000);
      return (await ready()).status === 200;
    });

  it('is told as that: to the producer, on /readyz, to the operators once, and to whoever clicks', async () => {
    await desk.submit(refund('before'));
    await desk.submit(question('asked'));
    const card = await desk.card('before');
    const asked = await desk.card('asked');
    disk.fill();

    const refused = await desk.api('POST', '/v1/items', refund('refused-1'));
    expect(refused).toMatchObject({
      status: 503,
      body: { title: 'Nothing can be saved now', detail: expect.stringContaining('disk is full') },
    });
    expect(refused.headers.get('retry-after')).toBe('30');
    for (const n of [2, 3, 4])
      expect((await desk.api('POST', '/v1/items', refund(`refused-${n}`))).status).toBe(503);

    const unready = await ready();
    expect(unready.status).toBe(503);
    expect(unready.body.missing).toContainEqual(
      expect.stringMatching(/^the disk that HITL_DATA_DIR \(.*\) is on is full: make room/),
    );
    await desk.until('the operators hear', () => told('can’t save anything').length > 0);

    const alice = desk.slack.user('alice');
    await alice.clicks('Approve').on(card);
    expect(await desk.note('alice', 'disk is full')).toContain('try again');
    await alice.clicks('Reject').on(card);
    await desk.until('the form', () => alice.sees().modals.length === 1);
    alice.fills({ rationale: 'Kept as it was typed.', tags: ['factual'] });
    const sent = await alice.submits();
    expect(JSON.stringify(sent)).toContain('disk is full');
    expect(alice.sees().modals).toHaveLength(1);
    await alice.types('/hitl quiet 22:00-07:00', { channel: card.channel });
    await desk.note('alice', 'disk is full');
    await desk.slack
      .user('carol')
      .says('<@bot> Yes, it does.', { channel: asked.channel, thread_ts: asked.ts });
    await desk.note('carol', 'needn’t repeat');

    desk.clock.advance(5000);
    expect((await ready()).status).toBe(503);
    expect(told('can’t save anything')).toHaveLength(1);
  });

  it('goes on by itself when there is room: nothing is lost, and the operators hear that too', async () => {
    disk.empty();
    await isWell();
    expect((await desk.api('POST', '/v1/items', refund('refused-1'))).status).toBe(202);
    await desk.card('refused-1');
    const alice = desk.slack.user('alice');
    expect(await alice.submits()).toMatchObject({ closed: true });
    expect(await desk.result('before')).toMatchObject({ outcome: 'rejected' });
    expect(await desk.result('asked')).toMatchObject({ outcome: 'answered' });
    await desk.until('the operators hear that it is over', () => {
      desk.clock.advance(30_000);
      return told('saved again').length === 1;
    });
    expect(told('can’t save anything')).toHaveLength(1);
  });

  it('loses no job of the queue, and none of the results', async () => {
    const ids = Array.from({ length: 60 }, (_, at) => `job-${at}`);
    for (const id of ids) await desk.pager.submit(refund(id));
    disk.fill();
    await desk.until('it is found', async () => {
      desk.clock.advance(60_000);
      return (await ready()).status === 503;
    });
    await expect(desk.pager.submit(refund('too-late'))).rejects.toThrow();
    disk.empty();
    await isWell();
    for (const id of ids)
      await desk.until(`${id} is known`, async () => {
        desk.clock.advance(1000);
        return (await desk.api('GET', `/v1/items/${id}`)).status === 200;
      });
  });

  it('the first error is the one that is told', () => {
    const all = JSON.stringify(desk.logs);
    expect(all).not.toContain('cannot rollback');
    expect(all).not.toContain('no such savepoint');
    expect(all).toContain('disk is full');
  });
});
