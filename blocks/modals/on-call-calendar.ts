/** The next days of a rotation as a small calendar in a window: one line a day, gaps marked. Pure. */
import type { ModalView, RichTextElement } from '@slack/types';
import { label, ours, richText, said, section, user, bold } from '../text/rich-text.ts';
import { joined } from '../text/words.ts';

/** A part of a day, wall clock of whoever reads. */
interface Part {
  from: string;
  until: string;
  users: readonly string[];
  why: 'shift' | 'override' | 'outside_hours' | 'not_started';
}

export interface CalendarDay {
  /** `Mon 23 Nov`. */
  day: string;
  parts: readonly Part[];
}

/** @param gone people who are no longer in Slack */
export function onCallCalendar(calendar: {
  rotation: string;
  domains: readonly string[];
  timezone: string;
  days: readonly CalendarDay[];
  gone: ReadonlySet<string>;
}): ModalView {
  const { rotation, domains, timezone, days, gone } = calendar;
  const notes = notesOf(days, gone);
  return {
    type: 'modal',
    callback_id: 'on_call_calendar',
    title: label('The next 14 days'),
    close: label('Close'),
    blocks: [
      richText(
        section(
          ...(domains.length === 0
            ? []
            : [said(domains.join(', '), 200, { bold: true }), ours(' · ')]),
          said(rotation, 64, { code: true }),
          ours(` · times are ${timezone.replaceAll('_', ' ')}`),
        ),
      ),
      richText(section(...days.flatMap((day) => dayLine(day, gone)))),
      ...(notes.length === 0
        ? []
        : [{ type: 'context' as const, elements: [label(notes.join(' · '))] }]),
    ],
  };
}

function dayLine({ day, parts }: CalendarDay, gone: ReadonlySet<string>): RichTextElement[] {
  const shown = parts.filter((part) => part.why !== 'outside_hours');
  const words = shown.map((part) => [
    ...(parts.length === 1 ? [] : [ours(`${part.from}–${part.until} `)]),
    ...partElements(part, gone),
  ]);
  return [
    bold(`${day}  `),
    ...(words.length === 0 ? [ours('💤 nobody')] : joined(words, ours(', '), ours(', '))),
    ours('\n'),
  ];
}

function partElements({ users, why }: Part, gone: ReadonlySet<string>): RichTextElement[] {
  if (users.length === 0) return [ours('⚠️ nobody')];
  const sign = users.some((id) => gone.has(id)) ? '⚠️ ' : why === 'override' ? '⇄ ' : '';
  return [
    ...(sign === '' ? [] : [ours(sign)]),
    ...joined(
      users.map((id) => [user(id)]),
      ours(' + '),
      ours(' + '),
    ),
  ];
}

/** What the signs mean that stand in it. */
function notesOf(days: readonly CalendarDay[], gone: ReadonlySet<string>): string[] {
  const parts = days.flatMap((day) => day.parts);
  const notes: string[] = [];
  if (parts.some((part) => part.why === 'override')) notes.push('⇄ changed by hand');
  if (parts.some((part) => part.why === 'outside_hours')) notes.push('💤 outside working hours');
  if (parts.some((part) => part.why === 'not_started'))
    notes.push('⚠️ a gap: the rotation has not begun');
  if (parts.some((part) => part.users.some((id) => gone.has(id))))
    notes.push('⚠️ a gap: no longer in this workspace');
  return notes;
}
