/** Slack says that an account has changed: somebody has left, has become a guest, or is one no longer. */
import type { App } from '@slack/bolt';
import { z } from 'zod';
import type { HandlerContext } from '../context/handler-context.ts';

const change = z.object({
  event: z.object({
    type: z.literal('user_change'),
    user: z.object({
      id: z.string().min(1).max(255),
      deleted: z.boolean().optional(),
      is_bot: z.boolean().optional(),
      is_restricted: z.boolean().optional(),
      is_ultra_restricted: z.boolean().optional(),
    }),
  }),
});

export function onAccountChanged(app: App, desk: HandlerContext): void {
  app.event('user_change', async ({ body }) => {
    const user = change.safeParse(body).data?.event.user;
    if (user) desk.directory.told(user.id, user);
  });
}
