/** A desk with the eight kinds of people there are, and what each sends: payloads that their clients, or forgers, could make. */
import {
  blockActions,
  eventCallback,
  globalShortcut,
  messageShortcut,
  slashCommand,
  viewSubmission,
} from '../../../simulator/slack/interactions.ts';
import { controlsOf } from '../../../simulator/slack/controls.ts';
import type { User, View } from '../../../simulator/slack/records.ts';
import { directMessage, nextTs } from '../../../simulator/slack/workspace.ts';
import { openDesk, type Card, type Desk } from '../desk.ts';

export const PEOPLE = {
  decider: 'U0ALICE',
  paged: 'U0CAROL',
  requester: 'U0BOB',
  outsider: 'U0OSCAR',
  elsewhere: 'U0ELSE',
  guest: 'U0GUEST',
  bot: 'U0ROBOT',
  gone: 'U0GONE',
} as const;
export type Kind = keyof typeof PEOPLE;

/** Whoever may do nothing is named all the same, by id or by a user group: it is no matter of names. */
const NAMED = '[U0ALICE, U0BOB, U0ERIN, U0ELSE, U0ROBOT, U0GONE, "usergroup:S0PEOPLE"]';
const POLICY = `
version: 1
default_domain: billing
operators_channel: C0OPS
managers: [U0BOSS, U0ELSE, U0ROBOT, U0GONE, "usergroup:S0PEOPLE"]
groups: {people: ${NAMED}}
rotations:
  primary: {start: "2026-11-16T09:00", shift: 1w, people: [U0ALICE, U0ERIN, U0ELSE, U0ROBOT, U0GONE]}
ladders:
  standard: {rungs: [{level: 1, notify: [channel, U0CAROL]}, {level: 2, notify: [U0DAVE]}], at_the_end: wait}
domains:
  billing: {title: Billing, channel: C0BILLING, ladder: standard, deciders: ["group:people"]}
  line: {title: Line, channel: C0SUPPORT, ladder: standard, deciders: ["group:people"], open_limit: 1}
  compliance: {title: Compliance, channel: C0COMPL, ladder: standard, deciders: ["group:people"]}
rules:
  - {id: blind, when: "'blind' in item.tags", route: {ask: {blind: true}}}
  - {id: two, when: "'two' in item.tags", route: {ask: {quorum: 2}}}
  - {id: staged, when: "'staged' in item.tags", route: {ask: {stages: [{name: one, by: U0ERIN}, {name: two, by: "group:people"}]}}}
otherwise: {ask: {}}
`;

export type Doors = Awaited<ReturnType<typeof openDoors>>;

/** What somebody pressed. */
export interface Pressed {
  action_id: string;
  value?: string;
  option?: string;
  block_id?: string;
}

export async function openDoors() {
  const desk: Desk = await openDesk({ policy: POLICY });
  const { slack } = desk;
  const { workspace } = slack;
  slack.addUser({ id: 'U0ELSE', name: 'else', team_id: 'T0ELSEWHERE' });
  slack.addUser({ id: 'U0GUEST', name: 'guest', is_restricted: true });
  slack.addUser({ id: 'U0ROBOT', name: 'robot', is_bot: true });
  slack.addUser({ id: 'U0GONE', name: 'gone', deleted: true });
  slack.addUsergroup({ id: 'S0PEOPLE', handle: 'people', users: ['U0GUEST'] });
  // Slack tells of accounts that are new or changed.
  for (const id of ['U0ELSE', 'U0GUEST', 'U0ROBOT', 'U0GONE']) slack.changeUser(id, {});
  for (const channel of workspace.channels.values())
    if (channel.im_user === undefined)
      for (const id of Object.values(PEOPLE)) channel.members.add(id);
  await desk.until(
    'the pager has heard of them',
    () => desk.pager.world.accountOf('U0GUEST') === 'guest' && desk.pager.world.accountOf('U0GONE'),
  );

  const userOf = (id: string): User => {
    const user = workspace.users.get(id);
    if (!user) throw new Error(`there is no ${id}`);
    return user;
  };
  const channelOf = (id: string) => {
    const channel = workspace.channels.get(id);
    if (!channel) throw new Error(`there is no ${id}`);
    return channel;
  };

  return {
    desk,
    /** A click on a message, under whatever name and with whatever value. */
    clicks(id: string, card: Card, { action_id, value, option, block_id }: Pressed) {
      const [control] = controlsOf(card.blocks);
      if (!control) throw new Error('the message has nothing to press');
      const surface = { kind: 'message', message: card, channel: channelOf(card.channel) } as const;
      const { payload } = blockActions(workspace, userOf(id), surface, { control }, undefined);
      const action = {
        type: option === undefined ? 'button' : 'overflow',
        action_id,
        block_id: block_id ?? control.block_id,
        action_ts: nextTs(workspace),
        ...(value === undefined ? {} : { value }),
        ...(option === undefined ? {} : { selected_option: { value: option } }),
      };
      return slack.deliver('interactive', { ...payload, actions: [action] });
    },
    /** A form is sent, whoever it was opened for. */
    submits(id: string, callback_id: string, private_metadata: string, values: object) {
      const view: View = {
        id: 'V0FORGED',
        type: 'modal',
        user: id,
        callback_id,
        external_id: '',
        private_metadata,
        clear_on_close: false,
        notify_on_close: false,
        blocks: [],
        hash: 'forged',
        root_view_id: 'V0FORGED',
        previous_view_id: null,
        entered: {},
      };
      const { payload } = viewSubmission(workspace, userOf(id), view);
      const shown = payload['view'] as object;
      return slack.deliver('interactive', { ...payload, view: { ...shown, state: { values } } });
    },
    types: (id: string, text: string) =>
      slack.deliver(
        'slash_commands',
        slashCommand(workspace, userOf(id), channelOf('C0BILLING'), '/hitl', text).payload,
      ),
    escalates: (id: string, message: Card | null) =>
      slack.deliver(
        'interactive',
        message === null
          ? globalShortcut(workspace, userOf(id), 'escalate_global').payload
          : messageShortcut(
              workspace,
              userOf(id),
              'escalate_message',
              message,
              channelOf(message.channel),
            ).payload,
      ),
    /** A reply in a thread that mentions the bot. */
    replies(id: string, thread: { channel: string; ts: string }, text: string, more: object = {}) {
      const { team_id } = userOf(id);
      const away = team_id === slack.teamId ? {} : { user_team: team_id, source_team: team_id };
      return slack.deliver(
        'event',
        eventCallback(workspace, {
          type: 'app_mention',
          user: id,
          text: `<@${slack.botUserId}> ${text}`,
          ts: nextTs(workspace),
          thread_ts: thread.ts,
          channel: thread.channel,
          team: slack.teamId,
          ...away,
          ...more,
        }),
      );
    },
    opensHome: (id: string) =>
      slack.deliver(
        'event',
        eventCallback(workspace, {
          type: 'app_home_opened',
          user: id,
          channel: directMessage(workspace, id).id,
          tab: 'home',
          event_ts: nextTs(workspace),
          ...(userOf(id).team_id === slack.teamId ? {} : { user_team: userOf(id).team_id }),
        }),
      ),
    /** All that a person has been told, by whatever way: notes (also those that Slack could not bring), private answers. */
    async told(id: string): Promise<string[]> {
      const notes = await desk.pager.world.db
        .selectFrom('outbox')
        .select('effect_json')
        .where('effect_json', 'like', '%"effect":"note"%')
        .execute();
      return [
        ...notes.map((one) => one.effect_json).filter((one) => one.includes(`"user":"${id}"`)),
        ...workspace.ephemerals
          .filter((one) => one.to === id)
          .map((one) => `${one.text} ${JSON.stringify(one.blocks)}`),
      ];
    },
    /** Everything that an act could change, as one text. */
    async standing(): Promise<string> {
      const { db } = desk.pager.world;
      const count = async (table: 'audit_log' | 'opinions' | 'quiet_hours' | 'info_requests') =>
        (
          await db
            .selectFrom(table)
            .select((eb) => eb.fn.countAll<number>().as('n'))
            .executeTakeFirstOrThrow()
        ).n;
      const items = await db
        .selectFrom('items')
        .select(['id', 'status', 'version', 'view_rev', 'claimed_by', 'outcome'])
        .orderBy('id')
        .execute();
      const files = await db
        .selectFrom('outbox')
        .select('id')
        .where('effect_json', 'like', '%"effect":"export"%')
        .execute();
      return JSON.stringify([
        await count('audit_log'),
        await count('opinions'),
        await count('quiet_hours'),
        await count('info_requests'),
        files.length,
        items,
      ]);
    },
    /** Nothing that was clicked waits for Slack any more, and whoever was to be told has been. */
    settled: () =>
      desk.until('what was kept is settled', async () => {
        const { db } = desk.pager.world;
        const kept = await db.selectFrom('clicks').select('id').execute();
        const notes = await db
          .selectFrom('outbox')
          .select('id')
          .where('state', '=', 'pending')
          .where('effect_json', 'like', '%"effect":"note"%')
          .execute();
        return kept.length === 0 && notes.length === 0;
      }),
  };
}

/** One input of a form, in Slack's shape. */
export const text = (value: string) => ({ value: { type: 'plain_text_input', value } });
export const choice = (value: string) => ({ value: { selected_option: { value } } });
export const choices = (...values: string[]) => ({
  value: { selected_options: values.map((value) => ({ value })) },
});
export const someone = (user: string) => ({ value: { selected_user: user } });
