/** Payloads that no client of Slack's makes: forms of another item, buttons of another card or of somebody else's note. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeItemMetadata } from '../../../blocks/modals/modal-metadata.ts';
import { refund } from '../desk.ts';
import { choices, openDoors, text, type Doors } from './desk-of-doors.ts';

const REJECTED = { rationale: text('It is wrong'), tags: choices('factual') };

describe('made-up payloads', () => {
  let doors: Doors;
  beforeAll(async () => {
    doors = await openDoors();
    // Alice decides the one, and has no say in the other: Erin alone does.
    await doors.desk.submit(refund('hers'));
    await doors.desk.submit(refund('erins', { tags: ['staged'] }));
  });
  afterAll(() => doors.desk.close());

  const refused = async (user: string, sentence: string, act: () => Promise<unknown>) => {
    await doors.settled();
    const standing = await doors.standing();
    const before = (await doors.told(user)).length;
    const ack = await act();
    await doors.desk.until(`${user} is told "${sentence}"`, async () =>
      [...(await doors.told(user)).slice(before), JSON.stringify(ack)]
        .join('\n')
        .includes(sentence),
    );
    await doors.settled();
    expect(await doors.standing()).toBe(standing);
  };

  it('a form with the item of another is judged by that item', () =>
    refused('U0ALICE', 'can decide this', () =>
      doors.submits(
        'U0ALICE',
        'decide_item',
        writeItemMetadata({ item_id: 'erins', version: 1, action: 'reject' }),
        REJECTED,
      ),
    ));

  it('a form that says it is of nothing, or of everything, does nothing', async () => {
    for (const metadata of ['', '{}', '[]', '{"item_id":"gone","version":1,"action":"reject"}'])
      await refused('U0ALICE', 'not here any more', () =>
        doors.submits('U0ALICE', 'decide_item', metadata, REJECTED),
      );
  });

  it('a button with the id of another item does nothing to either', async () => {
    const card = await doors.desk.card('hers');
    await refused('U0ALICE', 'not here any more', () =>
      doors.clicks('U0ALICE', card, { action_id: 'item_approve', value: 'erins' }),
    );
  });

  it('nor is it another item’s where the message is none of ours', async () => {
    const card = await doors.desk.card('hers');
    const elsewhere = { ...card, ts: '1700000000.000009' };
    await refused('U0ALICE', 'can decide this', () =>
      doors.clicks('U0ALICE', elsewhere, { action_id: 'item_approve', value: 'erins' }),
    );
  });

  it('what stands in somebody else’s private note is asked again of whoever presses it', async () => {
    const card = await doors.desk.card('hers');
    const note = { ...card, ts: '1700000000.000010' };
    for (const [action_id, value, sentence] of [
      ['freeze_lift', 'freeze-of-nobody', 'can decide this'],
      ['shift_take', 'primary', 'Only managers, and the people of'],
      ['thresholds_draft', '{"domain":"billing","above":0.9}', 'Only managers may draft'],
      ['stats_share', '{"from":0,"to":1,"domain":null,"by":"domain"}', 'puts a question to those'],
    ] as const)
      await refused('U0OSCAR', sentence, () => doors.clicks('U0OSCAR', note, { action_id, value }));
  });

  it('a mention by an app is nobody’s answer, whoever it says it is', async () => {
    const card = await doors.desk.card('hers');
    const standing = await doors.standing();
    const ack = await doors.replies('U0ALICE', card, 'Yes', { bot_id: 'B0ELSE' });
    expect(ack.ok).toBe(true);
    await doors.settled();
    expect(await doors.standing()).toBe(standing);
  });

  it('opens no Home with items for whoever may not decide them', async () => {
    const shown = async (user: string): Promise<string> => {
      await doors.opensHome(user);
      const home = await doors.desk.until(`the Home of ${user}`, async () => {
        const { home: view } = doors.desk.slack.user(user).sees();
        return view;
      });
      return doors.desk.textOf(home);
    };
    expect(await shown('U0ALICE')).toContain('Refund 240 EUR');
    for (const user of ['U0OSCAR', 'U0GUEST', 'U0ELSE', 'U0ROBOT'])
      expect(await shown(user), user).not.toContain('Refund 240 EUR');
  });

  it('no address of the API decides, claims or shows anything in a person’s name', async () => {
    const standing = await doors.standing();
    for (const word of [
      'decide',
      'approve',
      'reject',
      'claim',
      'answer',
      'reopen',
      'details',
      'why',
    ])
      for (const method of ['GET', 'POST']) {
        const body = method === 'POST' ? { slack_user: 'U0ALICE', verdict: 'approve' } : undefined;
        expect((await doors.desk.api(method, `/v1/items/hers/${word}`, body)).status).toBe(404);
      }
    expect(await doors.standing()).toBe(standing);
  });
});
