/** Opens the form that a decision needs, unless it is known already that this person or this card cannot decide. */
import type { ModalView } from '@slack/types';
import type { CardInput } from '../blocks/card-input.ts';
import { authorise } from '../src/authorise.ts';
import { refreshCards } from '../src/act.ts';
import { showing } from '../src/shown-item.ts';
import type { ClickedItem } from './clicked-item.ts';
import type { Desk } from './desk.ts';
import { openModal, tell } from './open-modal.ts';
import type { Click } from './payload.ts';
import { wordsFor } from './perform.ts';

export async function decidingForm(
  desk: Desk,
  click: Click,
  clicked: ClickedItem,
  form: (input: CardInput) => ModalView,
  ack: () => Promise<unknown>,
): Promise<void> {
  const { world } = desk;
  const { record, where } = clicked;
  const asked = { person: click.person, where };
  const shown = await showing(world, record);
  const outdated =
    record.status === 'decided'
      ? ({ refused: 'decided', outcome: record.outcome ?? 'expired' } as const)
      : click.seen_rev !== null && click.seen_rev !== record.view_rev
        ? ({ refused: 'changed' } as const)
        : null;
  if (outdated) {
    await tell(
      desk,
      asked,
      wordsFor(desk, { refusal: outdated, record, decision: shown.decision }),
    );
    await ack();
    return refreshCards(world, record);
  }
  await ack();
  const may = authorise(world, record, click.person);
  const known = may.may === 'no' && desk.members.stale(groupsOf(may.refusal)).length === 0;
  if (may.may === 'no' && known) {
    return tell(desk, asked, wordsFor(desk, { refusal: may.refusal, record, decision: null }));
  }
  await openModal(desk, click.trigger_id, form(shown), asked);
  // By the time the form is filled in, it is known whether it may be sent.
  if (may.may === 'unknown')
    desk.afterwards('a look at user groups', desk.members.look(may.usergroups));
}

const groupsOf = (refusal: { refused: string; ask?: { type: string; id?: string }[] }): string[] =>
  (refusal.ask ?? []).flatMap((ref) =>
    ref.type === 'usergroup' && ref.id !== undefined ? [ref.id] : [],
  );
