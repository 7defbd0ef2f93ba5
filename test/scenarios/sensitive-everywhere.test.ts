/** What a producer calls sensitive, through a whole desk: it leaves for its producer alone. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Kind } from '../../src/domain/item.ts';
import { pathTo } from '../../src/domain/sensitive-paths.ts';
import { edited } from '../edited.ts';
import { hitl } from '../src/cli/terminal.ts';
import { FULL, MARK, marked, placesOf } from '../blocks/sensitive-item.ts';
import { openDesk, type Card, type Desk } from './desk.ts';
import { withRungs } from './one-rung.ts';
import { startPagerduty, type Pagerduty } from './pagerduty-stand-in.ts';
import { startReceiver, type Receiver } from './webhook-receiver.ts';

const KEY = 'r0utingkeyr0utingkeyr0utingkey00';
/** A rule that quotes what it compares; billing calls alice, then PagerDuty, and shows three cards at a time. */
const policy = edited(
  withRungs(`      - { level: 1, notify: [channel, U0ALICE], decide_within: 30m, remind_at: [50%] }
      - { level: 2, notify: ["pagerduty:OPS", U0ALICE], decide_within: 1h }
      - { level: 3, notify: [U0BOSS], decide_within: 4h }
`),
  [
    '\nrules:\n',
    `\nrules:
  - id: quoting
    when: "valid && item.title.startsWith('ZQ') && item.tags.exists(one, one != '') && item.cohort != 'none'"
    route: { ask: {} }
`,
  ],
  ['    ladder: billing-desk\n', '    ladder: billing-desk\n    open_limit: 3\n'],
);

/** The item of that kind with a marker in every field that can be named, each of them named. */
function secretive(kind: Kind, host: string) {
  const places = placesOf(FULL[kind]);
  const item = marked(FULL[kind], places, [...places.map(pathTo), '$.callback.url']);
  return {
    ...item,
    requester: { ...item.requester, slack_user: 'U0DAVE' },
    domain: 'billing',
    confidence: 0.42,
    impact: 5,
    callback: { url: `http://${host}/${MARK}hook` },
  };
}

describe('what every field says that `sensitive` names', () => {
  let desk: Desk;
  let hook: Receiver;
  let pagerduty: Pagerduty;
  const told: [from: string, said: string][] = [];
  beforeAll(async () => {
    hook = await startReceiver();
    pagerduty = await startPagerduty(KEY);
    desk = await openDesk({
      policy,
      env: {
        HITL_CALLBACK_ALLOW: hook.host,
        HITL_PAGERDUTY_KEYS: `OPS:${KEY}`,
        HITL_PAGERDUTY_URL: pagerduty.url,
      },
    });
  });
  afterAll(async () => {
    expect(desk.slack.problems).toEqual([]);
    await hook.close();
    await pagerduty.close();
    await desk.close();
  });

  const types = (user: string, line: string) =>
    desk.slack.user(user).types(line, { channel: 'general' });
  /** Every look at an item that a command gives. */
  async function asksAround(): Promise<void> {
    for (const line of [
      'queue',
      'stats',
      'stats by model',
      'stats by cohort',
      'freezes',
      'digest',
      'thresholds billing',
    ])
      await types('mia', `/hitl ${line}`);
    await types('alice', '/hitl queue billing');
    for (const kind of Object.keys(FULL))
      for (const word of ['why', 'audit']) await types('mia', `/hitl ${word} ${kind}-1`);
    for (const what of ['items', 'decisions', 'audit']) await types('mia', `/hitl export ${what}`);
    await desk.slack.user('alice').opensHome();
  }
  /** Opens what a button opens, and closes it. */
  async function opens(user: string, button: string, card: Card): Promise<void> {
    const person = desk.slack.user(user);
    const before = desk.slack.calls.length;
    await person.clicks(button).on(card);
    await desk.until(`${button} opens`, () =>
      desk.slack.calls.slice(before).some((call) => call.method === 'views.open'),
    );
    await person.closes({ all: true });
  }
  const press = async (user: string, id: string, action: string) => {
    const card = await desk.card(id);
    const block = card.blocks.find((one) => {
      const elements = one['elements'];
      return (
        Array.isArray(elements) && elements.some((el) => String(el.action_id).startsWith(action))
      );
    });
    const found = (block?.['elements'] as { action_id: string }[] | undefined)?.find((el) =>
      el.action_id.startsWith(action),
    );
    await desk.slack
      .user(user)
      .presses({ block_id: block?.block_id ?? '', action_id: found?.action_id ?? action })
      .on(card);
  };

  it('is taken in, looked at in every way, asked back, escalated and decided', async () => {
    for (const kind of ['approval', 'question', 'review', 'comparison'] as const) {
      const { status } = await desk.api('POST', '/v1/items', secretive(kind, hook.host));
      expect(status).toBe(202);
    }
    const approval = await desk.card('approval-1');
    await asksAround();
    for (const button of ['Details', 'Edit', 'Reject', 'Approve with a note', 'Need info'])
      await opens('alice', button, approval);
    for (const id of ['question-1', 'review-1'])
      await opens('alice', 'Details', await desk.card(id));
    await opens('alice', 'Edit', await desk.card('review-1'));
    const digest = await desk.until('one waits behind', () =>
      desk.slack.messages('C0BILLING').find((one) => one.text.includes('waiting')),
    );
    await desk.slack.user('alice').clicks('Show me the next').on(digest);
    await opens('alice', 'Details', await desk.card('comparison-1'));

    await desk.slack.user('alice').clicks('Need info').on(approval);
    await desk.modal('alice', 'Need info');
    await desk.slack.user('alice').fills({ question: 'Which of them?' }).submits();
    await desk.until('dave is asked', () => desk.slack.dm('dave').length > 0);
    expect(
      (await desk.api('POST', '/v1/items/approval-1/info', { answer: 'The first' })).status,
    ).toBe(200);
    await desk.card('approval-1', 'The first');
    await desk.advance('16m');
    await desk.advance('20m');
    await desk.until('PagerDuty is called', () => pagerduty.events.length >= 3);
    await asksAround();

    hook.answers((response, { payload }) => {
      response.writeHead(payload.data.item_id === 'question-1' ? 410 : 204).end();
    });
    await press('alice', 'question-1', 'item_answer');
    await press('alice', 'review-1', 'item_approve');
    await press('alice', 'comparison-1', 'item_prefer');
    await desk.slack
      .user('alice')
      .clicks('Reject')
      .on(await desk.card('approval-1'));
    await desk.modal('alice', 'Reject');
    await desk.slack
      .user('alice')
      .fills({ rationale: 'Not like this', tags: ['policy_violation'] })
      .submits();
    for (const kind of Object.keys(FULL)) {
      await desk.until(`${kind} has ended`, async () => {
        const { result } = await desk.status(`${kind}-1`);
        return result?.outcome;
      });
      await opens('alice', 'Details', await desk.card(`${kind}-1`));
      expect(
        (
          await desk.api('POST', `/v1/items/${kind}-1/feedback`, {
            verdict: 'reversed',
            truth: `${MARK}0`,
          })
        ).status,
      ).toBeLessThan(300);
    }
    const [freeze] = desk.pager.world.holds.freezes();
    await opens('erin', 'Details', await desk.card(freeze?.check_id ?? ''));
    await types('erin', '/hitl freezes');
  });

  it('is no item, by either way in, and its notice is opened', async () => {
    const bad = { ...secretive('approval', hook.host), id: 'bad-1', impact: 'much' };
    expect((await desk.api('POST', '/v1/items', bad)).status).toBe(400);
    await desk.submit({ ...bad, id: 'bad-2', unknown: 1 });
    const notices = await desk.until('both notices', () => {
      const found = desk.slack.messages('C0DATA').filter((one) => one.thread_ts === undefined);
      return found.length >= 2 && found;
    });
    for (const notice of notices) await opens('dave', 'raw_details', notice);
  });

  it('is asked for on the command line', async () => {
    await asksAround();
    const terminal = {
      env: { HITL_DATA_DIR: desk.data_dir, HITL_POLICY: 'policy.yaml' },
      clock: desk.clock,
      files: {
        'policy.yaml': policy,
        'item.json': JSON.stringify(secretive('approval', hook.host)),
      },
    };
    const lines = [
      ...['items', 'decisions', 'audit'].flatMap((what) => [
        ['export', what],
        ['export', what, '--format', 'jsonl'],
      ]),
      ...Object.keys(FULL).flatMap((kind) => [
        ['audit', 'item', `${kind}-1`],
        ['audit', 'item', `${kind}-1`, '--json'],
      ]),
      ['policy', 'explain', 'item.json'],
      ['policy', 'explain', 'item.json', '--json'],
    ];
    for (const line of lines) {
      const { out, err } = await hitl(line, terminal);
      expect(out, line.join(' ')).not.toBe('');
      told.push([line.join(' '), out + err]);
    }
  });

  it('stands in the result of its producer, and nowhere else', async () => {
    await desk.advance('1m');
    const workspace = desk.slack.workspace;
    const left: [string, unknown][] = [
      ...desk.slack.calls.map((call): [string, unknown] => [`call ${call.method}`, call.args]),
      ...desk.slack.ephemerals().map((one): [string, unknown] => ['a private note', one]),
      ...[...workspace.files.values()].map((file): [string, unknown] => [
        `file ${file.name}`,
        [file.name, file.title, file.alt_text, file.content?.toString()],
      ]),
      ...pagerduty.events.map((event): [string, unknown] => ['PagerDuty', event]),
      ...desk.logs.map((line): [string, unknown] => ['the log', line]),
      ...told,
    ];
    // It was looked at: each way has something.
    for (const way of [
      'call views.open',
      'call views.publish',
      'call chat.postMessage',
      'a private note',
      'PagerDuty',
      'the log',
    ])
      expect(
        left.some(([name]) => name === way),
        way,
      ).toBe(true);
    expect([...workspace.files.values()].map((file) => file.name.split('-')[0])).toEqual(
      expect.arrayContaining(['items', 'decisions', 'audit']),
    );
    const found = left.flatMap(([name, said]) => {
      const text = JSON.stringify(said);
      const at = text.indexOf(MARK);
      return at < 0 ? [] : [`${name}: …${text.slice(Math.max(0, at - 120), at + 40)}…`];
    });
    expect([...new Set(found)]).toEqual([]);
    // Its producer has it.
    expect(JSON.stringify(await desk.status('question-1'))).toContain(MARK);
    expect(JSON.stringify(hook.received.map((one) => one.payload))).toContain(MARK);
  });
});
