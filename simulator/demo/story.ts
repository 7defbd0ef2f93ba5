/**
 * The story of the demo: six things an AI does, and what people in Slack make of the five they are asked about. First the
 * script, then how it is played.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Item, Outcome } from '../../src/domain/item.ts';
import type { Message, Slack } from '../slack/slack.ts';
import type { Agent } from './agent.ts';
import { cardOf, isOpen } from './cards.ts';
import { does, PATIENCE_MS, preferButton, type Deed } from './user-actions.ts';
import * as items from './sample-items.ts';
import type { Terminal } from './terminal.ts';

/** The least that a person takes between seeing and doing, in ms. */
const GLANCE_MS = 100;

interface Step {
  /** By name, as in the workspace. */
  who: string;
  /** What one sees them do: "Alice presses …" without the name. */
  told: string;
  deed: Deed;
  /** What must come of it: the item ends and its card says so, or only this person is told why not. */
  brings: 'decision' | 'note';
  /** They press what the card showed before it was decided. */
  late?: boolean;
}

interface Scene {
  title: string;
  /** What the AI is at, and why it asks. */
  before: string;
  item: Item;
  steps: Step[];
  ends: Outcome;
  /** What the AI does with the result. */
  after: string;
}

export const SCENES: Scene[] = [
  {
    title: 'Nobody needs to be asked',
    before:
      'The support agent wants to send a customer the guide to resetting a password. It is 97 % sure, and little can go wrong, so the policy lets it through. No card, no ping.',
    item: items.resetGuide,
    steps: [],
    ends: 'auto_approved',
    after: 'The agent sends the guide. That the policy decided, and by which rule, is on record.',
  },
  {
    title: 'One click',
    before:
      'The same agent has drafted a reply, and is 55 % sure of it. Below 60 % the policy asks a person: whoever knows support.',
    item: items.transferReply,
    steps: [
      {
        who: 'carol',
        told: 'reads it and presses [Approve]. That is all.',
        deed: { does: 'approve' },
        brings: 'decision',
      },
    ],
    ends: 'approved',
    after: 'The agent sends its reply as it stands.',
  },
  {
    title: 'Right idea, wrong amount',
    before:
      'The billing agent would pay all of it back. The bank account is masked: the card needs no secret to be decided.',
    item: items.refund,
    steps: [
      {
        who: 'oscar',
        told: 'is in the channel, but no billing expert. He presses [Approve] all the same.',
        deed: { does: 'approve' },
        brings: 'note',
      },
      {
        who: 'alice',
        told: 'presses [Edit]. In the form she changes the amount from 240 to 180, and says why.',
        deed: {
          does: 'edit',
          change: { amount: 180 },
          why: 'Three of twelve months were used: nine are paid back (terms, 4.2).',
        },
        brings: 'decision',
      },
      {
        who: 'bob',
        told: 'still has the old card on his screen, and presses [Approve] a moment too late.',
        deed: { does: 'approve' },
        brings: 'note',
        late: true,
      },
    ],
    ends: 'edited',
    after:
      'The agent runs refund with 180, to the real account. Of any number of clicks, exactly one counts.',
  },
  {
    title: 'No, and why not',
    before:
      'A savings agent answers a question about tax. It is 71 % sure, but a mistake would be grave (8 of 10), so the policy asks compliance, and soon.',
    item: items.taxReply,
    steps: [
      {
        who: 'erin',
        told: 'presses [Reject]. A form asks why, and what was wrong; both go back to the AI.',
        deed: {
          does: 'reject',
          why: 'This is tax advice, which we may not give. Say so, and point to a tax adviser.',
          tag: 'policy_violation',
        },
        brings: 'decision',
      },
    ],
    ends: 'rejected',
    after: 'The agent does not send it, and learns from a reason instead of a bare no.',
  },
  {
    title: 'What the AI does not know',
    before:
      'Its sources disagree, and it is 31 % sure. It offers two prepared answers, but does not know which is true.',
    item: items.warranty,
    steps: [
      {
        who: 'carol',
        told: 'finds that neither is right, and just replies in the thread, mentioning the bot: “@pager Only if…”',
        deed: {
          does: 'reply',
          text: 'Only if the cover of the charging port was closed. Ask for a photo of it; if it looks dry inside, we replace them.',
        },
        brings: 'decision',
      },
    ],
    ends: 'answered',
    after: 'The agent answers its customer in those words.',
  },
  {
    title: 'Which is better?',
    before:
      'Two drafts for an angry customer. Which of them stands first is shuffled for each item, so that being first wins nothing.',
    item: items.apology,
    steps: [
      {
        who: 'bob',
        told: 'takes the one that says sorry and says when the money comes.',
        deed: { does: 'press', button: preferButton(items.apology, 'direct') },
        brings: 'decision',
      },
    ],
    ends: 'preferred',
    after: 'The agent sends that one; the pair is worth keeping for training.',
  },
];

export interface Stage {
  slack: Slack;
  agent: Agent;
  terminal: Terminal;
  /** Between two things, for a person to read; resolves at once where nobody watches. */
  pause(): Promise<void>;
  signal: AbortSignal;
}

/** Plays every scene. Rejects, naming the scene, where anything does not come or does not end as written. */
export async function playStory(stage: Stage): Promise<void> {
  for (const [at, scene] of SCENES.entries()) {
    if (stage.signal.aborted) return;
    stage.terminal.heading(`${at + 1} of ${SCENES.length}: ${scene.title}`);
    try {
      await playScene(stage, scene);
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new Error(`"${scene.title}" went wrong: ${why}`, { cause });
    }
  }
  const [problem] = stage.slack.problems;
  if (problem) throw new Error(`Slack would have minded (${problem.kind}): ${problem.message}`);
}

async function playScene(stage: Stage, scene: Scene): Promise<void> {
  const { slack, agent, terminal, signal } = stage;
  const { item } = scene;
  terminal.prose(scene.before);
  await stage.pause();

  const asked = await agent.asks(item);
  const { confidence = 0, impact = 10 } = item;
  terminal.happens(
    'The AI',
    `puts in ${item.id}: ${item.kind}, confidence ${confidence}, impact ${impact} of 10`,
  );
  terminal.answers(
    asked.status === 'decided'
      ? `rule “${asked.rule}”: nobody is asked`
      : `rule “${asked.rule}”: a person is asked; the AI waits (GET /v1/items/${item.id}?wait=30)`,
  );
  const hearing = agent.hears(item.id, signal);
  // Looked at below; a scene that goes wrong before must not leave it unheard.
  hearing.catch(() => {});

  if (scene.steps.length > 0) {
    const card = await slack.until(
      () => cardOf(slack, item.id),
      patience(`a card for ${item.id} in Slack`),
    );
    terminal.card(card, `#${slack.nameOf(card.channel)}`);
    await stage.pause();
    for (const step of scene.steps) await playStep(stage, card, step);
  }

  const result = await within(hearing, `the result of ${item.id}`);
  if (!result) return;
  if (result.outcome !== scene.ends)
    throw new Error(`${item.id} ended ${result.outcome}, not ${scene.ends}`);
  terminal.happens('The AI', 'receives (without the ids, times and digests that come with it):');
  const told = Object.entries(result).filter(([name]) => TOLD.has(name));
  terminal.record({ ...Object.fromEntries(told), policy: { rule: result.policy.rule } });
  terminal.good(scene.after);
  await stage.pause();
}

/** What of a result is shown. */
const TOLD = new Set('outcome answer action choice rationale error_tags decided_by'.split(' '));

/** @param first the card as it came */
async function playStep(stage: Stage, first: Message, step: Step): Promise<void> {
  const { slack, terminal } = stage;
  const person = slack.user(step.who);
  const now = () => slack.message(first.channel, first.ts) ?? first;
  // Nobody reads a card and answers it within the same millisecond.
  await sleep(GLANCE_MS, undefined, { signal: stage.signal });
  const notes = () => slack.ephemerals(first.channel, step.who);
  const before = notes().length;

  terminal.happens(nameOf(step.who), step.told);
  const errors = await does(slack, person, step.deed, step.late ? first : now());
  if (errors) throw new Error(`the form was not taken: ${JSON.stringify(errors)}`);
  switch (step.brings) {
    case 'note': {
      const note = await slack.until(
        () => notes()[before],
        patience(`a private note to ${step.who}`),
      );
      terminal.note(nameOf(step.who), note.text);
      break;
    }
    case 'decision':
      await slack.until(() => !isOpen(now()), patience('the card to say how it ended'));
      terminal.card(now(), `#${slack.nameOf(first.channel)}, the same card a moment later`);
      break;
    default:
      step.brings satisfies never;
  }
  await stage.pause();
}

/** As the script's reader knows them. */
const nameOf = (who: string): string => who.charAt(0).toUpperCase() + who.slice(1);

const patience = (what: string) => ({ timeout_ms: PATIENCE_MS, what });

/** What was promised, or an error that names it once patience has run out. */
async function within<T>(promised: Promise<T>, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`not within ${PATIENCE_MS} ms: ${what}`)),
      PATIENCE_MS,
    );
  });
  return Promise.race([promised, late]).finally(() => clearTimeout(timer));
}
