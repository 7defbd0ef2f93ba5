/** "Show me the next", on the digest card of a domain. */
import type { App } from '@slack/bolt';
import { DIGEST_NEXT } from '../../blocks/cards/digest-card.ts';
import type { HandlerContext } from '../context/handler-context.ts';
import { readClick } from '../context/payload.ts';
import { runAction } from '../context/run-action.ts';
import { refuseGone } from '../context/refuse-gone.ts';

export function onDigestNext(app: App, desk: HandlerContext): void {
  app.action(DIGEST_NEXT, async ({ ack, body }) => {
    const click = readClick(body);
    if (!click?.value) return refuseGone(desk, click, ack);
    const { value: domain, person, where } = click;
    await runAction(desk, { act: 'show_next', domain, person, where }, () => ack());
  });
}
