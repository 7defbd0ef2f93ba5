/** `/hitl why ITEM`: why a person was asked, and what has happened since; for those concerned. */
import { plainMessage } from '../blocks/plain-message.ts';
import type { Message } from '../blocks/message.ts';
import { whyText } from '../blocks/why.ts';
import { isManager, whoMay } from '../policies/who-may.ts';
import type { Person } from '../src/authorise.ts';
import type { ItemRecord } from '../src/decision.ts';
import { shownItem } from '../src/shown-item.ts';
import { historyOf } from '../src/history-of.ts';
import type { Desk } from './desk.ts';
import { permitted } from './permitted.ts';

export async function showWhy(desk: Desk, person: Person, id: string): Promise<Message> {
  if (id === '')
    return plainMessage('Which item? `/hitl why ITEM`, with the id at the foot of its card.');
  const shown = await shownItem(desk.world, id);
  // The same words for an item that is not there and for one that is not theirs: ids are not to be tried out.
  if (!shown || !(await concerned(desk, person, shown.record))) {
    return plainMessage('There is no such item, or it is not yours to see.');
  }
  return whyText({ ...shown, history: await historyOf(desk.world, id) });
}

/** Who may see an item's past: whoever asked, whoever may decide it, and managers. */
export async function concerned(desk: Desk, person: Person, record: ItemRecord): Promise<boolean> {
  if (person.user === record.requester_slack_user) return true;
  const { world } = desk;
  const decider = () => whoMay(world.policy(), record, person, world);
  const manager = () => isManager(world.policy(), person, world);
  return (await permitted(desk, manager)) || permitted(desk, decider);
}
