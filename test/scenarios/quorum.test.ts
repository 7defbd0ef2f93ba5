import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDesk, question, refund, type Desk } from './desk.ts';
import { edited } from '../edited.ts';

const POLICY = edited(
  readFileSync('policies/default.yaml', 'utf8'),
  [
    'groups:\n',
    `groups:
  three: [U0ALICE, U0BOB, U0BOSS]
  pair: [U0ALICE, U0BOB]
`,
  ],
  [
    'ladders:\n',
    `ladders:
  two-rungs:
    rungs:
      - {level: 1, notify: [channel], decide_within: 30m}
      - {level: 2, notify: [U0ERIN], decide_within: 1h}
    at_the_end: expired
`,
  ],
  [
    'domains:\n',
    `domains:
  judged: {title: Judged, channel: C0BILLING, ladder: two-rungs, deciders: ["group:pair"]}
`,
  ],
  [
    'rules:\n',
    `rules:
  - {id: any-two-of-three, when: "'three' in item.tags", route: {ask: {quorum: 2, by: "group:three"}}}
  - {id: blind-two, when: "'blind' in item.tags", route: {ask: {quorum: 2, by: "group:three", blind: true}}}
  - {id: both, when: "'both' in item.tags", route: {ask: {domain: judged, quorum: 2}}}
`,
  ],
);

describe('several people must agree', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk({ policy: POLICY });
  });
  afterAll(async () => {
    expect(desk.slack.problems).toEqual([]);
    await desk.close();
  });
  const clicks = async (user: string, button: string, id: string) =>
    desk.slack
      .user(user)
      .clicks(button)
      .on(await desk.card(id));
  const opinions = (id: string, count: number) =>
    desk.until(`${count} have spoken about ${id}`, async () => {
      const rows = await desk.pager.world.db
        .selectFrom('opinions')
        .select(['slack_user', 'word'])
        .where('item_id', '=', id)
        .orderBy('said_at')
        .execute();
      return rows.length === count ? rows : null;
    });
  async function rejects(user: string, id: string, rationale: string) {
    const person = desk.slack.user(user);
    await clicks(user, 'Reject', id);
    await desk.modal(user, 'Reject');
    person.fills({ rationale, tags: ['factual'] });
    await person.submits();
  }
  async function answers(user: string, id: string, answer: string) {
    const person = desk.slack.user(user);
    await clicks(user, 'Answer', id);
    await desk.modal(user, 'Answer');
    person.fills({ answer });
    return person.submits();
  }
  const tags = (...list: string[]) => ({ tags: list });

  it('“any two of three cannot be said”', async () => {
    await desk.submit(refund('q-two', tags('three')));
    expect(desk.textOf(await desk.card('q-two'))).toContain('2 people have to agree');
    await clicks('alice', 'Approve', 'q-two');
    const card = await desk.card('q-two', '1 more person must agree');
    expect(desk.textOf(card)).toContain('U0ALICE');
    expect((await desk.status('q-two')).status).toBe('open');
    await clicks('mia', 'Approve', 'q-two');
    expect(await desk.result('q-two')).toMatchObject({
      outcome: 'approved',
      action: { name: 'refund', args: { amount: 240 } },
      decided_by: { type: 'human', slack_user: 'U0BOSS' },
      approvals: [
        { slack_user: 'U0ALICE', stage: 'decide', verdict: 'approve' },
        { slack_user: 'U0BOSS', stage: 'decide', verdict: 'approve' },
      ],
    });
    expect(desk.textOf(await desk.card('q-two', 'Signed'))).toContain('U0ALICE');
  });

  it('one person counts once, however often they click', async () => {
    await desk.submit(refund('q-once', tags('three')));
    const card = await desk.card('q-once');
    const alice = desk.slack.user('alice');
    await Promise.all([1, 2, 3].map(() => alice.clicks('Approve').on(card)));
    await desk.note('alice', 'You have said that already');
    await desk.note('alice', 'You have said that already');
    expect(await opinions('q-once', 1)).toEqual([{ slack_user: 'U0ALICE', word: 'approve' }]);
    expect((await desk.status('q-once')).status).toBe('open');
  });

  it('of any number of simultaneous clicks two that agree end it, and the others hear so', async () => {
    await desk.submit(refund('q-race', tags('three')));
    const card = await desk.card('q-race');
    const all = ['alice', 'bob', 'mia'].map((name) =>
      desk.slack.user(name).clicks('Approve').on(card),
    );
    for (const click of await Promise.all(all)) expect(click.failed).toBeUndefined();
    const result = await desk.result('q-race');
    expect(result.approvals).toHaveLength(2);
    const signed = new Set(result.approvals?.map((one) => one.slack_user));
    const third = [
      ['alice', 'U0ALICE'],
      ['bob', 'U0BOB'],
      ['mia', 'U0BOSS'],
    ].find(([, id]) => !signed.has(id ?? ''))?.[0];
    expect(await desk.note(third ?? '', 'approved this')).toContain('Nothing more to do');
  });

  it('a mind may be changed until it closes; a rejection is a verdict like any other', async () => {
    await desk.submit(refund('q-mind', tags('three')));
    await clicks('alice', 'Approve', 'q-mind');
    await desk.card('q-mind', 'approves');
    await rejects('bob', 'q-mind', 'The bank decides');
    await desk.card('q-mind', 'rejects');
    await rejects('alice', 'q-mind', 'Bob is right');
    expect(await desk.result('q-mind')).toMatchObject({
      outcome: 'rejected',
      rationale: 'Bob is right',
      error_tags: ['factual'],
      approvals: [
        { slack_user: 'U0BOB', verdict: 'reject' },
        { slack_user: 'U0ALICE', verdict: 'reject' },
      ],
    });
  });

  it('edits agree where they are the same, and are taken over by one click', async () => {
    await desk.submit(refund('q-edit', tags('three')));
    const alice = desk.slack.user('alice');
    await clicks('alice', 'Edit', 'q-edit');
    await desk.modal('alice', 'Edit and approve');
    alice.fills({ 'field:1': '200' });
    await alice.submits();
    await desk.card('q-edit', 'edits and approves');
    await clicks('bob', 'Approve', 'q-edit');
    await desk.card('q-edit', 'approves');
    expect((await desk.status('q-edit')).status).toBe('open');
    await clicks('mia', 'Same edit as alice', 'q-edit');
    expect(await desk.result('q-edit')).toMatchObject({
      outcome: 'edited',
      action: { args: { amount: 200 } },
      approvals: [{ verdict: 'edit' }, { verdict: 'approve' }, { verdict: 'edit' }],
    });
  });

  it('free text agrees by endorsing an earlier answer', async () => {
    await desk.submit(question('q-text', { ...tags('three'), domain: 'billing' }));
    await answers('alice', 'q-text', 'Only rain, not floods.');
    const card = await desk.card('q-text', 'Only rain');
    await desk.slack.user('bob').clicks('Same as “Only rain, not floods.”').on(card);
    expect(await desk.result('q-text')).toMatchObject({
      outcome: 'answered',
      answer: 'Only rain, not floods.',
      decided_by: { slack_user: 'U0BOB' },
      approvals: [{ slack_user: 'U0ALICE' }, { slack_user: 'U0BOB' }],
    });
  });

  it('a preference needs as many', async () => {
    await desk.submit({
      id: 'q-prefer',
      kind: 'comparison',
      domain: 'billing',
      title: 'Which is better?',
      candidates: [
        { id: 'a', text: 'One.' },
        { id: 'b', text: 'Two.' },
      ],
      ...tags('three'),
    });
    await clicks('alice', 'Tie', 'q-prefer');
    await desk.card('q-prefer', 'calls a tie');
    await clicks('bob', 'A', 'q-prefer');
    await desk.card('q-prefer', 'prefers A');
    await clicks('mia', 'Tie', 'q-prefer');
    expect(await desk.result('q-prefer')).toMatchObject({ outcome: 'preferred', choice: 'tie' });
  });

  it('a claim of one locks nobody out; outsiders and the requester have no word', async () => {
    await desk.submit(refund('q-claim', { ...tags('three'), requester: { slack_user: 'U0BOB' } }));
    await clicks('alice', 'Claim', 'q-claim');
    await desk.card('q-claim', 'Claimed by');
    await clicks('bob', 'Approve', 'q-claim');
    await desk.note('bob', 'You asked for this yourself');
    await clicks('oscar', 'Approve', 'q-claim');
    await desk.note('oscar', 'can decide this');
    await clicks('mia', 'Approve', 'q-claim');
    await clicks('alice', 'Approve', 'q-claim');
    expect((await desk.result('q-claim')).approvals).toMatchObject([
      { slack_user: 'U0BOSS' },
      { slack_user: 'U0ALICE' },
    ]);
  });

  it('blind, it shows who has answered, and not what; then whether somebody says the same', async () => {
    const asked = { ...tags('blind'), domain: 'billing', proposal: 'PROPOSED' };
    await desk.submit(question('q-blind', asked));
    await answers('alice', 'q-blind', 'RAIN-ONLY');
    const card = await desk.card('q-blind', 'Answered:');
    expect(desk.textOf(card)).toContain('U0ALICE');
    expect(desk.textOf(card)).not.toMatch(/RAIN-ONLY|PROPOSED/);
    expect(JSON.stringify(card.blocks)).not.toContain('item_endorse');
    const bob = desk.slack.user('bob');
    await bob.types('/hitl why q-blind', { channel: 'billing-experts' });
    expect(await desk.note('bob', 'answered')).not.toMatch(/RAIN-ONLY|gave an answer/);

    await answers('bob', 'q-blind', 'Rain, and nothing else');
    const form = await desk.modal('bob', 'Does anyone agree?');
    expect(desk.textOf(form)).toContain('RAIN-ONLY');
    expect(desk.textOf(form)).not.toMatch(/U0ALICE|alice|PROPOSED/i);
    bob.fills({ same: 'Answer 1' });
    await bob.submits();
    expect(await desk.result('q-blind')).toMatchObject({
      answer: 'RAIN-ONLY',
      approvals: [{ slack_user: 'U0ALICE' }, { slack_user: 'U0BOB' }],
    });
  });

  it('out of reach, the next rung decides singly, with all that was said on the card', async () => {
    await desk.submit(refund('q-apart', tags('both')));
    const card = await desk.card('q-apart');
    await clicks('alice', 'Approve', 'q-apart');
    await desk.card('q-apart', 'approves');
    await rejects('bob', 'q-apart', 'The contract forbids it');
    const opened = await desk.card('q-apart', 'They could not agree');
    expect(desk.textOf(opened)).toContain('The contract forbids it');
    await desk.slack
      .user('alice')
      .clicks('Approve')
      .on(card)
      .catch(() => null);
    await clicks('alice', 'Approve', 'q-apart');
    await desk.note('alice', 'can decide this');
    await clicks('erin', 'Approve', 'q-apart');
    expect(await desk.result('q-apart')).toMatchObject({
      outcome: 'approved',
      decided_by: { slack_user: 'U0ERIN', level: 2 },
      approvals: [
        { slack_user: 'U0ALICE', verdict: 'approve' },
        { slack_user: 'U0BOB', verdict: 'reject' },
        { slack_user: 'U0ERIN', verdict: 'approve' },
      ],
    });
  });

  it('half a quorum does not outlive the item: expires_at is the last word', async () => {
    const expires_at = new Date(desk.clock.now() + 5 * 60_000).toISOString();
    await desk.submit(refund('q-late', { ...tags('three'), expires_at }));
    await clicks('alice', 'Approve', 'q-late');
    await desk.card('q-late', 'approves');
    await desk.advance('6m');
    const result = await desk.result('q-late');
    expect(result).toMatchObject({ outcome: 'expired', decided_by: { type: 'ladder' } });
    expect(result.approvals).toBeUndefined();
  });
});
