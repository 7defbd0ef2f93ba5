/** One click takes a preset option, by its button or from the menu; Answer alone opens the form. */
import type { App } from '@slack/bolt';
import { answerModal } from '../../blocks/modals/decide-modals.ts';
import { ownWordsFirst } from '../../src/domain/decision.ts';
import { answerBlind } from '../views/blind-forms.ts';
import { decideByClick } from '../views/decide-by-click.ts';
import { decidingForm } from '../context/deciding-form.ts';
import type { HandlerContext } from '../context/handler-context.ts';
import { onItemClick, type ItemClick } from '../context/on-item-click.ts';
import { refuseGone } from '../context/refuse-gone.ts';

export function onItemAnswer(app: App, desk: HandlerContext): void {
  onItemClick(app, desk, /^item_answer:\d{1,2}$/, (click) =>
    presetAnswer(desk, click, Number(click.action_id.split(':')[1])),
  );
  // More options than fit as buttons are a menu under the same name as the button: choosing is answering.
  onItemClick(app, desk, 'item_answer', (click) =>
    ownWordsFirst(click.record)
      ? answerBlind(desk, click)
      : click.option === null
        ? decidingForm(desk, click, answerModal)
        : presetAnswer(desk, click, Number(click.option)),
  );
}

/** Answers with the option at that position, from 1. */
async function presetAnswer(
  desk: HandlerContext,
  click: ItemClick,
  position: number,
): Promise<void> {
  const option = click.record.item?.options?.[position - 1];
  if (!option) return refuseGone(desk, click, click.ack);
  await decideByClick(desk, click, {
    word: 'answer',
    answer: option.prefill ?? option.label,
    choice: option.id,
  });
}
