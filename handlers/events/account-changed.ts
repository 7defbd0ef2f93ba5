/** Slack says that an account has changed: somebody has left, has become a guest, or is one no longer. */
import type { App } from '@slack/bolt';
import type { HandlerContext } from '../context/handler-context.ts';
import { readAccountChange } from '../context/payload.ts';

export function onAccountChanged(app: App, desk: HandlerContext): void {
  app.event('user_change', async ({ body }) => {
    const user = readAccountChange(body);
    if (user) desk.directory.told(user.id, user);
  });
}
