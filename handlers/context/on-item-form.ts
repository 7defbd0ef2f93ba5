/** What every form about an item has in common: it is read, its item is found, and what cannot be is told in the form. */
import type { App } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { noticeModal } from '../../blocks/modals/decide-modals.ts';
import { withinLimits } from '../../blocks/text/limits.ts';
import { readItemMetadata } from '../../blocks/modals/modal-metadata.ts';
import { refusalNote } from '../../blocks/messages/notes.ts';
import type { Act } from '../../src/items/action.ts';
import type { ItemRecord } from '../../src/domain/decision.ts';
import type { Seen } from '../../src/outbox/seen-view.ts';
import { loadItem } from '../../src/store/items.ts';
import { decidingCard } from '../../src/outbox/deciding-card.ts';
import type { HandlerContext } from './handler-context.ts';
import { readSubmission, type Submission } from './payload.ts';
import { runAction } from './run-action.ts';
import { maySee } from '../../src/access/may-see.ts';
import { unlessThey } from './ask-whether.ts';

/** A form that was sent. */
export interface ItemForm extends Pick<Submission, 'person' | 'values'> {
  record: ItemRecord;
  /** The item's `view_rev` as the person saw it. */
  seen_rev: number;
  /** The word the form is for. */
  action: string;
  /** The card, and the form itself, for an item that has no card yet. */
  seen: Seen;
  where: Act['where'];
  /** Closes the form. */
  ack: () => Promise<unknown>;
  /** Puts another form in its place. */
  next: (view: ModalView) => Promise<unknown>;
  /** What is wrong, by block id; the form stays as it is. */
  wrong: (errors: Record<string, string>) => Promise<unknown>;
  /** Nothing was done, and why. */
  refuse: (words: string) => Promise<unknown>;
}

/** Calls `handle` for forms under that `callback_id`. */
export function onItemForm(
  app: App,
  desk: HandlerContext,
  callback_id: string,
  handle: (form: ItemForm) => Promise<unknown>,
): void {
  app.view({ callback_id, type: 'view_submission' }, async ({ ack, body }) => {
    const next = (view: ModalView) =>
      ack({ response_action: 'update', view: withinLimits('modal', view) });
    const refuse = (words: string) => next(noticeModal('Not done', words));
    const sent = readSubmission(body);
    const outside =
      sent &&
      unlessThey(
        desk,
        sent.person,
        maySee(desk.world.policy(), { view: 'card' }, sent.person, desk.world),
      );
    if (outside) return refuse(outside);
    const metadata = sent && readItemMetadata(sent.private_metadata);
    const record = metadata && (await loadItem(desk.world.db, metadata.item_id));
    if (!sent || !metadata || !record) return refuse(refusalNote({ refused: 'gone' }));
    const card = await decidingCard(desk.world, desk.world.db, record);
    await handle({
      person: sent.person,
      values: sent.values,
      record,
      seen_rev: metadata.version,
      action: metadata.action,
      seen: { card_id: card?.id ?? null, shown_json: sent.shown_json },
      where: { channel: card?.channel ?? sent.person.user, thread_ts: null },
      ack: () => ack(),
      next,
      wrong: (errors) => ack({ response_action: 'errors', errors }),
      refuse,
    });
  });
}

/** An act without who does it and where: the form knows. */
export type FormAct = Act extends infer One
  ? One extends Act
    ? Omit<One, 'person' | 'where'>
    : never
  : never;

/** Carries out what the form asks for; `done` answers in place of closing it. */
export const performForm = (
  desk: HandlerContext,
  form: ItemForm,
  act: FormAct,
  done: () => Promise<unknown> = form.ack,
): Promise<boolean> =>
  runAction(desk, { ...act, person: form.person, where: form.where }, done, form.refuse);
