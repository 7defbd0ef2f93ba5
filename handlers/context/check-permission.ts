/** Asks for a permission; looks up whatever user groups it turns on first. For what is read after an ack. */
import type { Permission } from '../../policies/access/who-may.ts';
import type { HandlerContext } from './handler-context.ts';

export async function checkPermission(
  desk: HandlerContext,
  ask: () => Permission,
): Promise<boolean> {
  // Each look may lead to one more group; a policy has few.
  for (let looks = 0; looks < 3; looks += 1) {
    const answer = ask();
    if (answer.may !== 'unknown') return answer.may === 'yes';
    await desk.members.look(answer.usergroups);
  }
  return ask().may === 'yes';
}
