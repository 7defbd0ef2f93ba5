import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { API_TOKEN, openDesk, question, refund, WEBHOOK_SECRET, type Desk } from './desk.ts';
import { startReceiver, type Receiver } from './webhook-receiver.ts';

/** Words that stand nowhere but in items and answers; none may be in the log. */
const PLANTED = {
  title: 'PLANTED-title',
  body: 'PLANTED-body',
  proposal: 'PLANTED-proposal',
  args: 'PLANTED-args',
  iban: 'PLANTED-iban',
  justification: 'PLANTED-justification',
  evidence: 'PLANTED-evidence',
  state: 'PLANTED-state',
  rationale: 'PLANTED-rationale',
  answer: 'PLANTED-answer',
  bad: 'PLANTED-bad',
  path: 'PLANTED-path',
  query: 'PLANTED-query',
};

describe('the log', () => {
  let desk: Desk;
  let hook: Receiver;
  beforeAll(async () => {
    hook = await startReceiver();
    desk = await openDesk({ env: { HITL_CALLBACK_ALLOW: hook.host } });
  });
  afterAll(async () => {
    await hook.close();
    await desk.close();
  });
  const lines = (id: string) =>
    desk.logs.filter((line) => line['item_id'] === id).map((line) => line['msg']);

  it('tells each step of an item, one line a step, with its id', async () => {
    const url = `http://${hook.host}/${PLANTED.path}?token=${PLANTED.query}`;
    await desk.submit(
      refund('logged-1', {
        title: PLANTED.title,
        body: PLANTED.body,
        proposal: PLANTED.proposal,
        justification: PLANTED.justification,
        action: { name: 'refund', args: { note: PLANTED.args, iban: PLANTED.iban } },
        evidence: [{ label: PLANTED.evidence, text: PLANTED.evidence }],
        sensitive: ['$.action.args.iban'],
        state: { secret: PLANTED.state },
        callback: { url },
      }),
    );
    const card = await desk.card('logged-1');
    const alice = desk.slack.user('alice');
    await alice.clicks('Claim').on(card);
    await desk.card('logged-1', 'Release');
    await alice.clicks('Reject').on(card);
    await desk.until('the form', () => alice.sees().modals.length === 1);
    alice.fills({ rationale: PLANTED.rationale, tags: ['factual'] });
    expect(await alice.submits()).toMatchObject({ closed: true });
    await desk.result('logged-1');
    await desk.until('the webhook', () => hook.received.length === 1);
    await desk.card('logged-1', 'Rejected');
    await desk.until('the last step is told', () =>
      lines('logged-1').includes('webhook delivered'),
    );
    expect(lines('logged-1')).toEqual(
      expect.arrayContaining([
        'item accepted',
        'card posted',
        'item claimed',
        'item decided',
        'card drawn again',
        'webhook delivered',
      ]),
    );
  });

  it('through trouble of every kind', async () => {
    hook.answers((response) => void response.writeHead(500).end(PLANTED.answer));
    await desk.submit(
      question('logged-2', {
        title: PLANTED.title,
        callback: { url: `http://${hook.host}/${PLANTED.path}` },
      }),
    );
    const card = await desk.card('logged-2');
    desk.slack.faults.next('chat.update', { status: 500 });
    desk.slack.faults.next('chat.update', { error: 'invalid_blocks' });
    await desk.slack
      .user('carol')
      .says(`<@bot> ${PLANTED.answer}`, { channel: card.channel, thread_ts: card.ts });
    await desk.result('logged-2');
    await desk.until('a webhook failed', () =>
      desk.logs.some(
        (line) => line['msg'] === 'not delivered yet' && line['item_id'] === 'logged-2',
      ),
    );
    await desk.api('POST', '/v1/items', {
      ...refund('logged-3'),
      title: [PLANTED.bad],
      body: { x: PLANTED.bad },
    });
    await desk.submit({ ...refund('logged-4'), confidence: PLANTED.bad });
    await desk.api('POST', '/v1/items', `{"id": "logged-5", "title": "${PLANTED.bad}"`);
    await desk.api('GET', '/v1/items/logged-1', undefined, 'PLANTED-wrong-token');
    await desk.slack
      .user('oscar')
      .clicks('Claim')
      .on(await desk.card('logged-2').catch(() => card), { as_seen: true })
      .catch(() => null);
    await desk.advance('1h');
    await desk.restart();
    expect(desk.logs.length).toBeGreaterThan(30);
  });

  it('holds no text of an item or an answer, nothing sensitive, and no token', () => {
    const all = JSON.stringify(desk.logs);
    for (const planted of Object.values(PLANTED)) expect(all).not.toContain(planted);
    expect(all).not.toContain('PLANTED-wrong-token');
    for (const secret of [
      API_TOKEN,
      WEBHOOK_SECRET,
      WEBHOOK_SECRET.slice(6),
      desk.slack.botToken,
      desk.slack.appToken,
      desk.slack.signingSecret,
    ])
      expect(all).not.toContain(secret);
  });

  it('an error line says what failed', () => {
    const errors = desk.logs.filter((line) => ['error', 'fatal'].includes(String(line['level'])));
    for (const line of errors) expect(line['msg']).toEqual(expect.any(String));
    expect(errors.map((line) => line['msg'])).not.toContain('request failed');
  });
});
