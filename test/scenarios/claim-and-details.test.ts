import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDesk, refund, type Desk } from './desk.ts';

const IBAN = 'DE89370400440532013000';

describe('before deciding: claiming, and looking closer', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk();
  });
  afterAll(async () => {
    expect(desk.slack.problems).toEqual([]);
    await desk.close();
  });

  it('a claim is seen by all, and its holder lets go of it again', async () => {
    await desk.submit(refund('claim-1'));
    const alice = desk.slack.user('alice');
    await alice.clicks('Claim').on(await desk.card('claim-1'));
    const claimed = await desk.card('claim-1', 'Claimed by <@U0ALICE>');
    expect((await desk.status('claim-1')).status).toBe('claimed');
    await alice.clicks('Release').on(claimed);
    await desk.until('it is free', async () =>
      desk.textOf(await desk.card('claim-1')).includes('Claimed') ? null : true,
    );
    expect((await desk.status('claim-1')).status).toBe('open');
  });

  it('somebody else’s claim: told who has it, can decide it, cannot release it', async () => {
    await desk.submit(refund('claim-2'));
    const before = await desk.card('claim-2');
    const [alice, bob] = [desk.slack.user('alice'), desk.slack.user('bob')];
    await alice.clicks('Claim').on(before);
    const claimed = await desk.card('claim-2', 'Claimed by <@U0ALICE>');

    await bob.clicks('Claim').on(before, { as_seen: true });
    await desk.note('bob', '<@U0ALICE> has this one already. You can still decide it.');
    await alice.clicks('Claim').on(before, { as_seen: true });
    await desk.note('alice', 'You have this one already.');
    await bob.clicks('Release').on(claimed);
    await desk.note('bob', '<@U0ALICE> has claimed this: only they can release it.');

    // The card as it was before the claim still approves: a claim changes nothing of what is decided.
    await bob.clicks('Approve').on(before, { as_seen: true });
    const result = await desk.result('claim-2');
    expect(result).toMatchObject({ outcome: 'approved', decided_by: { slack_user: 'U0BOB' } });
    expect(result.claimed_at).toBeDefined();
  });

  it('an outsider cannot claim', async () => {
    await desk.submit(refund('claim-3'));
    await desk.slack
      .user('oscar')
      .clicks('Claim')
      .on(await desk.card('claim-3'));
    await desk.note('oscar', 'Only the Billing experts can decide this');
    expect((await desk.status('claim-3')).status).toBe('open');
  });

  it('Details show the body, the guide, the AI’s reasons and what has happened', async () => {
    const body = `The customer writes: ${'please '.repeat(400)}END-OF-BODY`;
    await desk.submit(
      refund('details-1', { body, justification: 'The invoice was charged twice.' }),
    );
    const alice = desk.slack.user('alice');
    await alice.clicks('Claim').on(await desk.card('details-1'));
    const card = await desk.card('details-1', 'Claimed by');
    expect(desk.textOf(card)).not.toContain('END-OF-BODY');
    await alice.clicks('Details').on(card);
    const text = desk.textOf(await desk.modal('alice', 'Details'));
    expect(text).toContain('END-OF-BODY');
    expect(text).toContain('Refunds under 500 EUR need an invoice number');
    expect(text).toContain('The invoice was charged twice.');
    expect(text).toMatch(/Claimed by[\s\S]*U0ALICE/);
    expect(text).toContain('Came in from the queue; the rule “unsure” asked a person');
    expect(text).not.toMatch(/[0-9a-f]{13}/);
    await alice.closes();
  });

  it('what is sensitive is hidden on the card and in Details, and survives an edit', async () => {
    const args = { amount: 240, iban: IBAN, to: { name: 'Kim', bic: 'COBADEFF' } };
    await desk.submit(
      refund('secret-1', {
        action: { name: 'transfer', args },
        sensitive: ['$.action.args.iban', '$.action.args.to.bic'],
      }),
    );
    const alice = desk.slack.user('alice');
    const card = await desk.card('secret-1');
    await alice.clicks('Details').on(card);
    await desk.modal('alice', 'Details');
    await alice.closes();
    await alice.clicks('Edit').on(card);
    await desk.modal('alice', 'Edit and approve');
    const typed = { amount: 120, iban: '••••', to: { name: 'Kim B.', bic: '••••' } };
    await alice.fills({ answer: JSON.stringify(typed) }).submits();

    // The producer gets the real values; Slack never saw one.
    expect((await desk.result('secret-1')).action).toEqual({
      name: 'transfer',
      args: { amount: 120, iban: IBAN, to: { name: 'Kim B.', bic: 'COBADEFF' } },
    });
    await desk.card('secret-1', 'Edited and approved');
    const sent = JSON.stringify(desk.slack.calls.map((call) => call.args));
    expect(sent).toContain('Kim B.');
    for (const secret of [IBAN, 'COBADEFF']) {
      expect(sent).not.toContain(secret);
      expect(JSON.stringify(desk.logs)).not.toContain(secret);
    }
  });

  it('a hidden value can be replaced, and cannot be moved elsewhere', async () => {
    const args = { amount: 240, iban: IBAN, note: 'none' };
    await desk.submit(
      refund('secret-2', {
        action: { name: 'transfer', args },
        sensitive: ['$.action.args.iban'],
      }),
    );
    const alice = desk.slack.user('alice');
    await alice.clicks('Edit').on(await desk.card('secret-2'));
    await desk.modal('alice', 'Edit and approve');
    const moved = await alice.fills({ Iban: 'x', Note: '••••' }).submits();
    expect(Object.values(moved.errors ?? {})[0]).toContain('•••• stands for a hidden value');
    await alice.fills({ Iban: 'NL02', Note: 'none' }).submits();
    expect((await desk.result('secret-2')).action?.args).toEqual({ ...args, iban: 'NL02' });
  });
});
