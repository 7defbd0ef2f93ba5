import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { objectsIn, UNSEEN, words } from '../blocks/seen.ts';
import { openDesk, question, refund, type Desk } from './desk.ts';

const HARM =
  '<!channel> <@U0BOSS> <!subteam^S0MANAGERS> <#C0OPS> <https://evil.example/x|your bank> *bold* `code` @here \u202Egnp.exe <script>alert(1)</script> &lt;!everyone&gt; :tada:';
const LONG = `${HARM} `.repeat(200).slice(0, 20_000);

/** What of a payload would ping, link, format or run. */
function harmIn(payload: unknown): string[] {
  return objectsIn(payload).flatMap((one) => {
    switch (one.type) {
      case 'mrkdwn':
        return harmInMrkdwn(String(one.text));
      case 'user':
        return one.user_id === 'U0BOSS' ? ['a mention'] : [];
      case 'broadcast':
      case 'channel':
      case 'usergroup':
      case 'emoji':
        return [String(one.type)];
      case 'link':
        return String(one.url).includes('evil.example') &&
          !String(one.text).endsWith('evil.example')
          ? [`a link that says ${String(one.text)}`]
          : [];
      default:
        return [];
    }
  });
}

/** Slack parses the fallback text too. */
const harmInMrkdwn = (text: string): string[] =>
  [
    ...text.matchAll(
      /<!(?!date\^)[^>]*>|<@U0BOSS[^>]*>|<#[^>]*>|<http[^>]*>|<script|\*bold\*|`code`/g,
    ),
  ].map(([found]) => found);

describe('texts that were written to harm', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk();
  });
  afterAll(async () => {
    expect(desk.slack.problems).toEqual([]);
    await desk.close();
  });

  const everything = () => {
    const { conversations, ephemerals, views } = desk.slack.workspace;
    return [
      ...[...conversations.values()].flatMap((one) => [...one.by_ts.values()]),
      ...ephemerals,
      ...views.values(),
    ].filter((one) => !('user' in one) || 'callback_id' in one || isOurs(one.user));
  };
  const isOurs = (user: string) => user === desk.slack.botUserId;

  /** All that the pager has shown until now, held against what Slack would make of it. */
  function expectHarmless() {
    const all = everything();
    expect(all.length).toBeGreaterThan(0);
    for (const shown of all) {
      expect(harmIn(shown.blocks)).toEqual([]);
      if ('text' in shown) expect(harmInMrkdwn(shown.text)).toEqual([]);
      expect(words(shown)).not.toMatch(UNSEEN);
    }
    for (const { method, args } of desk.slack.calls) {
      if (method === 'chat.postMessage')
        expect(args).toMatchObject({ unfurl_links: 'false', unfurl_media: 'false' });
    }
  }

  it('of an item, in every field: shown as words, on the card and in every window', async () => {
    await desk.submit(
      refund('harm-1', {
        title: HARM.slice(0, 300),
        body: LONG,
        proposal: LONG,
        justification: LONG.slice(0, 5000),
        action: { name: HARM.slice(0, 200), args: { amount: 240, [HARM]: HARM } },
        evidence: [
          { label: HARM.slice(0, 200), text: LONG.slice(0, 5000), url: 'https://evil.example/a' },
        ],
        ensemble: [{ source: HARM.slice(0, 200), answer: LONG }],
        tags: [HARM.slice(0, 200)],
        model: { name: HARM.slice(0, 200), version: HARM.slice(0, 200) },
        requester: { name: HARM.slice(0, 200) },
      }),
    );
    const card = await desk.card('harm-1');
    expect(desk.textOf(card)).toContain('<!channel>');
    expect(card.blocks.length).toBeLessThanOrEqual(12);
    const alice = desk.slack.user('alice');
    for (const [button, title] of [
      ['Details', 'Details'],
      ['Edit', 'Edit and approve'],
      ['Reject', 'Reject'],
    ] as const) {
      await alice.clicks(button).on(card);
      const modal = await desk.modal('alice', title);
      expect(desk.textOf(modal)).toContain('<!channel>');
      expectHarmless();
      await alice.closes();
    }
    await alice.clicks('Approve').on(card);
    await desk.card('harm-1', 'Approved');
    expectHarmless();
  });

  it('of an expert: the reason of a rejection is words too', async () => {
    await desk.submit(refund('harm-2'));
    const bob = desk.slack.user('bob');
    await bob.clicks('Reject').on(await desk.card('harm-2'));
    await desk.modal('bob', 'Reject');
    await bob.fills({ rationale: HARM, tags: ['other'] }).submits();
    expect(desk.textOf(await desk.card('harm-2', 'Rejected'))).toContain('<!channel>');
    expect(await desk.result('harm-2')).toMatchObject({ rationale: HARM });
    expectHarmless();
  });

  it('of options and candidates, on buttons and in menus', async () => {
    const options = [1, 2, 3, 4, 5].map((at) => ({
      id: `o${at}`,
      label: `${at} ${HARM}`.slice(0, 200),
      description: HARM.slice(0, 200),
    }));
    await desk.submit(question('harm-3', { options }));
    await desk.submit(question('harm-4', { options: options.slice(0, 3) }));
    await desk.card('harm-3');
    await desk.slack
      .user('carol')
      .clicks('item_answer:2')
      .on(await desk.card('harm-4'));
    expect(await desk.result('harm-4')).toMatchObject({ choice: 'o2' });
    await desk.card('harm-4', 'Answered');
    expectHarmless();
  });

  it('of whoever asks, and of the answer that comes back to their thread', async () => {
    const message = await desk.slack.user('oscar').says('What now?', { channel: 'general' });
    const oscar = desk.slack.user('oscar');
    await oscar.shortcut('escalate_message').on(message);
    await desk.modal('oscar', 'Ask an expert');
    await oscar.fills({ domain: 'Support', question: HARM.slice(0, 300), body: HARM }).submits();
    const card = await desk.until('its card', () =>
      desk.slack
        .messages('support-experts')
        .find((one) => JSON.stringify(one.blocks).includes('ask-')),
    );
    const carol = desk.slack.user('carol');
    await carol.clicks('Answer').on(card);
    await desk.modal('carol', 'Answer');
    await carol.fills({ answer: HARM, rationale: HARM }).submits();
    await desk.until('the answer', () =>
      desk.slack
        .messages('general')
        .find((one) => one.thread_ts === message.ts && desk.textOf(one).includes('evil.example')),
    );
    await desk.slack.user('alice').types('/hitl queue', { channel: 'general' });
    await desk.note('alice', 'waiting');
    expectHarmless();
  });
});
