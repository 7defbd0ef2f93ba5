/** Everything a person can do in Slack, and the file that answers it. */
import type { App } from '@slack/bolt';
import { onAnswerInThread } from './answer-in-thread.ts';
import { onAskExpert } from './ask-expert.ts';
import { onDecideItem } from './decide-item.ts';
import { onBlindForms } from './blind-forms.ts';
import type { Desk } from './desk.ts';
import { onFreezeLift } from './hitl-freezes.ts';
import { onHitlCommand } from './hitl-command.ts';
import { onOverride } from './hitl-override.ts';
import { onHomeOpened } from './home-opened.ts';
import { onItemAnswer } from './item-answer.ts';
import { onItemApprove } from './item-approve.ts';
import { onItemClaim } from './item-claim.ts';
import { onItemDetails } from './item-details.ts';
import { onItemForm } from './item-form.ts';
import { onItemMore } from './item-more.ts';
import { onItemPage } from './item-page.ts';
import { onItemEndorse } from './item-endorse.ts';
import { onItemPrefer } from './item-prefer.ts';
import { onItemSendBack } from './item-send-back.ts';
import { onRawNotice } from './raw-notice.ts';
import { onShiftCalendar } from './shift-calendar.ts';
import { onStatsShare } from './stats-share.ts';

export function registerHandlers(app: App, desk: Desk): void {
  onItemApprove(app, desk);
  onItemForm(app, desk);
  onItemAnswer(app, desk);
  onItemPrefer(app, desk);
  onItemClaim(app, desk);
  onItemDetails(app, desk);
  onItemPage(app, desk);
  onItemMore(app, desk);
  onDecideItem(app, desk);
  onBlindForms(app, desk);
  onItemEndorse(app, desk);
  onItemSendBack(app, desk);
  onAnswerInThread(app, desk);
  onAskExpert(app, desk);
  onHitlCommand(app, desk);
  onHomeOpened(app, desk);
  onFreezeLift(app, desk);
  onOverride(app, desk);
  onRawNotice(app, desk);
  onShiftCalendar(app, desk);
  onStatsShare(app, desk);
}
