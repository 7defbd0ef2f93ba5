/** One click takes a preset option. */
import type { App } from '@slack/bolt';
import { clickedItem, type ClickedItem } from './clicked-item.ts';
import type { Desk } from './desk.ts';
import { readClick, type Click } from './payload.ts';
import { perform } from './perform.ts';
import { refuseGone } from './refuse-gone.ts';

export function onItemAnswer(app: App, desk: Desk): void {
  app.action(/^item_answer:\d{1,2}$/, async ({ ack, body }) => {
    const click = readClick(body);
    const clicked = click && (await clickedItem(desk, click));
    if (!click || !clicked) return refuseGone(desk, click, ack);
    await presetAnswer(desk, click, clicked, Number(click.action_id.split(':')[1]), ack);
  });
}

/** Answers with the option at that position, from 1. */
export async function presetAnswer(
  desk: Desk,
  click: Click,
  clicked: ClickedItem,
  position: number,
  ack: () => Promise<unknown>,
): Promise<void> {
  const option = clicked.record.item?.options?.[position - 1];
  if (!option) return refuseGone(desk, click, ack);
  await perform(
    desk,
    {
      act: 'decide',
      item_id: clicked.record.id,
      verdict: { word: 'answer', answer: option.prefill ?? option.label, choice: option.id },
      seen_rev: click.seen_rev,
      card_id: clicked.card_id,
      person: click.person,
      where: clicked.where,
    },
    ack,
  );
}
