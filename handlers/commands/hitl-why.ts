/** `/hitl why ITEM`: why a person was asked, and what has happened since; for those concerned. */
import { plainMessage } from '../../blocks/messages/plain-message.ts';
import type { Message } from '../../blocks/text/message.ts';
import { whyText } from '../../blocks/messages/why.ts';
import { itemFacts, pagedEver } from '../../src/access/authorise.ts';
import type { Person } from '../../src/access/refused.ts';
import type { ItemRecord } from '../../src/domain/decision.ts';
import { shownItem } from '../../src/items/shown-item.ts';
import { historyOf } from '../../src/items/history-of.ts';
import type { HandlerContext } from '../context/handler-context.ts';
import { maySeeNow, wordsFor, type Settled } from '../context/ask-whether.ts';

export async function showWhy(desk: HandlerContext, person: Person, id: string): Promise<Message> {
  if (id === '')
    return plainMessage('Which item? `/hitl why ITEM`, with the id at the foot of its card.');
  const shown = await shownItem(desk.world, id);
  const may = await concerned(desk, person, shown?.record ?? null);
  if (may.may === 'no') return plainMessage(wordsFor(desk, may.refusal, person));
  if (!shown) return plainMessage(wordsFor(desk, { refused: 'not_concerned' }, person));
  return whyText({ ...shown, history: await historyOf(desk.world, id) });
}

/**
 * Whether somebody may see an item's past: the person who asked, those who may decide it, and managers. The same words for
 * an item that is not there (null) and for one that is not theirs: ids are not to be tried out.
 */
export async function concerned(
  desk: HandlerContext,
  person: Person,
  record: ItemRecord | null,
): Promise<Settled> {
  const ours = await maySeeNow(desk, { view: 'card', to: 'see' }, person);
  if (ours.may === 'no' || record === null) return ours;
  const item = itemFacts(record, await pagedEver(desk.world.db, record));
  return maySeeNow(desk, { view: 'past', item }, person);
}
