/**
 * The forms of Escalate, Reassign, Snooze, Need info, and of the answer to it. `callback_id` is each form's own; block ids
 * `reason`, `to`, `words`, `snooze`, `question`, `answer`; action id `value`. Pure.
 */
import type { InputBlock, KnownBlock, ModalView } from '@slack/types';
import type { EpochMs } from '../../src/domain/clock.ts';
import { INPUT_ACTION } from './answer-form.ts';
import type { CardInput } from '../cards/card-input.ts';
import { noticeModal } from './decide-modals.ts';
import { writeItemMetadata } from './modal-metadata.ts';
import { dateMrkdwn, label, mrkdwn, richText, said, section } from '../text/rich-text.ts';
import { seenItem } from '../cards/seen-item.ts';

export const LADDER_FORMS = {
  escalate: 'escalate_item',
  reassign: 'reassign_item',
  snooze: 'snooze_item',
  need_info: 'need_info',
  give_info: 'give_info',
} as const;
export type LadderForm = keyof typeof LADDER_FORMS;

export const WORDS_MOST = 1000;

const textInput = (
  block_id: string,
  name: string,
  placeholder: string,
  optional = false,
): InputBlock => ({
  type: 'input',
  block_id,
  optional,
  label: label(name),
  element: {
    type: 'plain_text_input',
    action_id: INPUT_ACTION,
    multiline: true,
    max_length: WORDS_MOST,
    placeholder: label(placeholder),
  },
});

function form(
  { record }: CardInput,
  which: LadderForm,
  title: string,
  submit: string,
  ...blocks: KnownBlock[]
): ModalView {
  const item = seenItem(record);
  return {
    type: 'modal',
    callback_id: LADDER_FORMS[which],
    title: label(title),
    submit: label(submit),
    close: label('Cancel'),
    private_metadata: writeItemMetadata({
      item_id: record.id,
      version: record.view_rev,
      action: which,
    }),
    blocks: [
      richText(section(said(item ? item.title : `Item ${record.id}`, 300, { bold: true }))),
      ...blocks,
    ],
  };
}

export const escalateModal = (input: CardInput): ModalView =>
  form(
    input,
    'escalate',
    'Escalate now',
    'Escalate',
    textInput('reason', 'Why?', 'What do those above you need to know?'),
  );

export const reassignModal = (input: CardInput): ModalView =>
  form(
    input,
    'reassign',
    'Give it to somebody',
    'Reassign',
    {
      type: 'input',
      block_id: 'to',
      label: label('To whom?'),
      hint: label('They must be one of those who may decide this.'),
      element: {
        type: 'users_select',
        action_id: INPUT_ACTION,
        placeholder: label('Choose a person'),
      },
    },
    textInput('words', 'A word to them', 'What should they know?', true),
  );

/** @param choices those that end before the item does */
export function snoozeModal(
  input: CardInput,
  choices: readonly { value: string; words: string; until: EpochMs }[],
): ModalView {
  if (choices.length === 0)
    return noticeModal(
      'Snooze',
      `This item ends ${dateMrkdwn(input.record.expires_at ?? input.now)}: there is no time to snooze it.`,
    );
  return form(
    input,
    'snooze',
    'Snooze',
    'Snooze',
    {
      type: 'input',
      block_id: 'snooze',
      label: label('For how long?'),
      element: {
        type: 'radio_buttons',
        action_id: INPUT_ACTION,
        options: choices.map(({ value, words }) => ({ text: label(words), value })),
      },
    },
    {
      type: 'context',
      elements: [
        mrkdwn(
          'Its clocks stand still meanwhile, and nobody is paged. Anyone who may can still decide it.',
        ),
      ],
    },
  );
}

export const needInfoModal = (input: CardInput): ModalView =>
  form(
    input,
    'need_info',
    'Need info',
    'Ask',
    textInput('question', 'What do you need to know?', 'It is asked where this item came from.'),
  );

export const giveInfoModal = (input: CardInput, question: string): ModalView =>
  form(
    input,
    'give_info',
    'Answer the expert',
    'Send',
    richText(section(said(question, WORDS_MOST))),
    textInput('answer', 'Your answer', 'It is shown on the card, and the clocks go on.'),
  );
