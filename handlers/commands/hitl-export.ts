/** `/hitl export [items|decisions|audit] [30d|FROM..TO]`: a CSV by direct message, for managers. */
import { exportAsked } from '../../blocks/messages/export-words.ts';
import type { Message } from '../../blocks/text/message.ts';
import { plainMessage } from '../../blocks/messages/plain-message.ts';
import { askForExport } from '../../src/export/ask-for-export.ts';
import type { Person } from '../../src/access/refused.ts';
import type { EpochMs } from '../../src/domain/clock.ts';
import { readMoment } from '../../src/domain/read-moment.ts';
import { EXPORTS, type Span } from '../../src/store/export-pages.ts';
import type { HandlerContext } from '../context/handler-context.ts';
import { mayDoNow, wordsFor } from '../context/ask-whether.ts';

const USAGE =
  '`/hitl export items|decisions|audit [30d | 2026-11-01..2026-12-01]`; without a time, the last 30 days.';

/** @param at when it was typed */
export async function sendMeExport(
  desk: HandlerContext,
  person: Person,
  typed: string,
  at: EpochMs,
): Promise<Message> {
  const { world } = desk;
  const may = await mayDoNow(desk, { deed: 'export' }, person);
  if (may.may === 'no') return plainMessage(wordsFor(desk, may.refusal, person));
  const [named = '', span = '30d', ...more] = typed.trim().split(/\s+/);
  const what = EXPORTS.find((one) => one === named.toLowerCase());
  const time = readSpan(span, at);
  if (what === undefined || time === null || more.length > 0) return plainMessage(USAGE);
  await askForExport(world, person, { what, ...time });
  return plainMessage(exportAsked({ what, ...time }));
}

/** `30d`, `2026-11-01`, or both ends with `..` between them; the end is not part of it. */
function readSpan(typed: string, now: EpochMs): Span | null {
  const [from = '', to, ...more] = typed.split('..');
  const since = readMoment(from, now);
  const until = to === undefined ? now + 1 : readMoment(to, now);
  return since === null || until === null || since >= until || more.length > 0
    ? null
    : { since, until };
}
