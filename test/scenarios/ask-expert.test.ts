import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDesk, type Desk } from './desk.ts';

describe('a person puts a question to an expert', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk();
    desk.slack.addChannel({
      id: 'C0SALES',
      name: 'sales',
      members: ['U0OSCAR', 'U0BOB'],
      bot_is_member: false,
    });
  });
  afterAll(async () => {
    expect(desk.slack.problems).toEqual([]);
    await desk.close();
  });

  /** The id of the item that asks this. */
  const asked = (title: string) =>
    desk.until(`"${title}" is an item`, async () => {
      const rows = await desk.pager.world.db.selectFrom('item_bodies').selectAll().execute();
      return rows.find((row) => row.written?.includes(JSON.stringify(title)))?.item_id;
    });

  /** Carol answers with those words. */
  async function answers(id: string, answer: string) {
    const carol = desk.slack.user('carol');
    await carol.clicks('Answer').on(await desk.card(id));
    await desk.modal('carol', 'Answer');
    await carol.fills({ answer }).submits();
    await desk.result(id);
  }

  it('`/hitl ask`: the form is filled in, the card posted, the answer comes to them', async () => {
    const oscar = desk.slack.user('oscar');
    await oscar.types('/hitl ask Does @bob know if 1 < 2 & 3?', { channel: 'general' });
    await desk.modal('oscar', 'Ask an expert');
    await oscar.fills({ domain: 'Support', body: 'For a customer in Oslo' }).submits();

    const id = await asked('Does @bob know if 1 < 2 & 3?');
    const card = await desk.card(id);
    expect(card.channel).toBe('C0SUPPORT');
    expect(desk.textOf(card)).toContain('For a customer in Oslo');
    expect(desk.textOf(card)).toContain('<@U0OSCAR>');
    const waiting = await desk.until('it says who has it', () => desk.slack.dm('oscar')[0]);
    expect(desk.textOf(waiting)).toMatch(/Your question is with[\s\S]*Support/);

    await answers(id, 'He does.');
    const told = await desk.until('the answer', () =>
      desk.slack.dm('oscar').find((one) => one.thread_ts === waiting.ts && one.ts !== waiting.ts),
    );
    expect(desk.textOf(told)).toMatch(/U0CAROL[\s\S]*He does\./);
    expect(await desk.result(id)).toMatchObject({ outcome: 'answered', answer: 'He does.' });
  });

  it('nothing is asked without a domain and a question', async () => {
    const oscar = desk.slack.user('oscar');
    await oscar.types('/hitl ask', { channel: 'general' });
    await desk.modal('oscar', 'Ask an expert');
    await expect(oscar.submits()).rejects.toThrow(/domain[\s\S]*question/);
    expect(await oscar.fills({ domain: 'Support', question: '   ' }).submits()).toMatchObject({
      errors: { question: 'Write your question.' },
    });
    await oscar.closes();
  });

  it('from a message: it is the evidence, and the answer comes back into its thread', async () => {
    const message = await desk.slack
      .user('oscar')
      .says('Can we ship <https://example.com/x|this> to @erin & co?', { channel: 'general' });
    const bob = desk.slack.user('bob');
    await bob.shortcut('escalate_message').on(message);
    const form = await desk.modal('bob', 'Ask an expert');
    expect(JSON.stringify(form.blocks)).toContain('Can we ship this (https://example.com/x) to');
    await bob.fills({ domain: 'Support', question: 'May we ship this?' }).submits();

    const id = await asked('May we ship this?');
    const text = desk.textOf(await desk.card(id));
    const link = desk.slack.permalink('general', message.ts);
    expect(link).toContain('slack.com/archives/C0GENERAL/p');
    expect(text).toContain(link);
    expect(text).toContain('& co?');
    await answers(id, 'Yes, by DHL.');
    const reply = await desk.until('the answer in the thread', () =>
      desk.slack
        .messages('general')
        .find((one) => one.thread_ts === message.ts && one.ts !== message.ts),
    );
    expect(desk.textOf(reply)).toMatch(/U0CAROL[\s\S]*Yes, by DHL\./);
  });

  it('from a reply: the link leads to the reply, the answer goes into the same thread', async () => {
    const oscar = desk.slack.user('oscar');
    const top = await oscar.says('Two questions', { channel: 'general' });
    const reply = await oscar.says('Second: what about Malta?', {
      channel: 'general',
      thread_ts: top.ts,
    });
    await oscar.shortcut('escalate_message').on(reply);
    await desk.modal('oscar', 'Ask an expert');
    await oscar.fills({ domain: 'Support', question: 'And Malta?' }).submits();
    const id = await asked('And Malta?');
    expect(desk.textOf(await desk.card(id))).toContain(desk.slack.permalink('general', reply.ts));
    await answers(id, 'Malta too.');
    await desk.until('the answer in the thread', () =>
      desk.slack
        .messages('general')
        .find((one) => one.thread_ts === top.ts && desk.textOf(one).includes('Malta too.')),
    );
  });

  it('from a channel that the bot is not in: the answer comes by DM', async () => {
    const oscar = desk.slack.user('oscar');
    const message = await oscar.says('What is our VAT number?', { channel: 'sales' });
    await oscar.shortcut('escalate_message').on(message);
    await desk.modal('oscar', 'Ask an expert');
    await oscar.fills({ domain: 'Support', question: 'Our VAT number?' }).submits();
    const id = await asked('Our VAT number?');
    await answers(id, 'DE 123');
    const told = await desk.until('a DM', () =>
      desk.slack.dm('oscar').find((one) => desk.textOf(one).includes('DE 123')),
    );
    expect(desk.textOf(told)).toContain('U0CAROL');
    expect(desk.slack.messages('sales')).toHaveLength(1);
  });

  it('from anywhere, by the global shortcut', async () => {
    const oscar = desk.slack.user('oscar');
    await oscar.shortcut('escalate_global');
    await desk.modal('oscar', 'Ask an expert');
    await oscar.fills({ domain: 'Support', question: 'Are we open on Monday?' }).submits();
    expect((await desk.card(await asked('Are we open on Monday?'))).channel).toBe('C0SUPPORT');
  });

  it('an expert may ask, and may not answer themselves', async () => {
    const carol = desk.slack.user('carol');
    await carol.types('/hitl ask Is 30 days right?', { channel: 'general' });
    await desk.modal('carol', 'Ask an expert');
    await carol.fills({ domain: 'Support' }).submits();
    const id = await asked('Is 30 days right?');
    const card = await desk.card(id);
    await carol.clicks('Answer').on(card);
    await desk.note('carol', 'You asked for this yourself');
    expect(carol.sees().modals).toEqual([]);
    await carol.says('<@bot> It is', { channel: card.channel, thread_ts: card.ts });
    await desk.note('carol', 'You asked for this yourself');
    expect((await desk.status(id)).status).toBe('open');
  });

  it('Slack is slow to say anything: the form is taken all the same', async () => {
    const oscar = desk.slack.user('oscar');
    const message = await oscar.says('Is it blue?', { channel: 'general' });
    await oscar.shortcut('escalate_message').on(message);
    await desk.modal('oscar', 'Ask an expert');
    desk.slack.faults.every('*', { status: 503 });
    const sent = await oscar.fills({ domain: 'Support', question: 'Is it blue?' }).submits();
    expect(sent).toMatchObject({ closed: true });
    desk.slack.faults.clear();
    await desk.advance('1m');
    await desk.card(await asked('Is it blue?'));
  });
});
