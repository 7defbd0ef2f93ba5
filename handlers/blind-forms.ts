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
} from '../blocks/blind-modals.ts';
import { noticeModal } from '../blocks/decide-modals.ts';
import { editableOf } from '../blocks/editable.ts';
import { withinLimits } from '../blocks/limits.ts';
import { readItemMetadata } from '../blocks/modal-metadata.ts';
import { refusalNote } from '../blocks/notes.ts';
import type { Act } from '../src/act.ts';
import type { Person } from '../src/authorise.ts';
import { ownWordsOf } from '../src/together/compare-blind.ts';
import type { Compared, ItemRecord } from '../src/decision.ts';
import type { Verdict } from '../src/lifecycle.ts';
import { shownItem } from '../src/shown-item.ts';
import { loadItem } from '../src/store/items.ts';
import { decidingCard } from '../src/together/deciding-card.ts';
import { decidingForm } from './deciding-form.ts';
import type { Desk } from './desk.ts';
import { onItemClick, type ItemClick } from './on-item-click.ts';
import { openModal } from './open-modal.ts';
import { readSubmission, type Submission } from './payload.ts';
import { perform } from './perform.ts';
import { refusedWords } from './refused-words.ts';
import { tell } from './tell.ts';

export function onBlindForms(app: App, desk: Desk): void {
  onItemClick(app, desk, 'item_compare', async (click) => {
    await click.ack();
    const view = await comparison(desk, click.record.id, click.person);
    if (view) return openModal(desk, click, view);
    const by = click.record.blind ? await decider(desk, click.record.id) : null;
    const refusal =
      by === null
        ? ({ refused: 'changed' } as const)
        : by === click.person.user
          ? ({ refused: 'compared' } as const)
          : ({ refused: 'others_decision', by } as const);
    await tell(
      desk,
      click,
      refusedWords(desk.world, { refusal, record: click.record, decision: null }, click.person),
    );
  });
  app.view({ callback_id: OWN_WORDS, type: 'view_submission' }, async ({ ack, body }) => {
    const form = await readForm(desk, body);
    const update = (view: ModalView) =>
      ack({ response_action: 'update', view: withinLimits('modal', view) });
    const notice = (words: string) => update(noticeModal('Not done', words));
    if (!form) return notice(refusalNote({ refused: 'gone' }));
    const read = readOwnWords(form.sent.values);
    if (!read.ok) return ack({ response_action: 'errors', errors: read.errors });
    const { item_id, version } = form.metadata;
    const act: Act = {
      act: 'own_words',
      item_id,
      answer: read.answer,
      seen_rev: version,
      card_id: form.card_id,
      person: form.sent.person,
      where: form.where,
    };
    await perform(
      desk,
      act,
      async () => {
        // Nothing of the AI's is shown before the person's own words are on disk.
        const own = await ownWordsOf(desk.world.db, item_id, form.sent.person.user);
        const shown = await shownItem(desk.world, item_id);
        return own === null || !shown ? ack() : update(compareModal(shown, own));
      },
      notice,
    );
  });
  app.view({ callback_id: COMPARE_BLIND, type: 'view_submission' }, async ({ ack, body }) => {
    const form = await readForm(desk, body);
    const notice = (words: string) =>
      ack({
        response_action: 'update',
        view: withinLimits('modal', noticeModal('Not done', words)),
      });
    if (!form) return notice(refusalNote({ refused: 'gone' }));
    const read = readCompared(form.sent.values);
    if (!read.ok) return ack({ response_action: 'errors', errors: read.errors });
    const act = await compareAct(desk, form, read.compared, read.rationale);
    await perform(desk, act, () => ack(), notice);
  });
}

/** Opens the form that a blind item's Answer needs: for one's own words, or, where those are kept, for the comparison. */
export async function answerBlind(desk: Desk, click: ItemClick): Promise<void> {
  const own = await ownWordsOf(desk.world.db, click.record.id, click.person.user);
  await decidingForm(desk, click, (input) =>
    own === null ? ownWordsModal(input) : compareModal(input, own),
  );
}

/** What the person who just decided a blind item is asked next: how the AI's answer compares. Null where there is nothing to ask. */
export async function comparison(
  desk: Desk,
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

async function decider(desk: Desk, item_id: string): Promise<string | null> {
  const by = (await shownItem(desk.world, item_id))?.decision?.decided_by;
  return by?.type === 'human' ? by.slack_user : null;
}

interface Form {
  sent: Submission;
  metadata: { item_id: string; version: number; action: string };
  record: ItemRecord;
  card_id: string | null;
  where: Act['where'];
}

async function readForm(desk: Desk, body: unknown): Promise<Form | null> {
  const sent = readSubmission(body);
  const metadata = sent && readItemMetadata(sent.private_metadata);
  const record = metadata && (await loadItem(desk.world.db, metadata.item_id));
  if (!sent || !metadata || !record) return null;
  const card = await decidingCard(desk.world, desk.world.db, record);
  return {
    sent,
    metadata,
    record,
    card_id: card?.id ?? null,
    where: { channel: card?.channel ?? sent.person.user, thread_ts: null },
  };
}

/** Comparing decides the item where its proposal is what is judged; otherwise it stands beside the decision. */
async function compareAct(
  desk: Desk,
  { sent, metadata, record, card_id, where }: Form,
  compared: Compared,
  rationale: string | undefined,
): Promise<Act> {
  const { item_id, version, action } = metadata;
  const { person } = sent;
  if (action !== 'judge') return { act: 'compare', item_id, compared, person, where };
  const own = (await ownWordsOf(desk.world.db, item_id, person.user)) ?? '';
  return {
    act: 'decide',
    item_id,
    verdict: judged(record, compared, own, rationale),
    seen_rev: version,
    card_id,
    compared,
    person,
    where,
  };
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
