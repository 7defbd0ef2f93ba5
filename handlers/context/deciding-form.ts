/** Opens the form that a decision needs, unless it is known already that this person or this card cannot decide. */
import type { ModalView } from '@slack/types';
import type { CardInput } from '../../blocks/cards/card-input.ts';
import { refreshCards } from '../../src/items/action.ts';
import { authorise } from '../../src/access/authorise.ts';
import type { Refused } from '../../src/access/refused.ts';
import { showing } from '../../src/items/shown-item.ts';
import type { HandlerContext } from './handler-context.ts';
import type { ItemClick } from './on-item-click.ts';
import { openModal } from './open-modal.ts';
import { staleLooks } from './run-action.ts';
import { refusedWords } from './refused-words.ts';
import { sendNote } from './send-note.ts';

export async function decidingForm(
  desk: HandlerContext,
  click: ItemClick,
  form: (input: CardInput) => ModalView,
): Promise<void> {
  const { world } = desk;
  const { record } = click;
  const shown = await showing(world, record);
  const refuse = (refusal: Refused) =>
    sendNote(
      desk,
      click,
      refusedWords(world, { refusal, record, decision: shown.decision }, click.person),
    );
  const outdated = outdatedFor(click);
  if (outdated) {
    await refuse(outdated);
    await click.ack();
    return refreshCards(world, record);
  }
  await click.ack();
  const ask = () => authorise(world, world.db, record, click.person, 'decide');
  let may = await ask();
  // Who somebody is is one quick call, once in a while; whom a group has is looked up while they write.
  if (may.may === 'unknown' && may.look.includes(click.person.user)) {
    try {
      await desk.directory.look([click.person.user]);
    } catch (error) {
      world.log.warn({ err: error }, 'Slack does not say who somebody is');
      return refuse({ refused: 'unsure' });
    }
    may = await ask();
  }
  // Who may have been put into a group meanwhile fills the form in; by the time it is sent, it is known.
  if (may.may === 'no' && staleLooks(desk, may.refusal, click.person).length === 0)
    return refuse(may.refusal);
  await openModal(desk, click, form(shown));
  if (may.may === 'unknown')
    desk.afterwards('a look at user groups', desk.directory.look(may.look));
}

/** Why the clicked card is not how things stand, or null. */
function outdatedFor({ record, seen_rev }: ItemClick): Refused | null {
  if (record.status === 'decided')
    return { refused: 'decided', outcome: record.outcome ?? 'expired' };
  return seen_rev !== null && seen_rev !== record.view_rev ? { refused: 'changed' } : null;
}
