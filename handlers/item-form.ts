/** Reject, Edit and Answer: each opens its form. */
import type { App } from '@slack/bolt';
import { answerModal, editModal, rejectModal } from '../blocks/decide-modals.ts';
import { clickedItem } from './clicked-item.ts';
import { decidingForm } from './deciding-form.ts';
import type { Desk } from './desk.ts';
import { presetAnswer } from './item-answer.ts';
import { readClick } from './payload.ts';
import { refuseGone } from './refuse-gone.ts';

const FORMS = { item_reject: rejectModal, item_edit: editModal, item_answer: answerModal };

export function onItemForm(app: App, desk: Desk): void {
  for (const [action_id, form] of Object.entries(FORMS)) {
    app.action(action_id, async ({ ack, body }) => {
      const click = readClick(body);
      const clicked = click && (await clickedItem(desk, click));
      if (!click || !clicked) return refuseGone(desk, click, ack);
      // More options than fit as buttons are a menu under the same name: choosing is answering.
      if (click.option !== null)
        return presetAnswer(desk, click, clicked, Number(click.option), ack);
      await decidingForm(desk, click, clicked, form, ack);
    });
  }
}
