/** What a person is called, where Slack's payload does not say. */
import type { HandlerContext } from './handler-context.ts';

/** Their name, or their id where Slack does not tell at once: no decision waits for a name. */
export async function nameOf(desk: HandlerContext, user: string): Promise<string> {
  try {
    return (await desk.web.users.info({ user })).user?.name ?? user;
  } catch (error) {
    desk.world.log.debug({ err: error, user }, 'no name: the record has the id');
    return user;
  }
}
