/** A person opens the app's Home. */
import type { App } from '@slack/bolt';
import { homeOpened } from '../../src/home/open-home.ts';
import type { HandlerContext } from '../context/handler-context.ts';
import { readHomeOpened } from '../context/payload.ts';

export function onHomeOpened(app: App, desk: HandlerContext): void {
  app.event('app_home_opened', async ({ body }) => {
    const person = readHomeOpened(body);
    if (!person) return;
    desk.homes.opened(person.user);
    await homeOpened(desk.world, person);
  });
}
