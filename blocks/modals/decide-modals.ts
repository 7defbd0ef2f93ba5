/**
 * The forms behind Reject, Edit and Answer (and Approve, where a reason is asked), and the note that takes a form's place. `callback_id` is `decide_item`;
 * block ids `answer`, `rationale`, `tags`, `choice`, or the field names of `answer_schema`; action id `value`. Pure.
 */
import type { InputBlock, KnownBlock, ModalView } from '@slack/types';
import { ERROR_TAGS } from '../../src/domain/item.ts';
import { INPUT_ACTION, answerForm } from './answer-form.ts';
import type { CardInput } from '../cards/card-input.ts';
import { guideBlocks } from './details.ts';
import { editableOf } from '../cards/editable.ts';
import { INPUT_MAX, editInputs, editStart } from './edit-form.ts';
import { cut } from '../text/escape.ts';
import { writeItemMetadata } from './modal-metadata.ts';
import { menuOptions, numberedOptionLines } from '../cards/options.ts';
import { proposalBlocks } from '../cards/proposal.ts';
import { label, mrkdwn, plain, richText, said, section } from '../text/rich-text.ts';
import { seenItem } from '../cards/seen-item.ts';
import { TAG_WORDS } from '../text/words.ts';

/** The callback id of every form that decides an item. */
export const DECIDE_ITEM = 'decide_item';
const ROOM = { body: 600, proposal: 800, candidates: 1600 };

/** Why it is approved: for items whose policy asks for a reason with every approval (`reason_required`). */
export function approveModal(input: CardInput): ModalView {
  return form(input, 'approve', 'Approve', [
    textInput('rationale', 'Why is it right?', { placeholder: 'What did you check?' }),
  ]);
}

/** An approval with words that go back to the AI, where no reason is asked for. */
export function approveNoteModal(input: CardInput): ModalView {
  return form(input, 'approve_note', 'Approve', [
    textInput('rationale', 'Your note to the AI', {
      placeholder: 'What should it know or do differently next time?',
    }),
  ]);
}

/** Why it is rejected, and what was wrong. */
export function rejectModal(input: CardInput): ModalView {
  return form(input, 'reject', 'Reject', [
    textInput('rationale', 'Why? The AI learns from your words', {
      placeholder: 'What is wrong, and what would be right?',
    }),
    {
      type: 'input',
      block_id: 'tags',
      label: label('What was wrong?'),
      element: {
        type: 'multi_static_select',
        action_id: INPUT_ACTION,
        placeholder: label('Choose one or more'),
        options: ERROR_TAGS.map((tag) => ({ text: label(TAG_WORDS[tag]), value: tag })),
      },
    },
  ]);
}

/** The arguments or the proposal, to be changed and approved in one go. */
export function editModal(input: CardInput): ModalView {
  const item = seenItem(input.record);
  const start = item && input.record.item && editableOf(item) && editStart(input.record.item);
  if (!start) return noticeModal('Edit', 'There is nothing to edit here.');
  if (start.as !== 'fields' && start.text.length > INPUT_MAX) {
    return noticeModal(
      'Edit',
      `This is too long to edit in Slack: ${start.text.length} characters, and an input takes ${INPUT_MAX}. Reject it, and say what should be different.`,
    );
  }
  const inputs =
    start.as === 'fields'
      ? editInputs(start.fields)
      : [
          textInput('answer', start.as === 'json' ? 'Arguments (JSON)' : 'Text', {
            initial: start.text,
            ...(start.as === 'json' ? { hint: start.hint } : {}),
          }),
        ];
  return form(input, 'edit', 'Approve as edited', [
    ...inputs,
    textInput('rationale', 'Why did you change it?', { optional: !input.record.reason_required }),
  ]);
}

/** A free answer, or the form that the producer asks for. */
export function answerModal(input: CardInput): ModalView {
  const item = seenItem(input.record);
  if (!item) return noticeModal('Answer', 'The texts of this item have been erased.');
  if (item.answer_schema) {
    const fields = answerForm(item.answer_schema);
    return form(input, 'answer', 'Answer', [...fields, ...reasonInput(fields)]);
  }
  const options = item.options ?? [];
  const choice: KnownBlock[] =
    options.length === 0
      ? []
      : [
          ...numberedOptionLines(item),
          {
            type: 'input',
            block_id: 'choice',
            optional: true,
            label: label('Take a prepared answer'),
            hint: label('What you write below goes out instead of its text.'),
            element: {
              type: 'static_select',
              action_id: INPUT_ACTION,
              placeholder: label('None'),
              options: menuOptions(item),
            },
          },
        ];
  return form(input, 'answer', 'Answer', [
    ...choice,
    textInput('answer', 'Your answer', { optional: options.length > 0 }),
    ...reasonInput([]),
  ]);
}

/** An optional reason, unless a field of the producer's already has that name. */
const reasonInput = (fields: InputBlock[]): InputBlock[] =>
  fields.some((field) => field.block_id === 'rationale')
    ? []
    : [textInput('rationale', 'How do you know?', { optional: true })];

/**
 * A modal that only says something: "already decided by …", "you may not decide this".
 * @param words mrkdwn as `refusalNote` writes it; words of others must have gone through `escapeMrkdwn`
 */
export function noticeModal(title: string, words: string): ModalView {
  return {
    type: 'modal',
    callback_id: 'notice',
    title: plain(title, 24),
    close: label('Close'),
    blocks: [
      {
        type: 'section',
        text: mrkdwn(cut(words.trim() === '' ? 'Nothing to say.' : words, INPUT_MAX)),
      },
    ],
  };
}

function textInput(
  block_id: string,
  name: string,
  more: { initial?: string; hint?: string; placeholder?: string; optional?: boolean } = {},
): InputBlock {
  return {
    type: 'input',
    block_id,
    label: label(name),
    optional: more.optional ?? false,
    ...(more.hint === undefined ? {} : { hint: label(more.hint) }),
    element: {
      type: 'plain_text_input',
      action_id: INPUT_ACTION,
      multiline: true,
      max_length: INPUT_MAX,
      ...(more.initial ? { initial_value: more.initial } : {}),
      ...(more.placeholder === undefined ? {} : { placeholder: label(more.placeholder) }),
    },
  };
}

/**
 * The title, what the form asks for, and what is decided about: the words first where they are what is answered, else
 * below the inputs. The guide is last: whoever knows it need not scroll past it.
 */
function form(
  input: CardInput,
  action: keyof typeof TITLES,
  submit: string,
  inputs: KnownBlock[],
): ModalView {
  const { record, domain } = input;
  const item = seenItem(record);
  // What is edited is in the inputs.
  const room = action === 'edit' ? { ...ROOM, proposal: 200 } : ROOM;
  const words = item ? proposalBlocks(item, room) : [];
  const card =
    input.permalink?.startsWith('https://') && !/[<>|\s]/.test(input.permalink)
      ? [contextLink(input.permalink)]
      : [];
  const blocks: KnownBlock[] = [
    richText(section(said(item ? item.title : `Item ${record.id}`, 300, { bold: true }))),
    ...(action === 'answer' ? [...words, ...inputs] : [...inputs, ...words]),
    ...guideBlocks(domain.guide, item, 1500),
    ...card,
  ];
  return {
    type: 'modal',
    callback_id: DECIDE_ITEM,
    title: label(TITLES[action]),
    submit: label(submit),
    close: label('Cancel'),
    private_metadata: writeItemMetadata({
      item_id: record.id,
      version: record.view_rev,
      action,
    }),
    blocks,
  };
}

const TITLES = {
  approve: 'Approve',
  approve_note: 'Approve with a note',
  reject: 'Reject',
  edit: 'Edit and approve',
  answer: 'Answer',
} as const;

const contextLink = (permalink: string): KnownBlock => ({
  type: 'context',
  elements: [mrkdwn(`<${permalink}|The card>`)],
});
