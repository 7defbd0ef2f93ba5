import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDesk, question, refund, type Card, type Desk } from './desk.ts';

describe('replies in a card’s thread', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk();
  });
  afterAll(async () => {
    expect(desk.slack.problems).toEqual([]);
    await desk.close();
  });

  async function replies(user: string, id: string, text: string) {
    const { channel, ts } = await desk.card(id);
    return desk.slack.user(user).says(text, { channel, thread_ts: ts });
  }
  const notesTo = (user: string) => desk.slack.ephemerals(undefined, user).length;

  it('one that mentions the bot answers, in the words it was written in', async () => {
    await desk.submit(question('reply-1'));
    await replies(
      'carol',
      'reply-1',
      '<@bot> Ask @erin, if a < b & c.\nSee <https://example.com/x?a=1&b=2>',
    );
    expect((await desk.result('reply-1')).answer).toBe(
      'Ask @U0ERIN, if a < b & c.\nSee https://example.com/x?a=1&b=2',
    );
    expect(desk.textOf(await desk.card('reply-1', 'Answered'))).toContain('U0CAROL');
  });

  it('code in it keeps its lines and indentation, to the letter', async () => {
    await desk.submit(question('reply-code'));
    await replies(
      'carol',
      'reply-code',
      '<@bot> Use\n```\nretry:\n  max: 3\n\tif: a < b && c\n```\nwith `--n  2`',
    );
    expect((await desk.result('reply-code')).answer).toBe(
      'Use\n```\nretry:\n  max: 3\n\tif: a < b && c\n```\nwith `--n  2`',
    );
  });

  it('“comment”: one that does not is talk among people, and decides nothing', async () => {
    await desk.submit(question('reply-2'));
    const before = notesTo('carol');
    await replies('carol', 'reply-2', 'Let me look that up');
    await replies('carol', 'reply-2', '<@bot> Found it: yes');
    expect((await desk.result('reply-2')).answer).toBe('Found it: yes');
    expect(notesTo('carol')).toBe(before);
  });

  it('the label of an option is that option', async () => {
    const options = [{ id: 'dup', label: 'Duplicate charge', prefill: 'You were charged twice.' }];
    await desk.submit(question('reply-3', { options }));
    await replies('carol', 'reply-3', '<@bot> duplicate Charge');
    expect(await desk.result('reply-3')).toMatchObject({
      choice: 'dup',
      answer: 'You were charged twice.',
    });
  });

  it('an outsider is told privately whom to ask, in the thread', async () => {
    await desk.submit(question('reply-4'));
    await replies('oscar', 'reply-4', '<@bot> I think so');
    await desk.note('oscar', 'Only the Support experts can decide this: ask');
    const { ts } = await desk.card('reply-4');
    expect(desk.slack.ephemerals('support-experts', 'oscar').at(-1)?.thread_ts).toBe(ts);
    expect((await desk.status('reply-4')).status).toBe('open');
  });

  it('an outsider who has just joined the group is heard', async () => {
    await desk.submit(question('reply-5'));
    desk.slack.setUsergroupUsers('S0SUPPORT', ['U0CAROL', 'U0ALICE', 'U0BOB']);
    await desk.advance('1m');
    await replies('bob', 'reply-5', '<@bot> Yes, since May');
    expect(await desk.result('reply-5')).toMatchObject({ decided_by: { slack_user: 'U0BOB' } });
  });

  it('an approval is decided with its buttons', async () => {
    await desk.submit(refund('reply-6'));
    await replies('alice', 'reply-6', '<@bot> approve');
    await desk.note('alice', 'decided with the buttons on its card');
    expect((await desk.status('reply-6')).status).toBe('open');
  });

  it('a question with a form is answered in its form', async () => {
    const answer_schema = { type: 'object', properties: { days: { type: 'integer' } } };
    await desk.submit(question('reply-7', { answer_schema }));
    await replies('carol', 'reply-7', '<@bot> 30');
    await desk.note('carol', 'This question has a form: press *Answer*');
    expect((await desk.status('reply-7')).status).toBe('open');
  });

  it('the mention alone answers nothing', async () => {
    await desk.submit(question('reply-8'));
    await replies('carol', 'reply-8', '<@bot>  ');
    await desk.note('carol', 'Write the answer behind the mention');
    expect((await desk.status('reply-8')).status).toBe('open');
  });

  it('a reply to what is decided already is told who decided', async () => {
    await desk.submit(question('reply-9'));
    await replies('alice', 'reply-9', '<@bot> Yes');
    await desk.result('reply-9');
    await replies('carol', 'reply-9', '<@bot> No');
    await desk.note('carol', '<@U0ALICE> answered this');
    expect((await desk.result('reply-9')).answer).toBe('Yes');
  });

  it('a mention anywhere else is told where questions go', async () => {
    const oscar = desk.slack.user('oscar');
    const top = await oscar.says('<@bot> hello?', { channel: 'general' });
    await desk.note('oscar', '/hitl ask');
    await oscar.says('<@bot> anyone?', { channel: 'general', thread_ts: top.ts });
    await desk.note('oscar', '/hitl ask');
  });

  it('a card whose post was never confirmed is known by its thread too', async () => {
    desk.slack.faults.next('chat.postMessage', 'lost_answer');
    await desk.submit(question('reply-lost'));
    const card = await desk.until('the card is in the channel', () =>
      desk.slack
        .messages('support-experts')
        .find((one) => JSON.stringify(one.blocks).includes('reply-lost')),
    );
    await desk.slack
      .user('carol')
      .says('<@bot> Yes', { channel: card.channel, thread_ts: card.ts });
    expect((await desk.result('reply-lost')).answer).toBe('Yes');
  });

  it('an event that Slack sends again is heard once', async () => {
    await desk.submit(question('reply-10'));
    const before = notesTo('oscar');
    desk.slack.deliverTwice();
    await replies('oscar', 'reply-10', '<@bot> maybe');
    desk.slack.deliverTwice();
    await desk.slack.user('oscar').says('<@bot> hello again', { channel: 'general' });
    await desk.note('oscar', '/hitl ask');
    await desk.note('oscar', 'Only the Support experts can decide this');
    await replies('carol', 'reply-10', '<@bot> Yes');
    await desk.result('reply-10');
    expect(notesTo('oscar')).toBe(before + 2);
  });

  it('what was said while the pager was down is heard when it is back, each reply once', async () => {
    const answer_schema = { type: 'object', properties: { days: { type: 'integer' } } };
    await desk.submit(question('away-1'));
    await desk.submit(question('away-2', { answer_schema }));
    await desk.submit(question('away-3'));
    const [one, two, three] = [
      await desk.card('away-1'),
      await desk.card('away-2'),
      await desk.card('away-3'),
    ];
    const said = (user: string, card: Card, text: string) =>
      desk.slack.user(user).says(text, { channel: card.channel, thread_ts: card.ts });

    await desk.pager.stop();
    // Slack gives up sending events to an app that is gone: nothing of this ever arrives by itself.
    desk.slack.workspace.app.subscribed.delete('app_mention');
    await said('carol', one, 'Hm, let me see');
    await said('carol', one, '<@bot> Said while nobody listened:\n```\na:\n  b: 1\n```');
    await said('carol', one, '<@bot> Said too late');
    await said('carol', two, '<@bot> 30');
    await said('oscar', three, '<@bot> I think so');
    desk.slack.faults.next('conversations.replies', { error: 'ratelimited' });
    await desk.restart();
    await desk.until('Slack said to wait', () =>
      desk.logs.some(
        (line) => line['msg'] === 'what was said in a thread: Slack does not say; asking again',
      ),
    );
    await desk.advance('1m');

    expect((await desk.result('away-1')).answer).toBe(
      'Said while nobody listened:\n```\na:\n  b: 1\n```',
    );
    await desk.note('carol', 'You answered this');
    await desk.note('carol', 'This question has a form');
    await desk.note('oscar', 'Only the Support experts can decide this');
    const told = [notesTo('carol'), notesTo('oscar')];
    await desk.restart();
    await desk.submit(question('away-4'));
    desk.slack.workspace.app.subscribed.add('app_mention');
    await replies('carol', 'away-4', '<@bot> Yes');
    await desk.result('away-4');
    expect([notesTo('carol'), notesTo('oscar')]).toEqual(told);
  });
});
