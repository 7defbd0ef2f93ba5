/** One click decides: what it says goes straight to the use case. */
import type { Verdict } from '../src/lifecycle.ts';
import type { Desk } from './desk.ts';
import type { ItemClick } from './on-item-click.ts';
import { perform } from './perform.ts';

export const decideByClick = (desk: Desk, click: ItemClick, verdict: Verdict): Promise<void> =>
  perform(
    desk,
    {
      act: 'decide',
      item_id: click.record.id,
      verdict,
      seen_rev: click.seen_rev,
      card_id: click.card_id,
      person: click.person,
      where: click.where,
    },
    click.ack,
  );
