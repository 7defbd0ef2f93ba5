/**
 * After one's own answer to a blind item that several decide: does one of the earlier ones say the same? It does not say
 * whose they are. `callback_id` `endorse_answer`, block id `same`, the values are the opinions' ids. Pure.
 */
import type { ModalView } from '@slack/types';
import type { Opinion } from '../../src/domain/decision.ts';
import type { Signature } from '../../src/domain/signatures.ts';
import { INPUT_ACTION } from './answer-form.ts';
import { maskAnswer } from '../../src/domain/redact.ts';
import type { CardInput } from '../cards/card-input.ts';
import { readField } from './form-values.ts';
import { writeItemMetadata } from './modal-metadata.ts';
import { answerElements } from '../cards/outcome.ts';
import { bold, label, richText, section } from '../text/rich-text.ts';

export const ENDORSE_ANSWER = 'endorse_answer';
const NONE = 'none';
/** Radio buttons hold ten, and one is for none of them. */
const MOST = 9;

export function endorseModal(
  { record }: CardInput,
  own: Opinion,
  others: readonly Signature[],
): ModalView {
  const shown = others.slice(-MOST);
  const answerOf = ({ answer = '', choice }: Opinion) =>
    record.item ? maskAnswer(record.item, answer, choice) : answer;
  return {
    type: 'modal',
    callback_id: ENDORSE_ANSWER,
    title: label('Does anyone agree?'),
    submit: label('Save'),
    close: label('Keep my answer'),
    private_metadata: writeItemMetadata({
      item_id: record.id,
      version: record.view_rev,
      action: 'endorse',
    }),
    blocks: [
      richText(section(bold('You said')), ...answerElements(answerOf(own), { max: 1500 })),
      ...shown.map(({ opinion }, at) =>
        richText(
          section(bold(`Answer ${at + 1}`)),
          ...answerElements(answerOf(opinion), { max: 1500 }),
        ),
      ),
      {
        type: 'input',
        block_id: 'same',
        label: label('Does one of these say the same as you?'),
        hint: label('If so, you take over its words, and you two agree.'),
        element: {
          type: 'radio_buttons',
          action_id: INPUT_ACTION,
          options: [
            ...shown.map(({ opinion }, at) => ({
              text: label(`Answer ${at + 1}`),
              value: opinion.id,
            })),
            { text: label('None of them'), value: NONE },
          ],
        },
      },
    ],
  };
}

/** The id of the opinion that was chosen; null: none of them. */
export function readEndorsed(values: unknown): string | null {
  const field = readField(values, 'same');
  return field.kind === 'one' && field.value !== NONE ? field.value : null;
}
