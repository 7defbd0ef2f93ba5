/** What stands at each door: how it is knocked at, and whom it opens for. */
import type { Ack } from '../../../simulator/slack/delivery.ts';
import { writeItemMetadata } from '../../../blocks/modals/modal-metadata.ts';
import { freezeId } from '../../../src/containment/freeze.ts';
import { claimItem } from '../../../src/items/claim-item.ts';
import { askForInfo } from '../../../src/ladder/ask-for-info.ts';
import { cancelOverride, overrideShift } from '../../../src/on-call/override-shift.ts';
import { question, refund, type Card } from '../desk.ts';
import { choice, choices, someone, text, type Doors } from './desk-of-doors.ts';

/** What comes of it where somebody may. */
export type Did = 'changes' | 'opens' | 'pushes' | 'answers' | 'posts' | 'uploads' | 'nothing';

export interface Row {
  /** As it is registered; behind ` | `, which of several rows. */
  door: string;
  /** For each of the eight, in their order: `yes`, or the word of the refusal. */
  cells: readonly string[];
  did: Did;
  /** Prepares what is knocked at; `user` is whoever may, where one does. */
  make(doors: Doors, user: string): Promise<(user: string) => Promise<Ack>>;
}

const FOUR = (word: string) => [word, word, word, word];
const CLASSES = ['other_team', 'guest', 'bot', 'deactivated'];
const DECIDES = ['yes', 'yes', 'own_request', 'not_a_decider', ...CLASSES];
/** Carol was paged for the stage before. */
const SECOND_STAGE = ['yes', 'not_a_decider', 'own_request', 'not_a_decider', ...CLASSES];
const IN_DOMAIN = ['yes', 'not_a_decider', 'yes', 'not_a_decider', ...CLASSES];
const MANAGES = [...FOUR('not_a_manager'), ...CLASSES];
const MEMBERS = [...FOUR('yes'), ...CLASSES];
const ANYBODY = [...FOUR('yes'), 'other_team', 'yes', 'bot', 'deactivated'];
const LOOKS_IN = [
  'yes',
  'decides_nothing',
  'yes',
  'decides_nothing',
  'other_team',
  'decides_nothing',
  'bot',
  'deactivated',
];
const CONCERNED = [
  'yes',
  'yes',
  'yes',
  'not_concerned',
  'other_team',
  'not_concerned',
  'bot',
  'deactivated',
];
const only = (at: number, word: string) =>
  [...FOUR(word), 'other_team', word, 'bot', 'deactivated'].with(at, 'yes');

const asked = { requester: { name: 'agent', slack_user: 'U0BOB' } };
let made = 0;
const fresh = (what: string): string => `${what}-${(made += 1)}`;

type Kind = 'approval' | 'question' | 'comparison' | 'review';
const ITEMS: Record<Kind, (id: string, more: object) => object> = {
  approval: (id, more) => refund(id, { ...asked, ...more }),
  question: (id, more) =>
    question(id, {
      ...asked,
      domain: 'billing',
      proposal: 'No',
      options: [
        { id: 'yes', label: 'Yes' },
        { id: 'no', label: 'No' },
      ],
      ...more,
    }),
  comparison: (id, more) => ({
    ...{ id, kind: 'comparison', domain: 'billing', title: 'Which?', confidence: 0.3, impact: 4 },
    ...{
      candidates: [
        { id: 'a', text: 'A' },
        { id: 'b', text: 'B' },
      ],
      ...asked,
      ...more,
    },
  }),
  review: (id, more) => ({
    ...{ id, kind: 'review', domain: 'billing', title: 'Right?', confidence: 0.3, impact: 4 },
    ...{ proposal: 'The proposal', ...asked, ...more },
  }),
};

async function item(doors: Doors, kind: Kind = 'approval', more: object = {}) {
  const id = fresh(kind);
  await doors.desk.submit(ITEMS[kind](id, more));
  const card = await doors.desk.card(id);
  return { id, card };
}

const recordOf = (doors: Doors, id: string) =>
  doors.desk.pager.world.db
    .selectFrom('items')
    .select(['view_rev', 'status'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();

/** A click on a card of that kind; `then` brings the item to where the button matters. */
const click = (
  action_id: string,
  cells: readonly string[],
  did: Did,
  of: {
    kind?: Kind;
    more?: object;
    option?: string;
    door?: string;
    /** Of the item, from when it is put in. */
    ends_in_ms?: number;
  } = {},
  then?: (doors: Doors, id: string, user: string, card: Card) => Promise<unknown>,
): Row => ({
  door: `action ${of.door ?? action_id}`,
  cells,
  did,
  async make(doors, user) {
    const ends = of.ends_in_ms;
    const { id, card } = await item(doors, of.kind, {
      ...of.more,
      ...(ends ? { expires_at: new Date(doors.desk.clock.now() + ends).toISOString() } : {}),
    });
    const name = (await then?.(doors, id, user, card)) ?? action_id;
    const block_id = `item:${(await recordOf(doors, id)).view_rev}`;
    const { option } = of;
    return (by) =>
      doors.clicks(by, card, {
        action_id: String(name),
        block_id,
        ...(option ? { option } : { value: id }),
      });
  },
});

/** A form about an item is sent. */
const form = (
  callback_id: string,
  action: string,
  values: object,
  cells: readonly string[],
  of: { kind?: Kind; more?: object } = {},
  then?: (doors: Doors, id: string, user: string, card: Card) => Promise<object | void>,
): Row => ({
  door: `view ${callback_id}`,
  cells,
  did: 'changes',
  async make(doors, user) {
    const { id, card } = await item(doors, of.kind, of.more);
    const entered = (await then?.(doors, id, user, card)) ?? values;
    const { view_rev: version } = await recordOf(doors, id);
    const metadata = writeItemMetadata({ item_id: id, version, action });
    return (by) => doors.submits(by, callback_id, metadata, entered);
  },
});

const command = (word: string, rest: string, cells: readonly string[], did: Did): Row => ({
  door: `command /hitl ${word}`,
  cells,
  did,
  async make(doors) {
    const { id } = rest === 'ITEM' ? await item(doors) : { id: rest };
    return (by) => doors.types(by, `${word} ${id}`.trim());
  },
});

const ours = (doors: Doors, user: string) => ({ user, team: doors.desk.slack.teamId, name: user });

const infoAsked = async (doors: Doors, id: string): Promise<void> => {
  const erin = ours(doors, 'U0ERIN');
  const world = doors.desk.pager.world;
  const done = await askForInfo(world, { item_id: id, person: erin, question: 'Which one?' });
  if (done.done !== true) throw new Error(`not asked: ${JSON.stringify(done)}`);
};

const decided = async (doors: Doors, id: string): Promise<void> => {
  await doors.desk.until(
    `${id} is decided`,
    async () => (await recordOf(doors, id)).status === 'decided',
  );
  doors.desk.slack.workspace.stacks.clear();
};

const decidedByAlice = async (doors: Doors, id: string, _: string, card: Card): Promise<void> => {
  await doors.clicks('U0ALICE', card, { action_id: 'item_answer:1', value: id });
  await decided(doors, id);
};

const answeredByErin = async (doors: Doors, id: string, card: Card): Promise<string> => {
  await doors.clicks('U0ERIN', card, { action_id: 'item_answer:1', value: id });
  const found = await doors.desk.until('her opinion', () =>
    doors.desk.pager.world.db
      .selectFrom('opinions')
      .select('id')
      .where('item_id', '=', id)
      .executeTakeFirst(),
  );
  return found.id;
};

const passedStageOne = async (doors: Doors, id: string, _: string, card: Card): Promise<void> => {
  await doors.clicks('U0ERIN', card, { action_id: 'item_approve', value: id });
  await doors.desk.until(
    'the second stage is open',
    async () => (await recordOf(doors, id)).view_rev > 1,
  );
};

const STAGED = { more: { tags: ['staged'] } };
const BLIND = { kind: 'question', more: { tags: ['blind'] } } as const;
const TWO = { kind: 'question', more: { tags: ['two'] } } as const;

/** A click on something that is no item's card. */
const other = (
  action_id: string,
  cells: readonly string[],
  did: Did,
  value: (doors: Doors) => Promise<string>,
): Row => ({
  door: `action ${action_id}`,
  cells,
  did,
  async make(doors) {
    const { card } = await item(doors);
    // Not the card's own place: what is pressed is a button of another message.
    const at = { ...card, ts: '1700000000.000001' };
    const held = await value(doors);
    return (by) => doors.clicks(by, at, { action_id, value: held });
  },
});

const rawPayload = async (doors: Doors): Promise<string> => {
  const id = fresh('raw');
  await doors.desk.submit({ id, kind: 'no such kind' }, id);
  const row = await doors.desk.pager.world.db
    .selectFrom('raw_payloads')
    .select('id')
    .where('job_id', '=', id)
    .executeTakeFirstOrThrow();
  return row.id;
};

const frozen = async (doors: Doors): Promise<string> => {
  const { id } = await item(doors, 'approval', { title: `Refund ${fresh('x')}?` });
  const metadata = writeItemMetadata({
    item_id: id,
    version: (await recordOf(doors, id)).view_rev,
    action: 'reject',
  });
  const values = { rationale: text('Against the rules'), tags: choices('policy_violation') };
  await doors.submits('U0ALICE', 'decide_item', metadata, values);
  await decided(doors, id);
  return freezeId(id);
};

const overridden = async (doors: Doors): Promise<string> => {
  const { world } = doors.desk.pager;
  const starts_at = world.clock.now() + 86_400_000 + made * 60_000;
  const done = await overrideShift(world, {
    ...{ rotation: 'primary', slack_user: 'U0ALICE', starts_at, ends_at: starts_at + 60_000 },
    person: ours(doors, 'U0BOSS'),
  });
  if (done.done !== 'yes') throw new Error(`no override: ${JSON.stringify(done)}`);
  return done.override.id;
};

const nobodyOverridden = async (doors: Doors): Promise<void> => {
  const { world } = doors.desk.pager;
  for (const { id } of world.shifts.overrides())
    await cancelOverride(world, { id, person: ours(doors, 'U0BOSS') });
};

export const ROWS: readonly Row[] = [
  click('item_approve', DECIDES, 'changes'),
  click('item_reject', DECIDES, 'opens'),
  click('item_edit', DECIDES, 'opens'),
  click('item_answer:1', DECIDES, 'changes', {
    kind: 'question',
    door: '/^item_answer:\\d{1,2}$/',
  }),
  click('item_answer', DECIDES, 'opens', { kind: 'question' }),
  click('item_prefer:1', DECIDES, 'changes', {
    kind: 'comparison',
    door: '/^item_prefer:(\\d|tie)$/',
  }),
  click('item_claim', DECIDES, 'changes'),
  click('item_release', DECIDES, 'changes', {}, async (doors, item_id, user) => {
    await claimItem(doors.desk.pager.world, { item_id, person: ours(doors, user), take: true });
  }),
  click('item_details', MEMBERS, 'opens'),
  click('item_file', MEMBERS, 'uploads'),
  click('item_as_written', MEMBERS, 'pushes'),
  click('item_open', Array<string>(8).fill('yes'), 'nothing'),
  click('item_pass', only(1, 'not_paged'), 'changes'),
  click('item_escalate', DECIDES, 'opens'),
  click('item_more', DECIDES, 'opens', { option: 'item_snooze' }),
  click('item_more', DECIDES, 'opens', {
    option: 'item_approve_note',
    door: 'item_more | with a note',
  }),
  click('item_give_info', only(2, 'not_requester'), 'opens', {}, infoAsked),
  click('item_reopen', DECIDES, 'changes', { ends_in_ms: 60_000 }, async (doors, id) => {
    await doors.desk.advance('61s');
    await decided(doors, id);
  }),
  click('item_compare', only(0, 'others_decision'), 'opens', BLIND, decidedByAlice),
  click(
    'item_endorse',
    DECIDES,
    'changes',
    { ...TWO, door: '/^item_endorse:[0-9a-f-]{36}$/' },
    async (doors, id, _, card) => `item_endorse:${await answeredByErin(doors, id, card)}`,
  ),
  click('item_send_back', SECOND_STAGE, 'opens', STAGED, passedStageOne),
  other('freeze_lift', IN_DOMAIN, 'changes', frozen),
  other('override_cancel', only(0, 'not_your_override'), 'changes', overridden),
  other('raw_details', MEMBERS, 'opens', rawPayload),
  other('raw_close', IN_DOMAIN, 'changes', rawPayload),
  other('shift_calendar', ANYBODY, 'opens', async () => 'primary Europe/Berlin'),
  other('stats_share', LOOKS_IN, 'posts', async (doors) => {
    const to = doors.desk.clock.now();
    return JSON.stringify({ from: to - 86_400_000, to, domain: null, by: 'domain' });
  }),
  other('thresholds_draft', MANAGES, 'opens', async () => '{"domain":"billing","above":0.9}'),
  other('digest_next', DECIDES, 'changes', async (doors) => {
    for (let count = 0; count < 3; count += 1)
      await doors.desk.submit(refund(fresh('behind'), { ...asked, domain: 'line' }));
    return 'line';
  }),
  form(
    'decide_item',
    'reject',
    { rationale: text('It is wrong'), tags: choices('factual') },
    DECIDES,
  ),
  form('escalate_item', 'escalate', { reason: text('Too hard for me') }, DECIDES),
  form('reassign_item', 'reassign', { to: someone('U0ERIN'), words: text('yours') }, DECIDES),
  form('snooze_item', 'snooze', { snooze: choice('1h') }, DECIDES),
  form('need_info', 'need_info', { question: text('Which one?') }, DECIDES),
  form(
    'give_info',
    'give_info',
    { answer: text('This one') },
    only(2, 'not_requester'),
    {},
    infoAsked,
  ),
  form('own_words', 'answer', { answer: text('My own') }, DECIDES, {
    kind: 'review',
    more: { tags: ['blind'] },
  }),
  form(
    'compare_blind',
    'compare',
    { compared: choice('same') },
    only(0, 'others_decision'),
    BLIND,
    decidedByAlice,
  ),
  form('endorse_answer', 'endorse', {}, DECIDES, TWO, async (doors, id, _, card) => ({
    same: choice(await answeredByErin(doors, id, card)),
  })),
  form(
    'send_back',
    'send_back',
    { rationale: text('Look again') },
    SECOND_STAGE,
    STAGED,
    passedStageOne,
  ),
  {
    door: 'view ask_expert',
    cells: ANYBODY,
    did: 'changes',
    make: async (doors) => (by) =>
      doors.submits(by, 'ask_expert', '{}', { domain: choice('billing'), question: text('Why?') }),
  },
  {
    door: 'shortcut escalate_global',
    cells: ANYBODY,
    did: 'opens',
    make: async (doors) => (by) => doors.escalates(by, null),
  },
  {
    door: 'shortcut escalate_message',
    cells: ANYBODY,
    did: 'opens',
    make: async (doors) => {
      const { card } = await item(doors);
      return (by) => doors.escalates(by, card);
    },
  },
  command('ask', 'why so?', ANYBODY, 'opens'),
  command('queue', '', LOOKS_IN, 'answers'),
  command('oncall', '', ANYBODY, 'answers'),
  command('why', 'ITEM', CONCERNED, 'answers'),
  command('audit', 'ITEM', CONCERNED, 'answers'),
  command('stats', '', LOOKS_IN, 'answers'),
  command('thresholds', 'billing', MANAGES, 'answers'),
  command('digest', '', MANAGES, 'answers'),
  command('freezes', '', ANYBODY, 'answers'),
  command('help', '', Array<string>(8).fill('yes'), 'answers'),
  command('pause', 'all too risky', MANAGES, 'changes'),
  command('resume', 'all', MANAGES, 'changes'),
  command('export', 'items', MANAGES, 'changes'),
  command('quiet', '22:00-07:00', ANYBODY, 'changes'),
  command('override', 'primary <@U0ALICE> for 2h', only(0, 'not_in_rotation'), 'changes'),
  {
    door: 'action shift_take',
    cells: only(0, 'not_in_rotation'),
    did: 'changes',
    async make(doors) {
      await nobodyOverridden(doors);
      const { card } = await item(doors);
      return (by) => doors.clicks(by, card, { action_id: 'shift_take', value: 'primary' });
    },
  },
  {
    door: 'event app_mention',
    cells: DECIDES,
    did: 'changes',
    async make(doors) {
      const { card } = await item(doors, 'question');
      return (by) => doors.replies(by, card, 'Yes, it does');
    },
  },
  {
    door: 'event app_mention | where an expert asked back',
    cells: only(2, 'not_requester'),
    did: 'changes',
    async make(doors) {
      const ts = `1700000001.${String((made += 1)).padStart(6, '0')}`;
      const thread = { channel: 'C0GENERAL', ts };
      const { id } = await item(doors, 'approval', { thread });
      await infoAsked(doors, id);
      return (by) => doors.replies(by, thread, 'This one');
    },
  },
];
