/** Why a stage sends an item back. `callback_id` `send_back`, block id `rationale`, action id `value`. Pure. */
import type { ModalView } from '@slack/types';
import { INPUT_ACTION } from './answer-form.ts';
import type { CardInput } from '../cards/card-input.ts';
import { INPUT_MAX } from './edit-form.ts';
import { readText } from './form-values.ts';
import { writeItemMetadata } from './modal-metadata.ts';
import { opinionBlocks } from '../cards/opinions.ts';
import { isReason, SAY_WHY } from './read-form.ts';
import { label, richText, said, section } from '../text/rich-text.ts';
import { seenItem } from '../cards/seen-item.ts';

export const SEND_BACK = 'send_back';

export function sendBackModal(input: CardInput): ModalView {
  const { record } = input;
  const item = seenItem(record);
  return {
    type: 'modal',
    callback_id: SEND_BACK,
    title: label('Send back'),
    submit: label('Send back'),
    close: label('Cancel'),
    private_metadata: writeItemMetadata({
      item_id: record.id,
      version: record.view_rev,
      action: SEND_BACK,
    }),
    blocks: [
      richText(section(said(item ? item.title : `Item ${record.id}`, 300, { bold: true }))),
      ...opinionBlocks(input),
      {
        type: 'input',
        block_id: 'rationale',
        label: label('What should they look at again?'),
        hint: label('This can be done once: after that, approve it or reject it.'),
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

/** The reason, or what is wrong with it. @param values `view.state.values` */
export function readSendBack(
  values: unknown,
): { ok: true; rationale: string } | { ok: false; errors: Record<string, string> } {
  const rationale = readText(values, 'rationale');
  if (!isReason(rationale)) return { ok: false, errors: { rationale: SAY_WHY } };
  return rationale.length > INPUT_MAX
    ? { ok: false, errors: { rationale: `At most ${INPUT_MAX} characters.` } }
    : { ok: true, rationale };
}
