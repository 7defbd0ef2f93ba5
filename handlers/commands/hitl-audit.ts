/** `/hitl audit ITEM`: its whole life, and whether the record of it stands; for those concerned. */
import { auditText } from '../../blocks/messages/audit-text.ts';
import type { Message } from '../../blocks/text/message.ts';
import { plainMessage } from '../../blocks/messages/plain-message.ts';
import { auditedLife } from '../../src/items/audited-life.ts';
import type { Person } from '../../src/access/authorise.ts';
import type { HandlerContext } from '../context/handler-context.ts';
import { concerned } from './hitl-why.ts';
import { outsiderWords } from '../context/refuse-outsider.ts';

export async function showAudit(
  desk: HandlerContext,
  person: Person,
  id: string,
): Promise<Message> {
  if (id === '')
    return plainMessage('Which item? `/hitl audit ITEM`, with the id at the foot of its card.');
  const outside = outsiderWords(desk, person, 'see');
  if (outside !== null) return plainMessage(outside);
  const life = await auditedLife(desk.world.db, id);
  // The same words for an item that is not there and for one that is not theirs: ids are not to be tried out.
  if (!life || !(await concerned(desk, person, life.record)))
    return plainMessage('There is no such item, or it is not yours to see.');
  return auditText(life);
}
