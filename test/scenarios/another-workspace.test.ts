import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDesk, refund, type Card, type Desk } from './desk.ts';

const policy = `
version: 1
default_domain: billing
operators_channel: C0OPS
managers: [U0MIA]
ladders:
  standard:
    rungs:
      - {level: 1, notify: [channel, U0CAROL], decide_within: 30m}
      - {level: 2, notify: [channel], decide_within: 4h}
    at_the_end: wait
domains:
  billing: {title: Billing, channel: C0BILLING, ladder: standard, deciders: [U0ALICE, U0GUEST]}
rules: []
otherwise: {ask: {}}
`;

/** The longest value that no window holds: Details offer it as a file. */
const LONG = 'a line of a long value. '.repeat(3000);

describe('a person of another workspace, in a channel that is shared with it', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk({ policy });
    desk.slack.addUser({ id: 'U0GUEST', name: 'guest', team_id: 'T0ELSEWHERE' });
    for (const channel of ['C0BILLING', 'C0GENERAL'])
      desk.slack.workspace.channels.get(channel)?.members.add('U0GUEST');
  });
  afterAll(async () => {
    expect(desk.slack.problems).toEqual([]);
    await desk.close();
  });
  const guest = () => desk.slack.user('guest');
  const shownNothing = () => expect(guest().sees().modals).toEqual([]);
  /** Who somebody is to Slack can change while a window of theirs is open. */
  const moves = (user: string, team_id: string) => {
    const found = desk.slack.workspace.users.get(user);
    if (found) found.team_id = team_id;
  };

  /** What the pager has written to somebody in their direct messages. */
  const written = (user: string): Card[] => {
    const { channels } = desk.slack.workspace;
    const direct = [...channels.values()].find((one) => one.im_user === user);
    return direct ? desk.slack.messages(direct.id) : [];
  };

  it('somebody of this workspace whom an item paged may see why', async () => {
    await desk.submit(refund('paged'));
    await desk.until('carol is paged', () =>
      desk.pager.world.db
        .selectFrom('pages')
        .select('target')
        .where('item_id', '=', 'paged')
        .where('target', '=', 'U0CAROL')
        .executeTakeFirst(),
    );
    const asks = (user: string) =>
      desk.slack.user(user).types('/hitl why paged', { channel: 'billing-experts' });
    await asks('dave');
    await desk.note('dave', 'not yours to see');
    await asks('carol');
    expect(await desk.note('carol', 'Refund 240 EUR')).not.toContain('not yours to see');
  });

  it('sees no Details', async () => {
    await desk.submit(refund('details'));
    await guest()
      .clicks('Details')
      .on(await desk.card('details'));
    await desk.note('guest', 'Only people of this workspace can see this.');
    shownNothing();
  });

  it('gets no file of what is long, though the window was open before', async () => {
    await desk.submit(refund('file', { action: { name: 'write', args: { text: LONG } } }));
    const own = desk.slack.workspace.team.id;
    const alice = desk.slack.user('alice');
    await alice.clicks('Details').on(await desk.card('file'));
    const window = await desk.modal('alice', 'Details');
    expect(JSON.stringify(window)).toContain('item_file');
    moves('U0ALICE', 'T0ELSEWHERE');
    await alice.clicks('Send as a file').in();
    await desk.until('alice is told so in her direct messages', () =>
      written('U0ALICE').find((one) =>
        JSON.stringify(one).includes('of this workspace can see this'),
      ),
    );
    moves('U0ALICE', own);
    expect(desk.slack.calls.filter((call) => call.method.startsWith('files.'))).toEqual([]);
    await alice.closes();
  });

  it('sees nothing of what could not be read, and cannot close it', async () => {
    await desk.submit({ id: 'raw', kind: 'no such kind' }, 'job-raw');
    const notice = await desk.until('the notice', () =>
      desk.slack
        .messages('C0BILLING')
        .find((one) => JSON.stringify(one.blocks).includes('raw_details')),
    );
    await guest().clicks('Details').on(notice);
    await desk.note('guest', 'Only people of this workspace can see this.');
    shownNothing();
    await guest().clicks('Close').on(notice);
    await desk.note('guest', 'Only people of this workspace can decide here.');
  });

  it('approves nothing, with a note or without, and gets no form', async () => {
    await desk.submit(refund('note'));
    const card = await desk.card('note');
    for (const press of ['Approve with a note', 'Need info', 'Approve', 'Reject', 'Claim']) {
      await guest().clicks(press).on(card);
      await desk.note('guest', 'Only people of this workspace can decide here.');
      shownNothing();
    }
    expect((await desk.status('note')).status).toBe('open');
  });

  it('sends no form that was open before', async () => {
    await desk.submit(refund('form'));
    const own = desk.slack.workspace.team.id;
    const alice = desk.slack.user('alice');
    await alice.clicks('Reject').on(await desk.card('form'));
    await desk.modal('alice', 'Reject');
    moves('U0ALICE', 'T0ELSEWHERE');
    await alice.fills({ rationale: 'I would not', tags: ['other'] }).submits();
    expect(desk.textOf(await desk.modal('alice', 'Not done'))).toContain('Only people of this');
    moves('U0ALICE', own);
    expect((await desk.status('form')).status).toBe('open');
  });

  describe('Need info', () => {
    async function asked(id: string, more: object = {}): Promise<Card> {
      const words = `Can you look at ${id}?`;
      const { ts } = await desk.slack.user('oscar').says(words, { channel: 'general' });
      await desk.submit(refund(id, { thread: { channel: 'C0GENERAL', ts }, ...more }));
      const alice = desk.slack.user('alice');
      await alice.clicks('Need info').on(await desk.card(id));
      await desk.modal('alice', 'Need info');
      await alice.fills({ question: `Which invoice, ${id}?` }).submits();
      return desk.until('the question where it was asked', () =>
        desk.slack
          .messages('C0GENERAL')
          .find((one) => JSON.stringify(one.blocks).includes(`Which invoice, ${id}?`)),
      );
    }
    const still = async (id: string) => {
      expect(await desk.status(id)).toMatchObject({ status: 'open', due_at: null });
      expect(desk.textOf(await desk.card(id))).toContain('no answer yet');
    };

    it.each([
      ['where nobody is named', 'info-1', {}],
      ['where they are named themselves', 'info-2', { requester: { slack_user: 'U0GUEST' } }],
    ])('is not theirs to answer, %s', async (_, id, more) => {
      const question = await asked(id, more);
      await guest().clicks('Answer').on(question);
      await desk.note('guest', 'Only people of this workspace can answer this.');
      shownNothing();
      const thread_ts = question.thread_ts ?? question.ts;
      await guest().says('<@bot> It is 1182', { channel: 'general', thread_ts });
      await desk.note('guest', 'Only people of this workspace can answer this.');
      await still(id);
    });

    it('is answered by somebody of this one, in that same channel', async () => {
      const question = await asked('info-3');
      const thread_ts = question.thread_ts ?? question.ts;
      await desk.slack.user('oscar').says('<@bot> It is 1182', { channel: 'general', thread_ts });
      await desk.card('info-3', 'It is 1182');
    });
  });

  it('is told nothing by commands, though it was asked for by them', async () => {
    await desk.submit(refund('mine', { requester: { slack_user: 'U0GUEST' } }));
    for (const command of ['why', 'audit']) {
      await guest().types(`/hitl ${command} mine`, { channel: 'billing-experts' });
      await desk.note('guest', 'Only people of this workspace can see this.');
    }
  });
});
