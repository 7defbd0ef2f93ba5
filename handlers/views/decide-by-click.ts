/** One click decides: what it says goes straight to the use case. */
import type { Verdict } from '../../src/domain/lifecycle.ts';
import { comparison } from './blind-forms.ts';
import type { HandlerContext } from '../context/handler-context.ts';
import type { ItemClick } from '../context/on-item-click.ts';
import { openModal } from '../context/open-modal.ts';
import { runAction } from '../context/run-action.ts';

export async function decideByClick(
  desk: HandlerContext,
  click: ItemClick,
  verdict: Verdict,
): Promise<void> {
  const done = await runAction(
    desk,
    {
      act: 'decide',
      item_id: click.record.id,
      verdict,
      seen_rev: click.seen_rev,
      ...click.seen,
      person: click.person,
      where: click.where,
    },
    click.ack,
  );
  if (!done || !click.record.blind) return;
  const view = await comparison(desk, click.record.id, click.person);
  if (view) await openModal(desk, click, view);
}
