/** "Need info": whoever asked is asked back, where they asked and by their callback; the item's clocks stop until they answer, for a day at most. */
import { actOnItem, type ActedOn } from '../access/act-on-item.ts';
import type { Person } from '../access/refused.ts';
import { saltedDigest } from '../domain/hash.ts';
import { say, sendInfoRequest, drawCardsAgain, sayOnCard } from '../outbox/enqueue.ts';
import { stopClocks } from './stop-clocks.ts';
import { askerOf } from '../outcome/end-item.ts';
import { infoRequestsOf, insertInfoRequest } from '../store/info-requests.ts';
import { promoteItem } from '../backlog/promote-item.ts';
import type { World } from '../world/world.ts';

/** Whoever asked has this long; then the clocks go on. */
const LONGEST_MS = 24 * 3_600_000;

export const askForInfo = (
  world: World,
  asked: { item_id: string; person: Person; question: string },
): Promise<ActedOn> =>
  actOnItem(world, asked, 'need_info', async (unit, record) => {
    const waiting = (await infoRequestsOf(unit.db, record.id)).find((one) => one.answer === null);
    if (waiting) return { refused: 'asked_already', by: waiting.asked_by };
    const to = await askerOf(unit, record);
    const callback = record.item?.callback?.url ?? null;
    if (to === null && callback === null) return { refused: 'nobody_to_ask' };
    const id = world.ids.uuid();
    const by = asked.person.user;
    const salt = world.ids.salt();
    await insertInfoRequest(unit.db, {
      id,
      item_id: record.id,
      asked_by: by,
      question: asked.question,
      salt,
      asked_at: unit.now,
    });
    const until = unit.now + LONGEST_MS;
    await stopClocks(world, unit, record, { kind: 'info', by, until });
    await unit.audit({
      event: 'item.info_requested',
      item_id: record.id,
      facts: {
        slack_user: by,
        info_id: id,
        question_digest: saltedDigest(salt, asked.question),
      },
    });
    if (to !== null) await say(world, unit, record, to, { line: 'info_requested', info_id: id });
    if (callback !== null) await sendInfoRequest(world, unit, record, id, callback);
    await promoteItem(world, unit, record, { because: 'taken_up', by });
    await sayOnCard(world, unit, record, { line: 'info_asked', info_id: id });
    await drawCardsAgain(world, unit, record);
    return { done: true };
  });
