/** `/hitl why ITEM`: why a person was asked, and what has happened since; for those concerned. */
import { plainMessage } from '../../blocks/messages/plain-message.ts';
import type { Message } from '../../blocks/text/message.ts';
import { whyText } from '../../blocks/messages/why.ts';
import { isManager, maySee, whoMay } from '../../policies/access/who-may.ts';
import { pagedEver, type Person } from '../../src/access/authorise.ts';
import type { ItemRecord } from '../../src/domain/decision.ts';
import { shownItem } from '../../src/items/shown-item.ts';
import { historyOf } from '../../src/items/history-of.ts';
import type { HandlerContext } from '../context/handler-context.ts';
import { checkPermission } from '../context/check-permission.ts';
import { outsiderWords } from '../context/refuse-outsider.ts';

export async function showWhy(desk: HandlerContext, person: Person, id: string): Promise<Message> {
  if (id === '')
    return plainMessage('Which item? `/hitl why ITEM`, with the id at the foot of its card.');
  const outside = outsiderWords(desk, person, 'see');
  if (outside !== null) return plainMessage(outside);
  const shown = await shownItem(desk.world, id);
  // The same words for an item that is not there and for one that is not theirs: ids are not to be tried out.
  if (!shown || !(await concerned(desk, person, shown.record))) {
    return plainMessage('There is no such item, or it is not yours to see.');
  }
  return whyText({ ...shown, history: await historyOf(desk.world, id) });
}

/** Who may see an item's past, of the policy's workspaces: the person who asked, those who may decide it, and managers. */
export async function concerned(
  desk: HandlerContext,
  person: Person,
  record: ItemRecord,
): Promise<boolean> {
  const { world } = desk;
  if (maySee(world.policy(), person, world).may === 'no') return false;
  if (person.user === record.requester_slack_user) return true;
  // Those whom the item has paged may decide it too.
  const paged = await pagedEver(world.db, record);
  const decider = () => whoMay(world.policy(), { ...record, paged }, person, world);
  const manager = () => isManager(world.policy(), person, world);
  return (await checkPermission(desk, manager)) || checkPermission(desk, decider);
}
