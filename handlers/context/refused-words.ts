/** Why an act did not happen, in words for the person who tried. */
import { refusalNote } from '../../blocks/messages/notes.ts';
import type { PersonRef } from '../../policies/policy.ts';
import type { Person, Refused } from '../../src/access/refused.ts';
import type { Decision, ItemRecord } from '../../src/domain/decision.ts';
import { shownDomain } from '../../src/items/shown-item.ts';
import type { World } from '../../src/world/world.ts';

/** A refusal, with what its words need: the item and how it ended, where there is one and it has. */
export interface RefusedAct {
  refusal: Refused;
  record: ItemRecord | null;
  decision: Decision | null;
}

/** The private note's words, mrkdwn. */
export function refusedWords(world: World, refused: RefusedAct, person: Person): string {
  const { refusal, record, decision } = refused;
  const context = {
    record,
    decision,
    user: person.user,
    now: world.clock.now(),
    ...(record ? { domain: shownDomain(world, record.domain) } : {}),
  };
  return refusal.refused === 'not_a_decider' || refusal.refused === 'not_theirs'
    ? refusalNote({ ...refusal, ask: refusal.ask.map(mentionOf) }, context)
    : refusalNote(refusal, context);
}

function mentionOf(ref: PersonRef): string {
  switch (ref.type) {
    case 'user':
      return `<@${ref.id}>`;
    case 'usergroup':
      return `<!subteam^${ref.id}>`;
    case 'group':
    case 'oncall':
      return ref.name;
    default:
      return ref satisfies never;
  }
}
