/**
 * The forms of a blind item: one's own words before the AI's are shown, and then whether both say the same. Pure.
 * `callback_id`s `own_words` and `compare_blind`; block ids `answer`, `compared`, `rationale`; action id `value`.
 */
import type { InputBlock, KnownBlock, ModalView } from '@slack/types';
import type { Compared, ItemRecord } from '../../src/domain/decision.ts';
import { INPUT_ACTION } from './answer-form.ts';
import type { CardInput } from '../cards/card-input.ts';
import { guideBlocks } from './details.ts';
import { INPUT_MAX } from './edit-form.ts';
import { readField, readText } from './form-values.ts';
import { maskSensitive } from '../../src/domain/redact.ts';
import { writeItemMetadata } from './modal-metadata.ts';
import { outcomeElements } from '../cards/outcome.ts';
import { proposalBlocks } from '../cards/proposal.ts';
import { saidElements } from '../text/prose-parts.ts';
import { bold, label, ours, quote, richText, said, saidBlock, section } from '../text/rich-text.ts';
import { seenItem } from '../cards/seen-item.ts';
import { percentWords } from '../text/words.ts';

export const OWN_WORDS = 'own_words';
export const COMPARE_BLIND = 'compare_blind';

const ROOM = { body: 600, proposal: 2000, candidates: 4000 };

/** What would you say? Asked before the AI's words are shown. */
export function ownWordsModal(input: CardInput): ModalView {
  const { record, domain } = input;
  const item = seenItem(record);
  return {
    type: 'modal',
    callback_id: OWN_WORDS,
    title: label('Your own answer'),
    submit: label('Next'),
    close: label('Cancel'),
    private_metadata: metadataOf(record, OWN_WORDS),
    blocks: [
      ...guideBlocks(domain.guide, null, 1500),
      ...titleBlocks(input),
      ...(item ? proposalBlocks(item, ROOM) : []),
      {
        type: 'input',
        block_id: 'answer',
        label: label(
          record.kind === 'review' ? 'What would you have written?' : 'What would you do?',
        ),
        hint: label('Then you see what the AI says, and tell whether it is the same.'),
        element: {
          type: 'plain_text_input',
          action_id: INPUT_ACTION,
          multiline: true,
          max_length: INPUT_MAX,
        },
      },
    ],
  };
}

/** What was written in it, or what is wrong. */
export function readOwnWords(
  values: unknown,
): { ok: true; answer: string } | { ok: false; errors: Record<string, string> } {
  const answer = readText(values, 'answer');
  if (answer === '') return { ok: false, errors: { answer: 'Write what you would say.' } };
  return answer.length > INPUT_MAX
    ? { ok: false, errors: { answer: `At most ${INPUT_MAX} characters.` } }
    : { ok: true, answer };
}

/**
 * The AI's answer, now that the person has given theirs: the same or different?
 * @param own what they wrote, where saying so decides the item; null: it is decided, and this is only compared
 */
export function compareModal(input: CardInput, own: string | null): ModalView {
  const { record, decision } = input;
  const answered: KnownBlock[] =
    own !== null
      ? [richText(section(bold('You say')), quote(saidBlock(own, 2000)))]
      : decision
        ? [richText(...outcomeElements(record, decision, { max: 1500, beside: true }))]
        : [];
  return {
    type: 'modal',
    callback_id: COMPARE_BLIND,
    title: label('You and the AI'),
    submit: label(own === null ? 'Save' : 'Decide'),
    close: label('Later'),
    private_metadata: metadataOf(record, own === null ? 'compare' : 'judge'),
    blocks: [
      ...titleBlocks(input),
      ...answered,
      ...aiBlocks(record, decision?.choice),
      {
        type: 'input',
        block_id: 'compared',
        label: label('Does the AI say the same?'),
        element: {
          type: 'radio_buttons',
          action_id: INPUT_ACTION,
          options: (['same', 'different'] as const).map((value) => ({
            text: label(COMPARED_WORDS[value]),
            value,
          })),
        },
      },
      ...(own === null ? [] : [reasonInput(record)]),
    ],
  };
}

const COMPARED_WORDS: Record<Compared, string> = {
  same: 'Yes, the same in substance',
  different: 'No, it is different',
};

const reasonInput = (record: ItemRecord): InputBlock => ({
  type: 'input',
  block_id: 'rationale',
  optional: !record.reason_required,
  label: label('What is different, or how do you know?'),
  element: {
    type: 'plain_text_input',
    action_id: INPUT_ACTION,
    multiline: true,
    max_length: INPUT_MAX,
  },
});

/** What was chosen, or what is wrong. */
export function readCompared(
  values: unknown,
):
  | { ok: true; compared: Compared; rationale?: string }
  | { ok: false; errors: Record<string, string> } {
  const chosen = readField(values, 'compared');
  const rationale = readText(values, 'rationale');
  if (chosen.kind !== 'one' || (chosen.value !== 'same' && chosen.value !== 'different'))
    return { ok: false, errors: { compared: 'Choose one.' } };
  if (rationale.length > INPUT_MAX)
    return { ok: false, errors: { rationale: `At most ${INPUT_MAX} characters.` } };
  return { ok: true, compared: chosen.value, ...(rationale === '' ? {} : { rationale }) };
}

/** All that was hidden. */
function aiBlocks(record: ItemRecord, choice: string | undefined): KnownBlock[] {
  const item = record.item && maskSensitive(record.item);
  if (!item) return [];
  const { body: _body, ...shown } = item;
  const blocks: KnownBlock[] = proposalBlocks(shown, ROOM, {
    decided: true,
    decision: choice === undefined ? null : { choice },
  });
  if (item.proposal === undefined && item.action === undefined)
    blocks.push(richText(section(ours('The AI named no answer of its own.'))));
  if (item.justification !== undefined)
    blocks.push(
      richText(
        section(bold('The AI’s reasons')),
        ...saidElements(item.justification, { max: 1500, more: 'Details' }, true),
      ),
    );
  if (item.confidence !== undefined)
    blocks.push(richText(section(bold('Confidence '), ours(percentWords(item.confidence)))));
  return blocks;
}

function titleBlocks({ record }: CardInput): KnownBlock[] {
  const item = seenItem(record);
  return [richText(section(said(item ? item.title : `Item ${record.id}`, 300, { bold: true })))];
}

const metadataOf = (record: ItemRecord, action: string): string =>
  writeItemMetadata({ item_id: record.id, version: record.view_rev, action });
