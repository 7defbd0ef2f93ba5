/**
 * The steps of the ladder as a crash finds them: each in a domain, a channel and with people of its own, so that all
 * can be under way at the same moment; how it is brought about, and what is to be seen of it afterwards, once.
 */
import type { Seed } from '../../simulator/slack/seed.ts';
import type { Message, Outcome, Person, startSlack } from '../../simulator/slack/slack.ts';
import { messageAsText } from '../../simulator/slack/text.ts';

type Slack = Awaited<ReturnType<typeof startSlack>>;
type Submitted = Awaited<ReturnType<Person['submits']>>;

/** One step of one item, in one round. */
export interface Scene {
  slack: Slack;
  step: Step;
  id: string;
  /** What was posted before this is of an earlier round. */
  since: string;
  /** Puts the item in, or another of its step, and waits until it is taken. */
  put(id?: string): Promise<void>;
  /** Whose shift it is from the next hour on, and whose it was: 'a' or 'b'. */
  shift: { to: Who; from: Who };
  /** The hour it is, UTC. */
  hour: number;
}

type Who = 'a' | 'b' | 'c' | 'r';
export interface Seen {
  /** In the thread of the card, or in somebody's DM. */
  where: 'thread' | Who;
  says: string;
}

export interface Step {
  name: string;
  rungs: string;
  /** Somebody asked for it, and is told and asked in a DM. */
  requester?: true;
  /** How many cards the channel shows at once; absent: all. */
  open_limit?: number;
  /** Up to where the step is about to happen; the item put in and paged where nothing is said. */
  prepare?(scene: Scene): Promise<void>;
  /** What somebody does to bring it about; where nothing is said, time does. */
  deed?: {
    open?(scene: Scene): Promise<void>;
    does(scene: Scene): Promise<Outcome | Submitted | null>;
  };
  seen(scene: Scene): Seen[];
}

const FIRST = '{level: 1, notify: [A], decide_within: 55m}';
const SECOND = '{level: 2, notify: [B], decide_within: 1h}';

export const STEPS: readonly Step[] = [
  {
    name: 'page',
    rungs: FIRST,
    prepare: () => Promise.resolve(),
    seen: () => [
      { where: 'a', says: 'needs you' },
      { where: 'thread', says: 'this one is for you' },
    ],
  },
  {
    name: 'remind',
    rungs: '{level: 1, notify: [A], decide_within: 40m, remind_at: [50%]}',
    seen: () => [{ where: 'thread', says: 'left, until' }],
  },
  {
    name: 'climb',
    rungs: `{level: 1, notify: [A], claim_within: 20m, decide_within: 55m}, {level: 2, notify: [B, channel], decide_within: 1h}`,
    seen: () => [
      { where: 'thread', says: 'Nobody claimed this in time' },
      { where: 'b', says: 'needs you' },
    ],
  },
  {
    name: 'letgo',
    rungs: `{level: 1, notify: [A], decide_within: 20m}, ${SECOND}`,
    async prepare(scene) {
      await paged(scene);
      await who(scene, 'a').clicks('Claim').on(card(scene));
      await scene.slack.until(() => words(scene, card(scene)).includes('Claimed by'));
    },
    seen: () => [
      { where: 'thread', says: 'ran out of time, so the claim is released' },
      { where: 'b', says: 'needs you' },
    ],
  },
  {
    name: 'snooze',
    rungs: FIRST,
    async prepare(scene) {
      await paged(scene);
      await form(scene, 'Snooze', 'Snooze', { snooze: '15 minutes' });
      await who(scene, 'a').submits();
      await scene.slack.until(() => count(scene, { where: 'thread', says: 'snoozed this' }) === 1);
    },
    seen: () => [{ where: 'thread', says: 'the snooze is over' }],
  },
  {
    name: 'quiet',
    rungs: FIRST,
    async prepare(scene) {
      const notes = scene.slack.ephemerals(undefined, id(scene, 'a')).length;
      const hours = `${scene.hour}:00-${(scene.hour + 1) % 24}:00`;
      await who(scene, 'a').types(`/hitl quiet ${hours}`, { channel: channel(scene.step) });
      await scene.slack.until(
        () => scene.slack.ephemerals(undefined, id(scene, 'a')).length > notes,
      );
      await scene.put();
      await scene.slack.until(() => count(scene, { where: 'thread', says: 'quiet hours' }) === 1);
    },
    seen: () => [
      { where: 'thread', says: 'waited for the end of your quiet hours' },
      { where: 'a', says: 'needs you' },
    ],
  },
  {
    name: 'escalate',
    rungs: `${FIRST}, ${SECOND}`,
    deed: {
      open: (scene) => form(scene, 'Escalate', 'Escalate now', { reason: 'I am not sure' }),
      does: (scene) => who(scene, 'a').submits(),
    },
    seen: () => [
      { where: 'thread', says: 'escalated this' },
      { where: 'b', says: 'needs you' },
    ],
  },
  {
    name: 'pass',
    rungs: `${FIRST}, ${SECOND}`,
    deed: {
      does: (scene) =>
        who(scene, 'a')
          .clicks('I can’t')
          .on(found(scene, { where: 'a', says: 'needs you' })[0] as Message),
    },
    seen: () => [
      { where: 'thread', says: 'can’t take this one' },
      { where: 'b', says: 'needs you' },
    ],
  },
  {
    name: 'reassign',
    rungs: FIRST,
    deed: {
      open: (scene) =>
        form(scene, 'Reassign', 'Give it to somebody', { to: id(scene, 'c'), words: 'Please' }),
      does: (scene) => who(scene, 'a').submits(),
    },
    seen: () => [
      { where: 'thread', says: 'gives this one to' },
      { where: 'c', says: 'needs you' },
    ],
  },
  {
    name: 'info',
    rungs: FIRST,
    requester: true,
    deed: {
      open: (scene) => form(scene, 'Need info', 'Need info', { question: 'Which invoice?' }),
      does: (scene) => who(scene, 'a').submits(),
    },
    seen: () => [
      { where: 'thread', says: 'asked whoever wants this' },
      { where: 'r', says: 'wants to know' },
    ],
  },
  {
    name: 'forward',
    rungs: FIRST,
    open_limit: 1,
    async prepare(scene) {
      const first = { ...scene, id: firstOf(scene) };
      await paged({ ...first, put: () => scene.put(first.id) });
      await scene.put();
      await scene.slack.until(() =>
        scene.slack
          .messages(channel(scene.step))
          .some((one) => words(scene, one).includes(scene.id) && one.text.includes('waiting')),
      );
    },
    deed: { does: (scene) => approve({ ...scene, id: firstOf(scene) }) },
    seen: () => [
      { where: 'a', says: 'needs you' },
      { where: 'thread', says: 'this one is for you' },
    ],
  },
  {
    name: 'handoff',
    rungs: '{level: 1, notify: ["oncall:handoff"], decide_within: 55m}',
    async prepare(scene) {
      await scene.put();
      await scene.slack.until(
        () => count(scene, { where: scene.shift.from, says: 'needs you' }) === 1,
      );
    },
    seen: ({ shift }) => [
      { where: shift.to, says: 'You are on call' },
      { where: shift.from, says: 'You are off call' },
    ],
  },
  {
    name: 'service',
    rungs:
      '{level: 1, notify: [A], decide_within: 20m}, {level: 2, notify: ["pagerduty:OPS"], decide_within: 1h}',
    seen: () => [{ where: 'thread', says: 'I called PagerDuty too' }],
  },
  {
    name: 'end',
    rungs: '{level: 1, notify: [A], decide_within: 20m}',
    requester: true,
    seen: () => [{ where: 'r', says: 'Expired' }],
  },
];

const person = (step: Step, who: Who): string => `U${step.name}${who}`.toUpperCase();
const id = ({ step }: Scene, who: Who): string => person(step, who);
const who = (scene: Scene, one: Who): Person => scene.slack.user(id(scene, one));
/** What the item of a scene waits behind. */
const firstOf = ({ id }: Scene): string => `${id}-first`;
export const channel = (step: Step): string => `C${step.name}`.toUpperCase();

/** The item of a scene, as a producer puts it in. */
export const itemOf = ({ step, id }: Pick<Scene, 'step' | 'id'>) => ({
  id,
  kind: 'approval',
  domain: step.name,
  title: `Refund of ${id}!`,
  action: { name: 'refund', args: { amount: 240 } },
  confidence: 0.4,
  impact: 5,
  ...(step.requester ? { requester: { name: 'bot', slack_user: person(step, 'r') } } : {}),
});

export const POLICY = `version: 1
default_domain: page
timezone: UTC
operators_channel: C0OPS
managers: [U0BOSS]
rotations:
  handoff: {timezone: UTC, start: "2026-01-01T00:00", shift: 1h, people: [UHANDOFFA, UHANDOFFB], usergroup: S0ONCALL}
ladders:
${STEPS.map(
  (step) => `  ${step.name}:
    rungs: [${step.rungs.replaceAll(/\b([AB])\b/g, (_all, one: 'A' | 'B') => person(step, one === 'A' ? 'a' : 'b'))}]
    at_the_end: expired`,
).join('\n')}
domains:
${STEPS.map(
  (step) =>
    `  ${step.name}: {title: Desk, channel: ${channel(step)}, ladder: ${step.name}, deciders: [${(['a', 'b', 'c'] as const).map((one) => person(step, one)).join(', ')}]${step.open_limit ? `, open_limit: ${step.open_limit}` : ''}}`,
).join('\n')}
rules: []
otherwise: {ask: {}}
`;

export const WORKSPACE: Seed = {
  users: [
    ...STEPS.flatMap((step) =>
      (['a', 'b', 'c', 'r'] as const).map((one) => ({
        id: person(step, one),
        name: `${step.name}-${one}`,
      })),
    ),
    { id: 'U0BOSS', name: 'mia' },
  ],
  channels: [
    ...STEPS.map((step) => ({
      id: channel(step),
      name: step.name,
      members: (['a', 'b', 'c'] as const).map((one) => person(step, one)),
    })),
    { id: 'C0OPS', name: 'pager-ops' },
  ],
  usergroups: [{ id: 'S0ONCALL', handle: 'on-call', users: ['UHANDOFFA'] }],
};

/** The item is put in and whoever has it is paged. */
export async function paged(scene: Scene): Promise<void> {
  await scene.put();
  await scene.slack.until(
    () =>
      count(scene, { where: 'a', says: 'needs you' }) === 1 &&
      count(scene, { where: 'thread', says: 'this one is for you' }) === 1,
  );
}

/** Opens a form of the card and fills it in. */
async function form(
  scene: Scene,
  button: string,
  title: string,
  values: Record<string, string>,
): Promise<void> {
  const alice = who(scene, 'a');
  if (alice.sees().top) await alice.closes({ all: true });
  await alice.clicks(button).on(card(scene));
  await scene.slack.until(() => alice.sees().top?.title?.text === title);
  alice.fills(values);
}

export function cards({ slack, step, id }: Pick<Scene, 'slack' | 'step' | 'id'>): Message[] {
  return slack.messages(channel(step)).filter(
    (one) =>
      (one.thread_ts === undefined || one.thread_ts === one.ts) &&
      // The digest card of a channel names what waits, and is nobody's.
      !JSON.stringify(one.blocks).includes('digest_next') &&
      JSON.stringify(one.blocks).includes(`Refund of ${id}!`),
  );
}

function card(scene: Scene): Message {
  const [first] = cards(scene);
  if (!first) throw new Error(`${scene.id} has no card`);
  return first;
}

const words = ({ slack }: Scene, message: Message): string =>
  messageAsText(message, { now: slack.workspace.clock.now(), timezone: 'UTC', width: 5000 });

/** Where it was said, in this round. A DM of a page is about the item; a handoff is about nothing but the shift. */
function found(scene: Scene, { where, says }: Seen): Message[] {
  const { slack } = scene;
  const said = (message: Message) => words(scene, message).includes(says);
  if (where === 'thread') {
    const under = new Set(cards(scene).map((one) => one.ts));
    return slack
      .messages(channel(scene.step))
      .filter((one) => one.thread_ts && one.thread_ts !== one.ts && under.has(one.thread_ts))
      .filter(said);
  }
  return slack
    .dm(id(scene, where))
    .filter((one) => one.ts > scene.since && said(one))
    .filter(
      (one) =>
        says.includes('call') || JSON.stringify(one.blocks).includes(`Refund of ${scene.id}!`),
    );
}

/** How often that was said. */
export const count = (scene: Scene, seen: Seen): number => found(scene, seen).length;

/** Somebody approves it, where it is still to be decided. */
export async function approve(scene: Scene): Promise<Outcome | null> {
  const one = cards(scene)[0];
  return one && JSON.stringify(one.blocks).includes('item_approve')
    ? who(scene, 'c').clicks('Approve').on(one)
    : null;
}
