/** What could not be understood: looking at it, and closing it. */
import type { App } from '@slack/bolt';
import { rawDetailsModal } from '../../blocks/messages/raw-notice.ts';
import { loadRawPayload } from '../../src/store/raw-payloads.ts';
import type { HandlerContext } from '../context/handler-context.ts';
import { openModal } from '../context/open-modal.ts';
import { readClick } from '../context/payload.ts';
import { runAction } from '../context/run-action.ts';
import { refuseGone } from '../context/refuse-gone.ts';
import { maySeeNow, refuseUnless } from '../context/ask-whether.ts';

export function onRawNotice(app: App, desk: HandlerContext): void {
  app.action('raw_details', async ({ ack, body }) => {
    const click = readClick(body);
    const sees = click && (await maySeeNow(desk, { view: 'raw' }, click.person));
    if (click && sees && (await refuseUnless(desk, click, ack, sees))) return;
    const raw = click?.value ? await loadRawPayload(desk.world.db, click.value) : null;
    if (!click || !raw) return refuseGone(desk, click, ack);
    await ack();
    const closed = raw.closed_at === null ? null : { by: raw.closed_by ?? '', at: raw.closed_at };
    await openModal(desk, click, rawDetailsModal({ ...raw, closed }));
  });

  app.action('raw_close', async ({ ack, body }) => {
    const click = readClick(body);
    if (!click?.value) return refuseGone(desk, click, ack);
    const { value: raw_id, person, where } = click;
    await runAction(desk, { act: 'close_raw', raw_id, person, where }, ack);
  });
}
