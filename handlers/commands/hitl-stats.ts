/** `/hitl stats [7d|30d|from..to] [domain] [by …]`: figures of a period, for whoever asks; the picture follows. */
import type { RespondFn } from '@slack/bolt';
import { withinLimits } from '../../blocks/text/limits.ts';
import type { Message } from '../../blocks/text/message.ts';
import { plainMessage } from '../../blocks/messages/plain-message.ts';
import {
  statsMessage,
  statsPicture,
  type StatsShown,
} from '../../blocks/messages/stats-message.ts';
import { teamShown } from '../../policies/access/stats-access.ts';
import { pricesOf } from '../../policies/routing/prices.ts';
import type { Person, Refused } from '../../src/access/refused.ts';
import type { EpochMs } from '../../src/domain/clock.ts';
import { dayBegins } from '../../src/stats/questions/local-time.ts';
import { readMoment } from '../../src/domain/read-moment.ts';
import { GROUPINGS, type Grouping } from '../../src/stats/formulas/period-figures.ts';
import type { HandlerContext, ShownPicture } from '../context/handler-context.ts';
import { leadingDomain, noSuchDomain } from './domain-name.ts';
import { nameOf } from '../context/name-of.ts';
import type { Command } from '../context/payload.ts';
import { maySeeNow, wordsFor } from '../context/ask-whether.ts';
import { sendNote } from '../context/send-note.ts';

/** What is asked, fully said: what a Share button carries. */
export interface StatsAsked {
  from: EpochMs;
  to: EpochMs;
  domain: string | null;
  by: Grouping;
}

const USAGE =
  'Like this: `/hitl stats`, `/hitl stats 7d billing`, `/hitl stats 2026-11-01..2026-12-01 by expert`. By: domain, expert, rule, model or cohort; without a time, the last 30 days.';
const LONGEST_MS = 3 * 366 * 86_400_000;
const HOUR_MS = 3_600_000;

export async function showStats(
  desk: HandlerContext,
  command: Command,
  typed: string,
  respond: RespondFn,
): Promise<void> {
  const say = (message: Message) =>
    respond({ response_type: 'ephemeral', ...withinLimits('message', message) });
  const asked = readAsked(desk, typed);
  if (typeof asked === 'string') return void (await say(plainMessage(asked)));
  const found = await statsFor(desk, command.person, asked);
  if ('refusal' in found)
    return void (await say(plainMessage(wordsFor(desk, found.refusal, command.person))));
  const { shown } = found;
  try {
    await say(statsMessage(shown));
  } catch (error) {
    desk.world.log.info({ err: error }, 'Slack takes no table here: the figures go as lines');
    await say(statsMessage(shown, true));
  }
  const picture = await pictureOf(desk, shown);
  if (picture === null) return;
  if ('failed' in picture) {
    desk.world.log.warn({ why: picture.failed }, 'the picture of the figures could not be shown');
    return sendNote(
      desk,
      command,
      'The picture could not be sent to Slack. The figures above are whole.',
    );
  }
  await say(statsPicture(picture));
}

/** What was typed after `stats`, or what to type instead. */
function readAsked(desk: HandlerContext, typed: string): StatsAsked | string {
  const now = desk.world.clock.now();
  const policy = desk.world.policy();
  const { timezone } = policy;
  const asked: StatsAsked = { ...span('30d', now, timezone), domain: null, by: 'domain' };
  const words = wordsOf(typed);
  while (words.length > 0) {
    const word = words.shift() ?? '';
    if (word.toLowerCase() === 'by') {
      const by = GROUPINGS.find((one) => one === words[0]?.toLowerCase().replace(/s$/, ''));
      if (by === undefined) return USAGE;
      asked.by = by;
      words.shift();
    } else if (/^\d/.test(word)) {
      const { from, to } = span(word, now, timezone);
      if (!(to > from) || to - from > LONGEST_MS || to - from < HOUR_MS) return USAGE;
      Object.assign(asked, { from, to });
    } else {
      const domains = Object.values(policy.domains);
      const named = leadingDomain(domains, [word, ...words].join(' '));
      if (named === null) return `${noSuchDomain(domains)} ${USAGE}`;
      asked.domain = named.domain.id;
      words.splice(0, words.length, ...wordsOf(named.rest));
    }
  }
  if (asked.domain !== null && asked.by === 'domain') asked.by = 'rule';
  return asked;
}

const wordsOf = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '');

/** NaN where it is none. The last of two dates is not part of it; a date begins where its day does in that zone. */
function span(word: string, now: EpochMs, timezone: string): { from: EpochMs; to: EpochMs } {
  const [first = '', last, ...more] = word.split('..');
  const moment = (written: string) => {
    const read = readMoment(written, now) ?? Number.NaN;
    const isDate = !Number.isNaN(read) && /^\d{4}-\d{2}-\d{2}$/.test(written);
    return isDate ? dayBegins(written, timezone) : read;
  };
  const to = last === undefined ? now : moment(last);
  return { from: more.length > 0 ? Number.NaN : moment(first), to };
}

/** What this person may see of it: a manager everybody's; who decides, their own, and the team's totals. */
export async function statsFor(
  desk: HandlerContext,
  person: Person,
  asked: StatsAsked,
): Promise<{ shown: StatsShown } | { refusal: Refused }> {
  const all_figures = await maySeeNow(desk, { view: 'all_figures' }, person);
  const all = all_figures.may === 'yes';
  const own_figures = all ? all_figures : await maySeeNow(desk, { view: 'own_figures' }, person);
  if (own_figures.may === 'no') return own_figures;
  return { shown: await figuresFor(desk, all ? null : person, asked) };
}

/** @param person whose own; null: everybody's */
async function figuresFor(
  desk: HandlerContext,
  person: Person | null,
  asked: StatsAsked,
): Promise<StatsShown> {
  const { from, to, domain, by } = asked;
  const policy = desk.world.policy();
  const { timezone, costs } = policy;
  const question = { ask: 'period' as const, from, to, domain, timezone };
  const titles = new Map(Object.values(policy.domains).map(({ id, title }) => [id, title]));
  const shared = {
    from,
    to,
    domain: domain === null ? null : (titles.get(domain) ?? domain),
    titles,
    share: JSON.stringify(asked),
    shared_by: null,
    picture: null,
  };
  if (person === null) {
    const prices = costs && pricesOf(policy, costs);
    const all = await desk.figures.ask({ ...question, by, expert: null, prices });
    const economics = costs && all.economics && { costs, domains: all.economics, titles };
    return {
      ...{ ...all, ...shared, by, whose: 'all', team: null, economics },
      stands_out: all.symptoms,
    };
  }
  // Their own beside each other by person would be one line: by domain says more.
  const own = by === 'expert' ? 'domain' : by;
  const mine = { ...question, by: own, expert: person.user, prices: null };
  const { everybody, ...figures } = await desk.figures.ask(mine);
  const { now = 0, before = 0 } = everybody?.people ?? {};
  return {
    ...figures,
    ...shared,
    by: own,
    whose: 'own',
    team: everybody && teamShown(Math.min(now, before || now)) ? everybody : null,
    agreement: [],
    blind_same: null,
    pages: null,
    economics: null,
    stands_out: null,
  };
}

/** Drawn and put where a message can show it; null where there is nothing to draw. */
export async function pictureOf(
  desk: HandlerContext,
  shown: StatsShown,
): Promise<ShownPicture | null> {
  const people = [
    ...shown.load.map((one) => one.expert),
    ...(shown.by === 'expert' ? shown.groups.map((one) => one.name) : []),
  ];
  const names = new Map<string, string>();
  // As many as the picture has room for.
  for (const id of [...new Set(people)].slice(0, 24)) names.set(id, await nameOf(desk, id));
  const { timezone } = desk.world.policy();
  return desk.figures.picture({
    ...{ figures: shown, by: shown.by, own: shown.whose === 'own' },
    ...{ names, timezone },
  });
}
