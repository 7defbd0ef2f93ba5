/** One click says which candidate is better, or that none is. */
import type { App } from '@slack/bolt';
import { candidateOrder } from '../blocks/candidate-order.ts';
import { clickedItem } from './clicked-item.ts';
import type { Desk } from './desk.ts';
import { readClick } from './payload.ts';
import { perform } from './perform.ts';
import { refuseGone } from './refuse-gone.ts';

export function onItemPrefer(app: App, desk: Desk): void {
  app.action(/^item_prefer:(\d|tie)$/, async ({ ack, body }) => {
    const click = readClick(body);
    const clicked = click && (await clickedItem(desk, click));
    const item = clicked?.record.item;
    if (!click || !clicked || !item) return refuseGone(desk, click, ack);
    const [, place] = click.action_id.split(':');
    const choice = place === 'tie' ? 'tie' : candidateOrder(item)[Number(place) - 1]?.id;
    if (choice === undefined) return refuseGone(desk, click, ack);
    await perform(
      desk,
      {
        act: 'decide',
        item_id: clicked.record.id,
        verdict: { word: 'prefer', choice },
        seen_rev: click.seen_rev,
        card_id: clicked.card_id,
        person: click.person,
        where: clicked.where,
      },
      ack,
    );
  });
}
