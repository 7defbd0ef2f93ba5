/**
 * The buttons of a card: which ones fit the kind, what `allowed` leaves, and the state. The table of kinds in one place;
 * a new button for every kind is one line in `always`. Pure.
 */
import type { ActionsBlock, Button, ConfirmationDialog, KnownBlock, Overflow } from '@slack/types';
import type { Allowable, Item } from '../../src/domain/item.ts';
import {
  ownWordsFirst,
  type Decision,
  type ItemRecord,
  type Opinion,
} from '../../src/domain/decision.ts';
import { candidateLetter, candidateOrder } from './candidate-order.ts';
import type { CardInput } from './card-input.ts';
import { editableOf } from './editable.ts';
import { endorsable } from './endorsable.ts';
import { MOST_OPTION_BUTTONS, menuOptions, optionButtons } from './options.ts';
import { label } from '../text/rich-text.ts';

const button = (
  text: Button['text'],
  action_id: string,
  value: string,
  style?: Button['style'],
): Button => ({ type: 'button', text, action_id, value, ...(style ? { style } : {}) });

/** `item:<view_rev>`: the revision that the buttons speak of. */
const actionsBlockId = (record: Pick<ItemRecord, 'view_rev'>): string => `item:${record.view_rev}`;

/**
 * The card's last blocks. A decided or erased item keeps Details only. More than four options come as a menu in a block
 * of its own (`item:<view_rev>:options`), each option's value being its position from 1.
 */
export function buttonBlocks(
  {
    record,
    decision,
    opinions = [],
    reopened,
  }: Pick<CardInput, 'record' | 'decision' | 'opinions' | 'reopened'>,
  item: Item | null,
  /** What Approve asks first. */
  confirm?: ConfirmationDialog,
): KnownBlock[] {
  const details = button(label('Details'), 'item_details', record.id);
  const actions = (elements: ActionsBlock['elements']): ActionsBlock => ({
    type: 'actions',
    block_id: actionsBlockId(record),
    elements,
  });
  if (record.status === 'decided' && record.blind && record.item !== null && canCompare(decision))
    return [actions([button(label('Same or different?'), 'item_compare', record.id), details])];
  if (record.outcome === 'expired' && item !== null && record.check_of === null && !reopened?.as)
    return [actions([button(label('Re-open'), 'item_reopen', record.id), details])];
  if (record.status === 'decided' || item === null) return [actions([details])];
  return [
    ...menu(record, item),
    actions([
      ...endorsing(record, opinions),
      ...deciding(record, item, confirm),
      ...sendingBack(record),
      ...always(record),
      details,
      more(record),
    ]),
  ];
}

/** What was answered before, to say the same by one click. */
const endorsing = (record: ItemRecord, opinions: readonly Opinion[]): Button[] =>
  endorsable(record, opinions).map(({ opinion, label }) =>
    button(
      label,
      `item_endorse:${opinion.id}`,
      record.id,
      record.several !== null && record.several.stages.length > 0 ? 'primary' : undefined,
    ),
  );

/** A later stage may send it back once. */
function sendingBack({ several, id }: ItemRecord): Button[] {
  return several !== null && several.stage > 0 && !several.sent_back.includes(several.stage)
    ? [button(label('Send back'), 'item_send_back', id)]
    : [];
}

/** A person decided it blind, and has not said yet how the AI's answer compares. */
const canCompare = (decision: Decision | null): boolean =>
  decision?.decided_by.type === 'human' && decision.compared === undefined;

/** What every open item has, whatever its kind. */
function always(record: ItemRecord): Button[] {
  return [
    record.claimed_by === null
      ? button(label('Claim'), 'item_claim', record.id)
      : button(label('Release'), 'item_release', record.id),
    ...(record.allowed.includes('escalate')
      ? [button(label('Escalate'), 'item_escalate', record.id)]
      : []),
  ];
}

/** The action id of the menu; each option's value is what it does. */
export const MORE = 'item_more';

/** Under More: approving with words to the AI, where one click approves without any. */
export const APPROVE_WITH_NOTE = 'item_approve_note';

const canNote = (record: ItemRecord): boolean =>
  (record.kind === 'approval' || record.kind === 'review') &&
  record.allowed.includes('approve') &&
  !record.reason_required &&
  !ownWordsFirst(record);

function more(record: ItemRecord): Overflow {
  const option = (text: string, value: string) => ({ text: label(text), value });
  return {
    type: 'overflow',
    action_id: MORE,
    options: [
      ...(canNote(record) ? [option('Approve with a note', APPROVE_WITH_NOTE)] : []),
      option('Reassign', 'item_reassign'),
      option('Snooze', 'item_snooze'),
      option('Need info', 'item_need_info'),
    ],
  };
}

function deciding(record: ItemRecord, item: Item, confirm?: ConfirmationDialog): Button[] {
  const may = (word: Allowable): boolean => record.allowed.includes(word);
  switch (record.kind) {
    case 'approval':
    case 'review':
      if (ownWordsFirst(record))
        return [button(label('Answer'), 'item_answer', record.id, 'primary')];
      return [
        ...(may('approve')
          ? [
              {
                ...button(label('Approve'), 'item_approve', record.id, 'primary'),
                ...(confirm ? { confirm } : {}),
              },
            ]
          : []),
        ...(may('edit') && editableOf(item) ? [button(label('Edit'), 'item_edit', record.id)] : []),
        ...(may('reject') ? [button(label('Reject'), 'item_reject', record.id, 'danger')] : []),
      ];
    case 'question': {
      if (!may('answer')) return [];
      const options = item.options ?? [];
      const presets =
        options.length <= MOST_OPTION_BUTTONS
          ? optionButtons(item, (text, position) =>
              button(text, `item_answer:${position}`, record.id),
            )
          : [];
      return [
        ...presets,
        button(
          label(options.length > 0 && !item.answer_schema ? 'Write an answer' : 'Answer'),
          'item_answer',
          record.id,
          options.length > 0 ? undefined : 'primary',
        ),
      ];
    }
    case 'comparison':
      if (!may('answer')) return [];
      return [
        // The letter alone, so that five of them fit a phone; read aloud it says what it means.
        ...candidateOrder(item).map((_, at) => ({
          ...button(label(candidateLetter(at)), `item_prefer:${at + 1}`, record.id),
          accessibility_label: `${candidateLetter(at)} is better`,
        })),
        button(label('Tie'), 'item_prefer:tie', record.id),
      ];
    default:
      return record.kind satisfies never;
  }
}

function menu(record: ItemRecord, item: Item): KnownBlock[] {
  const options = item.options ?? [];
  if (record.kind !== 'question' || !record.allowed.includes('answer')) return [];
  if (options.length <= MOST_OPTION_BUTTONS) return [];
  return [
    {
      type: 'actions',
      block_id: `${actionsBlockId(record)}:options`,
      elements: [
        {
          type: 'static_select',
          action_id: 'item_answer',
          placeholder: label('Choose an answer'),
          options: menuOptions(item),
        },
      ],
    },
  ];
}
