/**
 * What a person does in Slack that changes something, as one record: it can be carried out at once, or stored and
 * carried out once Slack has said who somebody is, or who is in a user group. Every act ends in a visible answer: a card that changes, or a
 * private note.
 */
import type { Where } from '../access/where.ts';
import type { Snooze } from '../../policies/schedule/snooze.ts';
import { readKept, writeJson } from '../domain/exact-json.ts';
import type { ActedOn } from '../access/act-on-item.ts';
import type { AskedChange } from './asked-change.ts';
import { askForInfo } from '../ladder/ask-for-info.ts';
import type { Person, Refused } from '../access/refused.ts';
import { compareBlind, keepOwnWords } from '../group-review/compare-blind.ts';
import { claimItem } from './claim-item.ts';
import { decideItem } from './decide-item.ts';
import type { Compared, Decision, ItemRecord } from '../domain/decision.ts';
import { liftFreeze } from '../containment/freeze.ts';
import { closeRejectedPayload } from '../intake/rejected-payloads.ts';
import type { Verdict } from '../domain/lifecycle.ts';
import { escalateItem } from '../ladder/escalate-item.ts';
import { giveInfoInSlack } from '../ladder/give-info.ts';
import { showNext } from '../backlog/show-next.ts';
import { passItem } from '../ladder/pass-item.ts';
import type { Seen } from '../outbox/seen-view.ts';
import { reassignItem } from '../ladder/reassign-item.ts';
import { reopenItem } from './reopen-item.ts';
import { snoozeItem } from '../ladder/snooze-item.ts';
import { sendBack } from '../group-review/send-back.ts';
import { note, drawCardsAgain } from '../outbox/enqueue.ts';
import { deleteClick, insertClick, waitingClicks } from '../store/clicks.ts';
import { seeOnce } from '../store/seen-messages.ts';
import type { World } from '../world/world.ts';

export type Act = { person: Person; where: Where } & (
  | ({
      act: 'decide';
      item_id: string;
      verdict: Verdict;
      seen_rev: number | null;
      compared?: Compared;
    } & Seen)
  | ({ act: 'own_words'; item_id: string; answer: string; seen_rev: number } & Seen)
  | { act: 'compare'; item_id: string; compared: Compared }
  | { act: 'claim' | 'release' | 'pass' | 'reopen'; item_id: string }
  | { act: 'escalate'; item_id: string; reason: string }
  | { act: 'reassign'; item_id: string; to: string; words: string | null }
  | { act: 'snooze'; item_id: string; snooze: Snooze }
  | { act: 'need_info'; item_id: string; question: string }
  | { act: 'give_info'; item_id: string; answer: string }
  | ({ act: 'send_back'; item_id: string; rationale: string; seen_rev: number } & Seen)
  | { act: 'show_next'; domain: string }
  | { act: 'close_raw'; raw_id: string }
  | { act: 'lift_freeze'; freeze_id: string }
);

export type Acted =
  /** `unseen`: what was done does not show on the card, and is told. */
  | { acted: 'done'; unseen?: boolean }
  | { acted: 'refused'; refusal: Refused; record: ItemRecord | null; decision: Decision | null }
  /** Slack must be asked about these user groups and people first. */
  | { acted: 'unknown'; look: string[] };

/** Carries an act out with what is known now. */
export async function runAct(world: World, act: Act): Promise<Acted> {
  switch (act.act) {
    case 'decide':
      return actedOf(
        await decideItem(world, {
          item_id: act.item_id,
          person: act.person,
          verdict: act.verdict,
          seen_rev: act.seen_rev ?? undefined,
          card_id: act.card_id,
          shown_json: act.shown_json,
          compared: act.compared,
        }),
      );
    case 'own_words':
      return actedOf(await keepOwnWords(world, act));
    case 'send_back':
      return actedOf(await sendBack(world, act));
    case 'compare':
      return actedOf(await compareBlind(world, act));
    case 'claim':
    case 'release':
      return actedOf(
        await claimItem(world, {
          item_id: act.item_id,
          person: act.person,
          take: act.act === 'claim',
        }),
      );
    case 'pass':
      return actedOf(await passItem(world, { item_id: act.item_id, person: act.person }));
    case 'reopen':
      return actedOf(await reopenItem(world, act));
    case 'escalate':
      return actedOf(await escalateItem(world, act));
    case 'reassign':
      return actedOf(await reassignItem(world, act));
    case 'snooze':
      return actedOf(await snoozeItem(world, act));
    case 'need_info':
      return actedOf(await askForInfo(world, act));
    case 'give_info':
      return actedOf(await giveInfoInSlack(world, act));
    case 'show_next':
      return actedOf(await showNext(world, act));
    case 'close_raw':
      return actedOf(await closeRejectedPayload(world, act.raw_id, act.person));
    case 'lift_freeze':
      return actedOf(await liftFreeze(world, act));
    default:
      return act satisfies never;
  }
}

function actedOf(done: ActedOn<{ done: true; unseen?: boolean }>): Acted {
  if (done.done === true) return { acted: 'done', unseen: done.unseen };
  if (done.done === false)
    return {
      acted: 'refused',
      refusal: done.refusal,
      record: done.record,
      decision: done.decision,
    };
  return { acted: 'unknown', look: done.look };
}

/** Keeps an act that must wait for Slack. Returns the id to settle it by. */
export async function keepAct(world: World, act: Act): Promise<string> {
  const id = world.ids.uuid();
  await world.commit((unit) =>
    insertClick(unit.db, { id, received_at: unit.now, click_json: writeJson(act) }),
  );
  return id;
}

/** Keeps an act that came by a message, unless that message was taken in before. Returns the id to settle it by, or null. */
export async function keepHeard(
  world: World,
  act: Act,
  message: { channel: string; ts: string },
): Promise<string | null> {
  const id = world.ids.uuid();
  return world.commit(async (unit) => {
    if (!(await seeOnce(unit.db, message.channel, message.ts, unit.now))) return null;
    await insertClick(unit.db, { id, received_at: unit.now, click_json: writeJson(act) });
    return id;
  });
}

/** Answers a message that asks for nothing to be done, unless it was taken in before. */
export async function answerHeard(
  world: World,
  asked: Pick<Act, 'person' | 'where'>,
  message: { channel: string; ts: string },
  words: string,
): Promise<void> {
  await world.commit(async (unit) => {
    if (await seeOnce(unit.db, message.channel, message.ts, unit.now))
      await note(world, unit, { ...asked.where, user: asked.person.user }, words);
  });
}

/** It has been carried out, or refused: its note (if any) and its end are one write. */
export async function settleAct(
  world: World,
  id: string | null,
  act: Pick<Act, 'person' | 'where'>,
  words: string | null,
): Promise<void> {
  await world.commit(async (unit) => {
    if (id !== null) await deleteClick(unit.db, id);
    if (words !== null) await note(world, unit, { ...act.where, user: act.person.user }, words);
  });
}

/** Acts that an earlier process kept and did not settle. */
export async function keptActs(world: World): Promise<{ id: string; act: Act }[]> {
  return (await waitingClicks(world.db)).flatMap(({ id, click_json }) => {
    // What is stored there is one, or what was asked for by a command.
    const act = readKept(click_json) as Act | AskedChange;
    return 'act' in act ? [{ id, act }] : [];
  });
}

/** The card a person clicked is out of date: it is drawn again, so that what they see is what is. */
export async function refreshCards(world: World, record: ItemRecord): Promise<void> {
  await world.commit(async (unit) => {
    await drawCardsAgain(world, unit, record);
  });
}
