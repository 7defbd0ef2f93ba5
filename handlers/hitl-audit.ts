/** `/hitl audit ITEM`: its whole life, and whether the record of it stands; for those concerned. */
import { auditText } from '../blocks/audit-text.ts';
import type { Message } from '../blocks/message.ts';
import { plainMessage } from '../blocks/plain-message.ts';
import { auditedLife } from '../src/record/audited-life.ts';
import type { Person } from '../src/authorise.ts';
import type { Desk } from './desk.ts';
import { concerned } from './hitl-why.ts';
import { outsiderWords } from './refuse-outsider.ts';

export async function showAudit(desk: Desk, person: Person, id: string): Promise<Message> {
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
