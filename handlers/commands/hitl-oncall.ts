/** `/hitl oncall [domain]`: who has it, until when, who comes next. Anybody of the workspace may ask. */
import { onCallMessage, type OnCallNow } from '../../blocks/messages/on-call.ts';
import type { Message } from '../../blocks/text/message.ts';
import { plainMessage } from '../../blocks/messages/plain-message.ts';
import type { Rotation } from '../../policies/policy.ts';
import type { Person } from '../../src/access/refused.ts';
import { rotationNow } from '../../src/on-call/rotation-now.ts';
import type { World } from '../../src/world/world.ts';
import type { HandlerContext } from '../context/handler-context.ts';
import { namedRotations } from './named-rotations.ts';
import { maySeeNow, wordsFor } from '../context/ask-whether.ts';
import { lookUpPerson } from '../context/look-up-person.ts';

export async function showOnCall(
  desk: HandlerContext,
  person: Person,
  named: string,
): Promise<Message> {
  const may = await maySeeNow(desk, { view: 'on_call' }, person);
  if (may.may === 'no') return plainMessage(wordsFor(desk, may.refusal, person));
  const policy = desk.world.policy();
  const rotations = named === '' ? Object.values(policy.rotations) : namedRotations(policy, named);
  if (typeof rotations === 'string') return plainMessage(rotations);
  if (rotations.length === 0)
    return plainMessage('There is no rotation: nobody is on call, and cards go to their channels.');
  const asker = await lookUpPerson(desk, person.user);
  return onCallMessage(
    rotations.map((rotation) => onCallNow(desk.world, rotation, person)),
    asker.found === 'yes' ? asker.timezone : policy.timezone,
  );
}

function onCallNow(world: World, rotation: Rotation, person: Person): OnCallNow {
  const { stretch, until, next, overrides, domains } = rotationNow(world, rotation);
  return {
    rotation: rotation.id,
    domains,
    users: stretch.users,
    why: stretch.why,
    until,
    next: next && { at: next.at, users: next.after },
    overrides,
    may_take: rotation.people.includes(person.user) && !stretch.users.includes(person.user),
  };
}
