/** Blind items: one's own words first, then the AI's, and whether both say the same. */
import type { App } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import {
  COMPARE_BLIND,
  compareModal,
  OWN_WORDS,
  ownWordsModal,
  readCompared,
  readOwnWords,
} from '../../blocks/modals/blind-modals.ts';
import { editableOf } from '../../blocks/cards/editable.ts';
import type { Person, Refused } from '../../src/access/refused.ts';
import { ownWordsOf } from '../../src/group-review/compare-blind.ts';
import type { Compared, ItemRecord } from '../../src/domain/decision.ts';
import type { Verdict } from '../../src/domain/lifecycle.ts';
import { shownItem } from '../../src/items/shown-item.ts';
import { mayDoNow, wordsFor } from '../context/ask-whether.ts';
import { decidingForm } from '../context/deciding-form.ts';
import type { HandlerContext } from '../context/handler-context.ts';
import { onItemClick, type ItemClick } from '../context/on-item-click.ts';
import { onItemForm, performForm, type FormAct, type ItemForm } from '../context/on-item-form.ts';
import { openModal } from '../context/open-modal.ts';
import { sendNote } from '../context/send-note.ts';

export function onBlindForms(app: App, desk: HandlerContext): void {
  onItemClick(app, desk, 'item_compare', async (click) => {
    await click.ack();
    const { person, record } = click;
    const refuse = (refusal: Refused) => sendNote(desk, click, wordsFor(desk, refusal, person));
    const decided_by = record.blind ? await decider(desk, record.id) : null;
    if (decided_by === null) return refuse({ refused: 'changed' });
    const may = await mayDoNow(desk, { deed: 'compare', decided_by }, person);
    if (may.may === 'no') return refuse(may.refusal);
    const view = await comparison(desk, record.id, person);
    return view ? openModal(desk, click, view) : refuse({ refused: 'compared' });
  });
  onItemForm(app, desk, OWN_WORDS, async (form) => {
    const read = readOwnWords(form.values);
    if (!read.ok) return form.wrong(read.errors);
    const { record, seen_rev, seen } = form;
    const { answer } = read;
    const act = { act: 'own_words', item_id: record.id, answer, seen_rev, ...seen } as const;
    return performForm(desk, form, act, async () => {
      // Nothing of the AI's is shown before the person's own words are on disk.
      const own = await ownWordsOf(desk.world.db, record.id, form.person.user);
      const shown = await shownItem(desk.world, record.id);
      return own === null || !shown ? form.ack() : form.next(compareModal(shown, own));
    });
  });
  onItemForm(app, desk, COMPARE_BLIND, async (form) => {
    const read = readCompared(form.values);
    if (!read.ok) return form.wrong(read.errors);
    return performForm(desk, form, await compareAct(desk, form, read.compared, read.rationale));
  });
}

/** Opens the form that a blind item's Answer needs: for one's own words, or, where those are kept, for the comparison. */
export async function answerBlind(desk: HandlerContext, click: ItemClick): Promise<void> {
  const own = await ownWordsOf(desk.world.db, click.record.id, click.person.user);
  await decidingForm(desk, click, (input) =>
    own === null ? ownWordsModal(input) : compareModal(input, own),
  );
}

/** What the person who just decided a blind item is asked next: how the AI's answer compares. Null where there is nothing to ask. */
export async function comparison(
  desk: HandlerContext,
  item_id: string,
  person: Person,
): Promise<ModalView | null> {
  const shown = await shownItem(desk.world, item_id);
  if (!shown?.record.blind || shown.record.item === null) return null;
  const by = shown.decision?.decided_by;
  return by?.type === 'human' &&
    by.slack_user === person.user &&
    shown.decision?.compared === undefined
    ? compareModal(shown, null)
    : null;
}

async function decider(desk: HandlerContext, item_id: string): Promise<string | null> {
  const by = (await shownItem(desk.world, item_id))?.decision?.decided_by;
  return by?.type === 'human' ? by.slack_user : null;
}

/** Comparing decides the item where its proposal is what is judged; otherwise it stands beside the decision. */
async function compareAct(
  desk: HandlerContext,
  { person, record, seen_rev, action, seen }: ItemForm,
  compared: Compared,
  rationale: string | undefined,
): Promise<FormAct> {
  const item_id = record.id;
  if (action !== 'judge') return { act: 'compare', item_id, compared };
  const own = (await ownWordsOf(desk.world.db, item_id, person.user)) ?? '';
  const verdict = judged(record, compared, own, rationale);
  return { act: 'decide', item_id, verdict, seen_rev, ...seen, compared };
}

/** The same approves it; what is different takes its place where the producer takes an edit, and else rejects it. */
function judged(
  record: ItemRecord,
  compared: Compared,
  own: string,
  rationale: string | undefined,
): Verdict {
  if (compared === 'same')
    return { word: 'approve', rationale: rationale ?? (record.reason_required ? own : undefined) };
  const text = record.item && typeof editableOf(record.item)?.value === 'string';
  return text === true && record.allowed.includes('edit')
    ? { word: 'edit', edited: own, rationale }
    : { word: 'reject', rationale: rationale ?? own, error_tags: ['other'] };
}
