/** One click says which candidate is better, or that none is. */
import type { App } from '@slack/bolt';
import { candidateOrder } from '../../blocks/cards/candidate-order.ts';
import type { Item } from '../../src/domain/item.ts';
import { decideByClick } from '../views/decide-by-click.ts';
import type { HandlerContext } from '../context/handler-context.ts';
import { onItemClick } from '../context/on-item-click.ts';
import { refuseGone } from '../context/refuse-gone.ts';

export function onItemPrefer(app: App, desk: HandlerContext): void {
  onItemClick(app, desk, /^item_prefer:(\d|tie)$/, async (click) => {
    const choice = choiceAt(click.record.item, click.action_id.split(':')[1]);
    if (choice === null) return refuseGone(desk, click, click.ack);
    await decideByClick(desk, click, { word: 'prefer', choice });
  });
}

/** The candidate shown at that place (1 is the first), or the tie. */
function choiceAt(item: Item | null, place: string | undefined): string | null {
  if (place === 'tie') return 'tie';
  return item === null ? null : (candidateOrder(item)[Number(place) - 1]?.id ?? null);
}
