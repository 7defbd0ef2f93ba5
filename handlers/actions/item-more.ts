/** Escalate, and what stands under More: Reassign, Snooze, Need info; and the answer to what was asked back. Each is a form. */
import type { App } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { CardInput } from '../../blocks/cards/card-input.ts';
import { APPROVE_WITH_NOTE, MORE } from '../../blocks/cards/buttons.ts';
import { readField, readText } from '../../blocks/modals/form-values.ts';
import {
  escalateModal,
  giveInfoModal,
  LADDER_FORMS,
  needInfoModal,
  reassignModal,
  snoozeModal,
  WORDS_MOST,
} from '../../blocks/modals/ladder-modals.ts';
import { approveNoteModal, noticeModal } from '../../blocks/modals/decide-modals.ts';
import { refusalNote } from '../../blocks/messages/notes.ts';
import { SNOOZES, snoozedUntil, type Snooze } from '../../policies/schedule/snooze.ts';
import { showing } from '../../src/items/shown-item.ts';
import { infoRequestsOf } from '../../src/store/info-requests.ts';
import { rungsOfItem } from '../../src/store/rungs.ts';
import { mayDoNow, wordsFor } from '../context/ask-whether.ts';
import { decidingForm } from '../context/deciding-form.ts';
import type { HandlerContext } from '../context/handler-context.ts';
import { onItemClick, type ItemClick } from '../context/on-item-click.ts';
import { onItemForm, performForm, type FormAct } from '../context/on-item-form.ts';
import { openModal } from '../context/open-modal.ts';
import { refuseGone } from '../context/refuse-gone.ts';
import { sendNote } from '../context/send-note.ts';

export function onItemMore(app: App, desk: HandlerContext): void {
  onItemClick(app, desk, 'item_escalate', (click) => escalate(desk, click));
  onItemClick(app, desk, MORE, (click) => more(desk, click));
  onItemClick(app, desk, 'item_give_info', (click) => giveInfo(desk, click), 'answer');
  for (const [name, callback_id] of Object.entries(LADDER_FORMS)) {
    onItemForm(app, desk, callback_id, async (form) => {
      const read = readForm(name, form.record.id, form.values);
      return 'errors' in read ? form.wrong(read.errors) : performForm(desk, form, read);
    });
  }
}

/** At the top it is said before anybody writes down why. */
async function escalate(desk: HandlerContext, click: ItemClick): Promise<void> {
  const rungs = await rungsOfItem(desk.world.db, click.record.id);
  const above = rungs.some((rung) => rung.state === 'waiting');
  return decidingForm(desk, click, (input) =>
    above
      ? escalateModal(input)
      : noticeModal('Escalate now', refusalNote({ refused: 'nobody_above' })),
  );
}

async function more(desk: HandlerContext, click: ItemClick): Promise<void> {
  switch (click.option) {
    case APPROVE_WITH_NOTE:
      return decidingForm(desk, click, approveNoteModal);
    case 'item_reassign':
      return decidingForm(desk, click, reassignModal);
    case 'item_snooze':
      return decidingForm(desk, click, (input) => snoozeForm(desk, input));
    case 'item_need_info':
      return decidingForm(desk, click, needInfoModal);
    default:
      return refuseGone(desk, click, click.ack);
  }
}

const SNOOZE_WORDS: Record<Snooze, string> = {
  '15m': '15 minutes',
  '1h': 'An hour',
  morning: 'Until tomorrow morning, 9:00',
};

function snoozeForm(desk: HandlerContext, input: CardInput): ModalView {
  const { expires_at } = input.record;
  const { timezone } = desk.world.policy();
  const choices = SNOOZES.map((value) => ({
    value,
    words: value === 'morning' ? `${SNOOZE_WORDS[value]} (${timezone})` : SNOOZE_WORDS[value],
    until: snoozedUntil(value, timezone, input.now),
  })).filter(({ until }) => expires_at === null || until < expires_at);
  return snoozeModal(input, choices);
}

/** Whoever asked for the item answers what an expert asked back. */
async function giveInfo(desk: HandlerContext, click: ItemClick): Promise<void> {
  await click.ack();
  const { record, person } = click;
  const requester = record.requester_slack_user;
  const may = await mayDoNow(desk, { deed: 'give_info', requester }, person);
  if (may.may === 'no') return sendNote(desk, click, wordsFor(desk, may.refusal, person));
  const open = (await infoRequestsOf(desk.world.db, record.id)).find((one) => one.answer === null);
  if (!open || record.status === 'decided')
    return sendNote(desk, click, refusalNote({ refused: 'not_asked' }));
  const shown = await showing(desk.world, record);
  await openModal(desk, click, giveInfoModal(shown, open.question));
}

type Read = FormAct | { errors: Record<string, string> };

/** What a form asks for, or what is wrong with it by block id. */
function readForm(form: string, item_id: string, values: Record<string, unknown>): Read {
  const words = (block: string, missing: string): string | { errors: Record<string, string> } => {
    const text = readText(values, block);
    if (text.replace(/\s/g, '').length < 3) return { errors: { [block]: missing } };
    return text.slice(0, WORDS_MOST);
  };
  switch (form) {
    case 'escalate': {
      const reason = words('reason', 'Say why, in a few words.');
      return typeof reason === 'string' ? { act: 'escalate', item_id, reason } : reason;
    }
    case 'reassign': {
      const to = readField(values, 'to');
      if (to.kind !== 'one' || !/^[UW][A-Z0-9]{2,30}$/.test(to.value))
        return { errors: { to: 'Choose a person.' } };
      const text = readText(values, 'words');
      return { act: 'reassign', item_id, to: to.value, words: text === '' ? null : text };
    }
    case 'snooze': {
      const chosen = readField(values, 'snooze');
      const snooze = SNOOZES.find((one) => chosen.kind === 'one' && one === chosen.value);
      return snooze ? { act: 'snooze', item_id, snooze } : { errors: { snooze: 'Choose one.' } };
    }
    case 'need_info': {
      const question = words('question', 'Say what you need to know.');
      return typeof question === 'string' ? { act: 'need_info', item_id, question } : question;
    }
    default: {
      const answer = words('answer', 'Write your answer.');
      return typeof answer === 'string' ? { act: 'give_info', item_id, answer } : answer;
    }
  }
}
