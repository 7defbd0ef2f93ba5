/** `/hitl audit ITEM`: its whole life, and whether the record of it stands; for those concerned. */
import { auditText } from '../../blocks/messages/audit-text.ts';
import type { Message } from '../../blocks/text/message.ts';
import { plainMessage } from '../../blocks/messages/plain-message.ts';
import { auditedLife } from '../../src/items/audited-life.ts';
import type { Person } from '../../src/access/refused.ts';
import type { HandlerContext } from '../context/handler-context.ts';
import { concerned } from './hitl-why.ts';
import { wordsFor } from '../context/ask-whether.ts';

export async function showAudit(
  desk: HandlerContext,
  person: Person,
  id: string,
): Promise<Message> {
  if (id === '')
    return plainMessage('Which item? `/hitl audit ITEM`, with the id at the foot of its card.');
  const life = await auditedLife(desk.world.db, id);
  const may = await concerned(desk, person, life?.record ?? null);
  if (may.may === 'no') return plainMessage(wordsFor(desk, may.refusal, person));
  if (!life) return plainMessage(wordsFor(desk, { refused: 'not_concerned' }, person));
  return auditText(life);
}
