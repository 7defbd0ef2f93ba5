/** What is said of an export: when it is asked for, beside the file, and where there is none. Pure. */
import type { EpochMs } from '../../src/domain/clock.ts';
import { counted } from '../text/words.ts';

type What = 'items' | 'decisions' | 'audit';

const NOUN: Record<What, { one: string; all: string }> = {
  items: { one: 'item', all: 'items that came in' },
  decisions: { one: 'decision', all: 'decisions' },
  audit: { one: 'entry', all: 'entries of the audit log' },
};

/** "2026-11-23 09:00 UTC": a file has its times in UTC too. */
const minute = (time: EpochMs): string =>
  `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** "the decisions from … to …" */
const which = (what: What, since: EpochMs, until: EpochMs): string =>
  `the ${NOUN[what].all} from ${minute(since)} to ${minute(until)}`;

export const exportAsked = (wanted: { what: What; since: EpochMs; until: EpochMs }): string =>
  `I am writing ${which(wanted.what, wanted.since, wanted.until)} into a file. It comes to you as a direct message.`;

/** Beside the file; in place of it where there is nothing. mrkdwn. */
export function exportComment(wanted: {
  what: What;
  since: EpochMs;
  until: EpochMs;
  records: number;
}): string {
  const { what, since, until, records } = wanted;
  if (records === 0) return `There is nothing to export: no ${which(what, since, until).slice(4)}.`;
  const many =
    what === 'audit' && records !== 1 ? `${records} entries` : counted(records, NOUN[what].one);
  return `Here are ${which(what, since, until)}: ${many}. What producers call sensitive is hidden. Handle it with care: it holds what customers wrote.`;
}

export const tooLargeToSend = ({ what }: { what: What; since: EpochMs }): string =>
  `The ${NOUN[what].all} you asked for are too many for Slack. Ask for a shorter time, or have whoever runs me type \`hitl export ${what}\`.`;
