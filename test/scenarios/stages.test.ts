import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDesk, question, refund, type Desk } from './desk.ts';

const POLICY = readFileSync('policies/default.yaml', 'utf8').replace(
  'rules:\n',
  `rules:
  - id: two-stages
    when: "'staged' in item.tags"
    route:
      ask:
        reason: always
        stages:
          - {name: review, by: "group:billing-experts", decide_within: 20m}
          - {name: compliance, by: "usergroup:S0COMPL", level: 3, decide_within: 24h}
  - id: same-room
    when: "'room' in item.tags"
    route: {ask: {stages: [{name: first, by: U0ALICE}, {name: second, by: "group:billing-experts"}]}}
  - id: three-stages
    when: "'three' in item.tags"
    route: {ask: {stages: [{name: one, by: U0ALICE}, {name: two, by: U0BOB}, {name: three, by: U0BOSS}]}}
`,
);

describe('one stage after the other', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk({ policy: POLICY });
  });
  afterAll(async () => {
    expect(desk.slack.problems).toEqual([]);
    await desk.close();
  });
  const cardIn = (channel: string, id: string, showing: string) =>
    desk.until(`a card of ${id} in ${channel} shows "${showing}"`, async () => {
      const rows = await desk.pager.world.db
        .selectFrom('cards')
        .select(['channel', 'ts'])
        .where('item_id', '=', id)
        .where('channel', '=', channel)
        .execute();
      const [row] = rows;
      const message = row?.ts ? desk.slack.message(row.channel, row.ts) : undefined;
      return message && desk.textOf(message).includes(showing) ? message : null;
    });
  const thread = (channel: string, ts: string) =>
    desk.slack.messages(channel).filter((one) => one.thread_ts === ts && one.ts !== ts);
  const billing = (id: string, showing: string) => cardIn('C0BILLING', id, showing);
  const compliance = (id: string, showing: string) => cardIn('C0COMPL', id, showing);
  type Shown = Awaited<ReturnType<typeof billing>>;

  async function fills(user: string, button: string, title: string, card: Shown, form: object) {
    const person = desk.slack.user(user);
    await person.clicks(button).on(card);
    await desk.modal(user, title);
    person.fills(form as Record<string, string>);
    return person.submits();
  }
  const approves = (user: string, card: Shown, rationale = 'Checked it') =>
    fills(user, 'Approve', 'Approve', card, { rationale });
  const staged = (id: string, more: object = {}) => refund(id, { tags: ['staged'], ...more });

  it('review, then compliance: other people, other clocks, another channel; each signs', async () => {
    await desk.submit(staged('s-both'));
    const first = await billing('s-both', 'Stage 1 of 2');
    expect(Date.parse((await desk.status('s-both')).due_at ?? '')).toBe(
      desk.clock.now() + 20 * 60_000,
    );
    await desk.slack.user('alice').clicks('Claim').on(first);
    await billing('s-both', 'Claimed by');
    await approves('alice', first, 'The invoice is there');

    const second = await compliance('s-both', 'Stage 2 of 2');
    expect(desk.textOf(second)).toContain('The invoice is there');
    expect(desk.textOf(second)).not.toContain('Claimed by');
    expect(await desk.status('s-both')).toMatchObject({
      status: 'open',
      due_at: new Date(desk.clock.now() + 24 * 3_600_000).toISOString(),
    });
    const line = await desk.until('a line calls compliance', () =>
      thread('C0COMPL', second.ts).find((one) => desk.textOf(one).includes('now it is yours')),
    );
    expect(JSON.stringify(line.blocks)).toContain('S0COMPL');
    await desk.advance('1h');
    expect((await desk.status('s-both')).status).toBe('open');

    await approves('erin', second, 'Within the limit');
    expect(await desk.result('s-both')).toMatchObject({
      outcome: 'approved',
      rationale: 'Within the limit',
      decided_by: { slack_user: 'U0ERIN', level: 3 },
      approvals: [
        { slack_user: 'U0ALICE', stage: 'review', verdict: 'approve' },
        { slack_user: 'U0ERIN', stage: 'compliance', verdict: 'approve' },
      ],
    });
    expect(desk.textOf(await billing('s-both', 'Signed'))).toContain('U0ERIN');
    await compliance('s-both', 'Signed');
  });

  it('the queue, the details and “why” say where it stands, and compliance sees what is theirs', async () => {
    await desk.submit(staged('s-told'));
    await approves('alice', await billing('s-told', 'Stage 1'), 'The invoice is there');
    const second = await compliance('s-told', 'Stage 2');
    const erin = desk.slack.user('erin');
    await erin.types('/hitl queue', { channel: 'compliance' });
    expect(await desk.note('erin', 'waiting')).toMatch(/stage compliance[^]*s-told/);
    await erin.types('/hitl why s-told', { channel: 'compliance' });
    expect(await desk.note('erin', 'Stage 2 of 2')).toContain('The invoice is there');
    await erin.clicks('Details').on(second);
    expect(desk.textOf(await desk.modal('erin', 'Details'))).toContain('The invoice is there');
    await erin.closes();
    await approves('erin', second);
    await desk.result('s-told');
  });

  it('what happens at a stage is said in the thread that its people read', async () => {
    await desk.submit(staged('s-thread'));
    const first = await billing('s-thread', 'Stage 1');
    await approves('alice', first);
    const second = await compliance('s-thread', 'Stage 2');
    const erin = desk.slack.user('erin');
    await erin.clicks('Snooze').on(second);
    await desk.modal('erin', 'Snooze');
    await erin.fills({ snooze: '15 minutes' }).submits();
    await desk.until('compliance reads of the snooze', () =>
      thread('C0COMPL', second.ts).some((one) => desk.textOf(one).includes('snoozed this until')),
    );
    await desk.advance('16m');
    await desk.until('compliance reads that it is back', () =>
      thread('C0COMPL', second.ts).some((one) => desk.textOf(one).includes('the snooze is over')),
    );
    const billingReads = thread('C0BILLING', first.ts).map((one) => desk.textOf(one));
    expect(billingReads.join('\n')).not.toMatch(/snooze/i);
    await approves('erin', await compliance('s-thread', 'Stage 2'));
    await desk.result('s-thread');
  });

  it('an edit is shown as a diff, and is what the next stage approves', async () => {
    await desk.submit(staged('s-edit'));
    await fills('bob', 'Edit', 'Edit and approve', await billing('s-edit', 'Stage 1'), {
      'field:1': '200',
      rationale: 'The invoice says 200',
    });
    const second = await compliance('s-edit', 'edits and approves');
    const blocks = JSON.stringify(second.blocks);
    expect(blocks).toContain('"text":"240","style":{"strike":true}');
    expect(desk.textOf(second)).toContain('The invoice says 200');
    await approves('erin', second);
    expect(await desk.result('s-edit')).toMatchObject({
      outcome: 'edited',
      action: { name: 'refund', args: { amount: 200, currency: 'EUR' } },
      approvals: [
        { stage: 'review', verdict: 'edit' },
        { stage: 'compliance', verdict: 'approve' },
      ],
    });
  });

  it('a text is shown word by word; edited back to what it was, it is approved', async () => {
    const item = {
      id: 's-text',
      kind: 'review',
      domain: 'billing',
      title: 'A reply',
      proposal: 'Your parcel comes on Monday.',
      tags: ['staged'],
    };
    await desk.submit(item);
    await fills('bob', 'Edit', 'Edit and approve', await billing('s-text', 'Stage 1'), {
      answer: 'Your parcel comes on Tuesday.',
      rationale: 'Monday is a holiday',
    });
    const second = await compliance('s-text', 'edits and approves');
    const blocks = JSON.stringify(second.blocks);
    expect(blocks).toContain('"text":"Monday","style":{"strike":true}');
    expect(blocks).toContain('"text":"Tuesday","style":{"bold":true}');
    await fills('erin', 'Edit', 'Edit and approve', second, {
      answer: 'Your parcel comes on Monday.',
      rationale: 'It was not',
    });
    const result = await desk.result('s-text');
    expect(result).toMatchObject({ outcome: 'approved', rationale: 'It was not' });
    expect(result.answer).toBeUndefined();
  });

  it('sent back once, with a reason; what was signed before is void; the second time is refused', async () => {
    await desk.submit(staged('s-back'));
    await approves('alice', await billing('s-back', 'Stage 1'), 'Looks right');
    const second = await compliance('s-back', 'Stage 2');
    const erin = desk.slack.user('erin');
    await fills('erin', 'Send back', 'Send back', second, { rationale: 'Which invoice?' });
    const again = await billing('s-back', 'Which invoice?');
    expect(desk.textOf(again)).toContain('Stage 1 of 2');
    expect((await desk.status('s-back')).status).toBe('open');
    await approves('bob', again, 'Invoice 1182');
    const last = await compliance('s-back', 'Invoice 1182');
    expect(JSON.stringify(last.blocks)).not.toContain('item_send_back');
    expect(desk.textOf(last)).not.toContain('Looks right');
    await approves('erin', last);
    expect((await desk.result('s-back')).approvals).toMatchObject([
      { slack_user: 'U0BOB', stage: 'review', verdict: 'approve' },
      { slack_user: 'U0ERIN', stage: 'compliance', verdict: 'approve' },
    ]);
    await erin.types('/hitl why s-back', { channel: 'compliance' });
    expect(await desk.note('erin', 'It went back to the stage before')).toContain('sent it back');
  });

  it('a rejection at a stage ends the item', async () => {
    await desk.submit(staged('s-reject'));
    await approves('alice', await billing('s-reject', 'Stage 1'));
    await fills('erin', 'Reject', 'Reject', await compliance('s-reject', 'Stage 2'), {
      rationale: 'Sanctioned country',
      tags: 'policy_violation',
    });
    expect(await desk.result('s-reject')).toMatchObject({
      outcome: 'rejected',
      rationale: 'Sanctioned country',
      error_tags: ['policy_violation'],
      decided_by: { slack_user: 'U0ERIN' },
      approvals: [
        { slack_user: 'U0ALICE', verdict: 'approve' },
        { slack_user: 'U0ERIN', verdict: 'reject' },
      ],
    });
  });

  it('never the same person at two stages, never the requester, never the other stage’s people', async () => {
    await desk.submit(refund('s-same', { tags: ['room'], requester: { slack_user: 'U0OSCAR' } }));
    const bob = desk.slack.user('bob');
    const alice = desk.slack.user('alice');
    const first = await billing('s-same', 'Stage 1');
    await bob.clicks('Approve').on(first);
    await desk.note('bob', 'can decide this');
    await alice.clicks('Approve').on(first);
    const second = await billing('s-same', 'Stage 2');
    await alice.clicks('Approve').on(second);
    await desk.note('alice', 'another stage needs somebody else');
    expect(
      (
        await desk.pager.world.db
          .selectFrom('cards')
          .select('id')
          .where('item_id', '=', 's-same')
          .execute()
      ).length,
    ).toBe(1);
    await bob.clicks('Approve').on(second);
    expect((await desk.result('s-same')).outcome).toBe('approved');

    await desk.submit(refund('s-own', { tags: ['room'], requester: { slack_user: 'U0BOB' } }));
    await alice.clicks('Approve').on(await billing('s-own', 'Stage 1'));
    await bob.clicks('Approve').on(await billing('s-own', 'Stage 2'));
    await desk.note('bob', 'You asked for this yourself');
  });

  it('the click of one stage does not count at the next: the card has changed', async () => {
    await desk.submit(refund('s-stale', { tags: ['room'] }));
    const first = await billing('s-stale', 'Stage 1');
    // Slack is slow: everybody goes on looking at the first stage.
    desk.slack.faults.every('chat.update', { status: 500 });
    await desk.slack.user('alice').clicks('Approve').on(first);
    await desk.slack.user('bob').clicks('Approve').on(first);
    await desk.note('bob', 'This card has changed');
    desk.slack.faults.clear();
    await desk.advance('1m');
    await desk.slack
      .user('bob')
      .clicks('Approve')
      .on(await billing('s-stale', 'Stage 2'));
    expect((await desk.result('s-stale')).approvals).toHaveLength(2);
  });

  it('a question: what the first answered is confirmed by one click, or answered otherwise', async () => {
    await desk.submit(question('s-question', { tags: ['room'], domain: 'billing' }));
    const alice = desk.slack.user('alice');
    await alice.clicks('Answer').on(await billing('s-question', 'Stage 1'));
    await desk.modal('alice', 'Answer');
    alice.fills({ answer: 'Only rain.' });
    await alice.submits();
    const second = await billing('s-question', 'Stage 2');
    await desk.slack.user('bob').clicks('Same as “Only rain.”').on(second);
    expect(await desk.result('s-question')).toMatchObject({
      outcome: 'answered',
      answer: 'Only rain.',
      approvals: [
        { slack_user: 'U0ALICE', stage: 'first', verdict: 'answer' },
        { slack_user: 'U0BOB', stage: 'second', verdict: 'answer' },
      ],
    });
  });

  it('any chain: each of three signs, and each later one may send it back', async () => {
    await desk.submit(refund('s-three', { tags: ['three'] }));
    const at = (stage: number) => billing('s-three', `Stage ${stage} of 3`);
    await desk.slack
      .user('alice')
      .clicks('Approve')
      .on(await at(1));
    await desk.slack
      .user('bob')
      .clicks('Approve')
      .on(await at(2));
    await fills('mia', 'Send back', 'Send back', await at(3), { rationale: 'Look at the tax' });
    await fills('bob', 'Send back', 'Send back', await billing('s-three', 'Look at the tax'), {
      rationale: 'The tax, please',
    });
    await desk.slack
      .user('alice')
      .clicks('Approve')
      .on(await billing('s-three', 'The tax, please'));
    await desk.slack
      .user('bob')
      .clicks('Approve')
      .on(await at(2));
    await desk.slack
      .user('mia')
      .clicks('Approve')
      .on(await at(3));
    expect((await desk.result('s-three')).approvals?.map((one) => one.stage)).toEqual([
      'one',
      'two',
      'three',
    ]);
  });

  it('a stage whose time runs out ends as its ladder says', async () => {
    await desk.submit(staged('s-late'));
    await approves('alice', await billing('s-late', 'Stage 1'));
    await compliance('s-late', 'Stage 2');
    await desk.until('its page is out', async () => {
      const pages = await desk.pager.world.db
        .selectFrom('pages')
        .select('state')
        .where('item_id', '=', 's-late')
        .where('target', '=', 'S0COMPL')
        .execute();
      return pages.some((one) => one.state === 'sent');
    });
    await desk.advance('25h');
    expect(await desk.result('s-late')).toMatchObject({ outcome: 'expired', fallback: 'reject' });
  });
});
