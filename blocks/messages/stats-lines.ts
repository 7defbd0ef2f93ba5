/** The figures of a period as lines: what came in, how it ended, how fast, who did it, and how far people agree. Pure. */
import type { RichTextElement } from '@slack/types';
import type { Agreement } from '../../src/stats/formulas/krippendorff.ts';
import type { Figures } from '../../src/stats/formulas/tally.ts';
import { before, countWords, percent, rateWords, spreadWords } from '../text/figure-words.ts';
import { ours, said, user } from '../text/rich-text.ts';
import type { StatsShown } from './stats-message.ts';
import { OUTCOME_WORDS } from '../text/words.ts';

/** Domains whose agreement one reads; of one alone it is told where that is asked for. */
const MOST_AGREEMENTS = 6;

type Line = RichTextElement[];
const line = (text: string): Line => [ours(text)];

export function ownLines(shown: StatsShown): Line[] {
  const { now, before: then } = shown;
  if (now.decided === 0) return [line('You decided nothing in this time.')];
  return [
    line(`You decided ${countWords(now.decided)} items (${countWords(then.decided)} before)`),
    ...overrideLines(now, then, 'You'),
    ...timeLines(now),
    ...busiestHour(shown),
  ];
}

export function allLines(shown: StatsShown): Line[] {
  const { now, before: then } = shown;
  return [
    ...figureLines(now, then),
    ...shown.agreement
      .slice(0, MOST_AGREEMENTS)
      .map(({ domain, agreement }): Line => [
        ours('Agreement in '),
        said(shown.titles.get(domain) ?? domain, 60),
        ours(`: ${agreementWords(agreement)}`),
      ]),
    ...(shown.blind_same === null
      ? []
      : [
          line(
            `Blind checks found the AI’s answer the same in ${rateWords(shown.blind_same)} of ${countWords(shown.blind_same.of)}`,
          ),
        ]),
    ...loadLines(shown),
  ];
}

export function figureLines(now: Figures, then: Figures): Line[] {
  if (now.arrived + now.ended === 0) return [line('Nothing came in and nothing was decided.')];
  const { ask, let_through, refuse } = now.routes;
  const waiting = now.waiting === 0 ? '' : `, of which ${countWords(now.waiting)} still wait`;
  return [
    line(
      `${countWords(now.arrived)} items came in (${countWords(then.arrived)} before): ${countWords(ask)} asked${waiting}, ${countWords(let_through)} let through, ${countWords(refuse)} refused`,
    ),
    ...(now.intervention === null
      ? []
      : [line(`${rateWords(now.intervention)} needed a person${before(then.intervention)}`)]),
    ...(now.ended === 0 ? [] : [line(`Ended: ${outcomesWords(now)}`)]),
    ...overrideLines(now, then, 'People'),
    ...timeLines(now),
    ...(now.expired === null
      ? []
      : [
          line(
            `${percent(now.expired.share)} ran out unanswered${before(then.expired)}; ${percent(now.escalated?.share ?? 0)} climbed to another rung${before(then.escalated)}`,
          ),
        ]),
  ];
}

function overrideLines(now: Figures, then: Figures, who: string): Line[] {
  const { override } = now;
  if (override === null) return [];
  return [
    line(
      `${who} edited or rejected ${rateWords(override)} of ${countWords(override.of)} seen${before(then.override)}`,
    ),
  ];
}

function timeLines(now: Figures): Line[] {
  const { to_claim, to_decide, in_time, in_time_by_level } = now;
  const levels = in_time_by_level
    .map(({ level, rate }) => `level ${level} ${percent(rate.share)} of ${countWords(rate.of)}`)
    .join(', ');
  return [
    ...(to_decide === null ? [] : [line(`Decided: ${spreadWords(to_decide)}`)]),
    ...(to_claim === null ? [] : [line(`Claimed: ${spreadWords(to_claim)}`)]),
    ...(in_time === null ? [] : [line(`In time: ${percent(in_time.share)} (${levels})`)]),
  ];
}

function loadLines(shown: StatsShown): Line[] {
  const [busiest] = shown.load;
  const people = shown.load.length;
  const { pages } = shown;
  const lines: Line[] = [];
  if (busiest && people > 1) {
    const share = busiest.decided / Math.max(1, shown.now.decided);
    lines.push([
      ours(`${people} people decided; most of all `),
      user(busiest.expert),
      ours(
        ` with ${countWords(busiest.decided)} (${percent(share)}), most between ${hourWords(busiest.hours)}`,
      ),
    ]);
  }
  if (pages !== null && pages.people > 1) {
    lines.push([
      ours(`${countWords(pages.total)} pages; `),
      user(pages.most.person),
      ours(` had ${countWords(pages.most.count)}, ${shareWords(pages.times_even)}`),
    ]);
  }
  return lines;
}

/** @param times_even 1: as many as everybody, from 0 */
function shareWords(times_even: number): string {
  const times = Math.round(times_even * 10) / 10;
  return times === 1 ? 'an even share' : `${times} times an even share`;
}

function busiestHour(shown: StatsShown): Line[] {
  const [own] = shown.load;
  return own ? [line(`Most between ${hourWords(own.hours)}`)] : [];
}

function hourWords(hours: readonly number[]): string {
  const hour = hours.indexOf(Math.max(...hours));
  return `${String(hour).padStart(2, '0')}:00 and ${String((hour + 1) % 24).padStart(2, '0')}:00`;
}

function agreementWords({ alpha, units, disputed }: Agreement): string {
  const of = `${countWords(disputed)} of ${countWords(units)} disputed`;
  return alpha === null ? of : `${of}, Krippendorff’s α ${alpha.toFixed(2)}`;
}

const outcomesWords = (now: Figures): string =>
  Object.entries(OUTCOME_WORDS)
    .flatMap(([outcome, { word }]) => {
      const count = now.outcomes[outcome as keyof typeof OUTCOME_WORDS] ?? 0;
      const who = outcome === 'auto_answered' ? ' by an earlier answer' : '';
      return count === 0 ? [] : [`${word.toLowerCase()}${who} ${countWords(count)}`];
    })
    .join(', ');
