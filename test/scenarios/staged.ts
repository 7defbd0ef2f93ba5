/** A desk whose policy has items decided in stages, and what people do there. */
import { readFileSync } from 'node:fs';
import { openDesk, refund, type Card, type Desk } from './desk.ts';
import { edited } from '../edited.ts';

const POLICY = edited(readFileSync('policies/default.yaml', 'utf8'), [
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
]);

/** One that is reviewed, and then passes compliance. */
export const staged = (id: string, more: object = {}) => refund(id, { tags: ['staged'], ...more });

export type StagedDesk = Awaited<ReturnType<typeof openStagedDesk>>;

export async function openStagedDesk() {
  const desk: Desk = await openDesk({ policy: POLICY });
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

  async function fills(user: string, button: string, title: string, card: Card, form: object) {
    const person = desk.slack.user(user);
    await person.clicks(button).on(card);
    await desk.modal(user, title);
    person.fills(form as Record<string, string>);
    return person.submits();
  }
  const approves = (user: string, card: Card, rationale = 'Checked it') =>
    fills(user, 'Approve', 'Approve', card, { rationale });
  return { desk, billing, compliance, thread, fills, approves };
}
