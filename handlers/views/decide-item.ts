/** A form is sent: reject, edit, answer, or approve with a reason. What is wrong is shown on its field. */
import type { App } from '@slack/bolt';
import { DECIDE_ITEM } from '../../blocks/modals/decide-modals.ts';
import { standingInput } from '../../blocks/cards/opinions.ts';
import { readEdit } from '../../blocks/modals/read-edit.ts';
import {
  readAnswer,
  readApprove,
  readApproveNote,
  readReject,
  type ReadForm,
} from '../../blocks/modals/read-form.ts';
import type { ItemRecord } from '../../src/domain/decision.ts';
import { showing } from '../../src/items/shown-item.ts';
import { loadDecision } from '../../src/store/decisions.ts';
import { comparison } from './blind-forms.ts';
import type { HandlerContext } from '../context/handler-context.ts';
import { onItemForm, performForm } from '../context/on-item-form.ts';
import { endorsement } from './item-endorse.ts';
import { refusedWords } from '../context/refused-words.ts';

export function onDecideItem(app: App, desk: HandlerContext): void {
  onItemForm(app, desk, DECIDE_ITEM, async (form) => {
    const { record, person, seen_rev, seen } = form;
    if (record.status === 'decided') {
      // However the form is filled in, it comes too late: what is wrong in it no longer matters.
      const refusal = { refused: 'decided', outcome: record.outcome ?? 'expired' } as const;
      const decision = await loadDecision(desk.world.db, record.id);
      return form.refuse(refusedWords(desk.world, { refusal, record, decision }, person));
    }
    const standing =
      record.several === null ? record : standingInput(await showing(desk.world, record)).record;
    const read = readForm(standing, form.action, form.values);
    if (!read.ok) return form.wrong(read.errors);
    const { verdict } = read;
    const act = { act: 'decide', item_id: record.id, verdict, seen_rev, ...seen } as const;
    return performForm(desk, form, act, async () => {
      const next = record.blind
        ? ((await comparison(desk, record.id, person)) ??
          (await endorsement(desk, record.id, person)))
        : null;
      return next === null ? form.ack() : form.next(next);
    });
  });
}

function readForm(record: ItemRecord, action: string, values: Record<string, unknown>): ReadForm {
  switch (action) {
    case 'approve':
      return readApprove(values);
    case 'approve_note':
      return readApproveNote(values);
    case 'reject':
      return readReject(values);
    case 'edit':
      return readEdit(record, values);
    default:
      return readAnswer(record, values);
  }
}
