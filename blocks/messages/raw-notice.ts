/** What came in and could not be read as an item: the notice for the data team, and its details. It can be closed, not decided. Pure. */
import type { Button, KnownBlock, ModalView } from '@slack/types';
import type { EpochMs } from '../../src/domain/clock.ts';
import { ERASED } from '../../src/domain/erased.ts';
import { hidePayload } from '../../src/domain/redact.ts';
import type { FieldError } from '../../src/domain/item.ts';
import type { Message } from '../text/message.ts';
import {
  bold,
  bullets,
  date,
  dateMrkdwn,
  label,
  mrkdwn,
  ours,
  plain,
  richText,
  said,
  section,
  user,
} from '../text/rich-text.ts';
import { codeParts } from '../text/shown-parts.ts';
import { counted } from '../text/words.ts';

export interface RawNotice {
  id: string;
  received_at: EpochMs;
  /** `queue`, `http` */
  source: string;
  job_id: string | null;
  errors: FieldError[];
  /** As it came. */
  payload: string;
  /** How many alike came in, this one among them. */
  seen: number;
  closed: { by: string; at: EpochMs } | null;
}

const MOST_ERRORS = 8;

/** The notice in the data team's channel. */
export function rawNotice(raw: RawNotice): Message {
  const blocks: KnownBlock[] = [
    { type: 'header', text: label('Something came in that cannot be read') },
    origin(raw),
  ];
  if (raw.closed) {
    blocks.push(
      richText(
        section(ours('☑️ Closed by '), user(raw.closed.by), ours(' · '), date(raw.closed.at)),
      ),
    );
  }
  blocks.push(errorBlock(raw, MOST_ERRORS, 200));
  if (!raw.closed)
    blocks.push(richText(...codeParts(shown(raw.payload), { max: 600, more: 'Details' }).elements));
  const button = (name: string, action_id: string): Button => ({
    type: 'button',
    text: label(name),
    action_id,
    value: raw.id,
  });
  blocks.push({
    type: 'actions',
    block_id: 'raw',
    elements: [
      button('Details', 'raw_details'),
      ...(raw.closed ? [] : [button('Close', 'raw_close')]),
    ],
  });
  return {
    text: `${raw.closed ? 'Closed: s' : 'S'}omething came in that cannot be read (${counted(raw.errors.length, 'problem')})`,
    blocks,
  };
}

/** The whole of it, as far as a modal holds it. */
export function rawDetailsModal(raw: RawNotice): ModalView {
  return {
    type: 'modal',
    callback_id: 'raw_details',
    title: label('What came in'),
    close: label('Close'),
    private_metadata: JSON.stringify({ raw_id: raw.id.slice(0, 500) }),
    blocks: [
      origin(raw),
      errorBlock(raw, 50, 300),
      richText(...codeParts(shown(raw.payload), { max: 40_000, more: '' }).elements),
    ],
  };
}

const FROM_WORDS = new Map([
  ['queue', 'From the queue'],
  ['http', 'Over HTTP'],
]);

function origin(raw: RawNotice): KnownBlock {
  return {
    type: 'context',
    elements: [
      plain(FROM_WORDS.get(raw.source) ?? `From ${raw.source}`, 60),
      ...(raw.job_id === null ? [] : [plain(`Job ${raw.job_id}`, 150)]),
      mrkdwn(dateMrkdwn(raw.received_at)),
      ...(raw.seen > 1 ? [plain(`${raw.seen} alike`, 60)] : []),
    ],
  };
}

function errorBlock(raw: RawNotice, most: number, max: number): KnownBlock {
  if (raw.payload === ERASED) return richText(section(ours('What came in was erased.')));
  const { errors } = raw;
  const lines = errors
    .slice(0, most)
    .map(({ field, problem }) => [said(field, 120, { code: true }), ours(' '), said(problem, max)]);
  if (errors.length > most) lines.push([ours(`and ${errors.length - most} more`)]);
  return lines.length === 0
    ? richText(section(ours('It is not JSON, or not an object.')))
    : richText(section(bold('What is wrong')), bullets(lines));
}

/** As it came, but for what it calls sensitive itself. */
function shown(payload: string): string {
  return payload.trim() === '' ? '(nothing)' : hidePayload(payload);
}
