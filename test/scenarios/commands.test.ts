import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDesk, question, refund, type Desk } from './desk.ts';

describe('`/hitl`: what a person can ask the pager', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk();
    await desk.submit(refund('q-soon', { title: 'Refund the soon one' }));
    await desk.advance('1m');
    await desk.submit(refund('q-late', { title: 'Refund the late one' }));
    await desk.submit(question('q-support', { title: 'Asked of support' }));
    await desk.submit(refund('q-secret', { title: 'IBAN DE8937', sensitive: ['$.title'] }));
    await desk.card('q-secret');
  });
  afterAll(async () => {
    expect(desk.slack.problems).toEqual([]);
    await desk.close();
  });

  const types = (user: string, line: string) =>
    desk.slack.user(user).types(line, { channel: 'general' });

  it('`queue` shows what waits, the next due first, each with a link to its card', async () => {
    await desk.slack
      .user('bob')
      .clicks('Claim')
      .on(await desk.card('q-late'));
    await desk.card('q-late', 'Claimed by');
    const typed = await types('bob', '/hitl queue');
    expect(typed.acked_in_ms).not.toBeNull();
    const said = await desk.note('bob', 'waiting');
    expect(said).toContain('3 items are waiting');
    expect(said.indexOf('the soon one')).toBeLessThan(said.indexOf('the late one'));
    expect(said).toMatch(/late one[\s\S]*U0BOB[\s\S]*has it/);
    expect(said).not.toContain('Asked of support');
    const card = await desk.card('q-soon');
    expect(said).toContain(desk.slack.permalink(card.channel, card.ts));
  });

  it('`queue` hides what is sensitive', async () => {
    await types('bob', '/hitl queue');
    const said = await desk.note('bob', 'q-secret');
    expect(said).not.toContain('DE8937');
    expect(said).toContain('••••');
  });

  it.each(['billing', 'Billing', '#billing-experts', '  BILLING  '])(
    '`queue %s` names one domain by id, title or channel',
    async (named) => {
      await types('alice', `/hitl queue ${named}`);
      const said = await desk.note('alice', 'waiting in Billing');
      expect(said).toContain('q-soon');
      expect(said).not.toContain('q-support');
    },
  );

  it('`queue` of two words, for somebody who decides there', async () => {
    await types('dave', '/hitl queue data ops');
    await desk.note('dave', 'Nothing is waiting in Data Ops');
  });

  it('`queue` without a domain shows all that somebody decides', async () => {
    await types('alice', '/hitl queue');
    const said = await desk.note('alice', '4 items are waiting');
    expect(said).toContain('Asked of support');
  });

  it('`queue` shows an outsider nothing, and somebody else’s domain to nobody', async () => {
    await types('oscar', '/hitl queue');
    await desk.note('oscar', 'You do not decide anything here');
    await types('carol', '/hitl queue billing');
    expect(await desk.note('carol', 'You do not decide anything here')).not.toContain('q-soon');
    await types('oscar', '/hitl queue marketing');
    await desk.note('oscar', 'There is no domain called that');
  });

  it('`why` tells an expert, a manager and the person it is for; a stranger not even that it exists', async () => {
    await desk.submit(refund('why-1', { requester: { slack_user: 'U0CAROL' } }));
    await desk.slack
      .user('bob')
      .clicks('Claim')
      .on(await desk.card('why-1'));
    await desk.card('why-1', 'Claimed by');
    for (const user of ['bob', 'mia', 'carol']) {
      await types(user, '/hitl why why-1');
      const said = await desk.note(user, 'unsure');
      expect(said).toContain('confidence 0.42');
      expect(said).toMatch(/Claimed by[\s\S]*U0BOB/);
    }
    await types('oscar', '/hitl why why-1');
    const refused = await desk.note('oscar', 'There is no such item');
    await types('oscar', '/hitl why no-such-item');
    expect(await desk.note('oscar', 'There is no such item')).toBe(refused);
    await types('bob', '/hitl why no-such-item');
    expect(await desk.note('bob', 'There is no such item')).toBe(refused);
  });

  it('`why` finds an item whose id Slack escapes, and asks which where none is named', async () => {
    await desk.submit(refund('a&b<c>'));
    await desk.card('a&b<c>');
    await types('bob', '/hitl why a&b<c>');
    await desk.note('bob', 'Refund 240 EUR');
    await types('bob', '/hitl why');
    await desk.note('bob', 'Which item?');
  });

  it.each(['/hitl', '/hitl help', '/hitl HELP me'])('"%s" lists the commands', async (line) => {
    await types('oscar', line);
    expect(await desk.note('oscar', 'What you can ask the pager')).toContain('/hitl why ITEM');
  });

  it('nonsense is repeated harmlessly, beside the list', async () => {
    await types('oscar', '/hitl <!channel> *now*');
    const said = await desk.note('oscar', 'I do not know');
    expect(said).not.toContain('<!channel>');
    expect(said).toContain('/hitl ask');
  });

  it('a very long command is answered like any other', async () => {
    const long = 'w'.repeat(12_000);
    await types('oscar', `/hitl ${long}`);
    await desk.note('oscar', 'I do not know');
    await types('oscar', `/hitl why ${long}`);
    await desk.note('oscar', 'There is no such item');
    await types('oscar', `/hitl queue ${long}`);
    await desk.note('oscar', 'There is no domain called that');
    await types('oscar', `/hitl ask ${long}`);
    await desk.modal('oscar', 'Ask an expert');
    await desk.slack.user('oscar').closes();
  });

  it('what Slack does not tell is said too', async () => {
    await desk.advance('10m');
    desk.slack.faults.every('usergroups.users.list', { status: 503 });
    await types('carol', '/hitl queue data-ops');
    await desk.note('carol', 'Slack does not say now who may do this');
    desk.slack.faults.clear();
  });
});
