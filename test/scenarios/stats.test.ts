import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { percent, rateWords } from '../../blocks/text/figure-words.ts';
import { answerPeriod } from '../../src/stats/questions/answer-question.ts';
import type { PeriodQuestion } from '../../src/stats/questions/question.ts';
import { insertHistory, pastItem, seeded } from '../history.ts';
import { naiveFigures, rounded } from '../naive-figures.ts';
import { openDesk, type Desk } from './desk.ts';

const DAY = 86_400_000;
const EVERYBODY = ['U0ALICE', 'U0BOB', 'U0CAROL', 'U0DAVE', 'U0ERIN'];

let desk: Desk;
beforeAll(async () => {
  const policy = await readFile('policies/default.yaml', 'utf8');
  const costs = 'costs: {currency: EUR, expert_minute: {otherwise: 1}, error: 20, delay_hour: 2}\n';
  desk = await openDesk({ policy: `${policy}\n${costs}` });
  const random = seeded(6);
  const now = desk.clock.now();
  const items = Array.from({ length: 600 }, (_, at) => {
    const item = pastItem(random, `past-${at}`, now - Math.floor(random() * 58 * DAY) - 2 * DAY);
    if (item.end?.expert) item.end.expert = EVERYBODY[at % 5] ?? null;
    // In compliance only Erin and Bob decide.
    if (item.domain === 'legal') item.domain = 'compliance';
    if (item.domain === 'compliance' && item.end?.expert)
      item.end.expert = at % 2 === 0 ? 'U0ERIN' : 'U0BOB';
    return item;
  });
  insertHistory(join(desk.data_dir, 'hitl.db'), items);
});
afterAll(async () => {
  expect(desk.slack.problems).toEqual([]);
  await desk.close();
});

const types = (user: string, line: string) =>
  desk.slack.user(user).types(line, { channel: 'general' });

const last30 = (): PeriodQuestion => ({
  ask: 'period',
  from: desk.clock.now() - 30 * DAY,
  to: desk.clock.now(),
  by: 'expert',
  domain: null,
  expert: null,
  prices: null,
  timezone: 'Europe/Berlin',
});

/** The picture that follows, once Slack has looked at it; time moves on meanwhile. */
async function picture(user: string) {
  const shown = await desk.until('the picture', () => {
    desk.clock.advance(300);
    const notes = desk.slack.ephemerals(undefined, user);
    return notes.flatMap((note) => note.blocks).findLast((block) => block.type === 'image');
  });
  return z.object({ alt_text: z.string(), slack_file: z.object({ id: z.string() }) }).parse(shown);
}

describe('`/hitl stats`, for a manager', () => {
  it('“MTTA/MTTR” (goalert#3759): says how much came in, how often people disagreed, how fast, and who', async () => {
    const asked = last30();
    await types('mia', '/hitl stats 30d by expert');
    const words = await desk.note('mia', 'Review in numbers');
    const naive = await naiveFigures(desk.pager.world.db, {
      ...asked,
      edges: [asked.from],
      hourOf: () => 0,
    });
    const { now, before, groups } = naive;
    if (!now.override || !now.intervention || !before.intervention) throw new Error('no history');
    expect(words).toContain(`${now.arrived} items came in (${before.arrived} before)`);
    expect(words).toContain(
      `${rateWords(now.intervention)} needed a person, ${percent(before.intervention.share)} before`,
    );
    expect(words).toContain(
      `People edited or rejected ${rateWords(now.override)} of ${now.override.of} seen`,
    );
    for (const { name, now } of groups.filter((one) => one.now.decided > 0)) {
      expect(words).toContain(name);
      expect(words).toContain(rateWords(now.override ?? naive.now.override!).split(' ')[0]);
    }
    const answer = await answerPeriod(desk.pager.world.db, asked);
    expect(rounded(answer.now)).toEqual(rounded(now));
  });

  it('shows the same as a picture, uploaded for nobody but the message, with its words', async () => {
    const { alt_text, slack_file } = await picture('mia');
    expect(alt_text).toMatch(
      /A line of the share of items that needed a person: \d+% on 2026-10-2/,
    );
    expect(alt_text).toMatch(/Edited or rejected by expert: .*alice \d+% \(\d+% to \d+%\)/);
    const file = desk.slack.workspace.files.get(slack_file.id);
    // A PNG's width and height stand at its bytes 16 to 24.
    expect(file?.content?.subarray(1, 4).toString('latin1')).toBe('PNG');
    expect(file?.content?.readUInt32BE(16)).toBeGreaterThan(1200);
    expect(file?.content?.readUInt32BE(20)).toBeGreaterThan(600);
    expect(file?.content?.length).toBeLessThan(500_000);
    expect(desk.slack.messages('C0GENERAL')).toEqual([]);
  });

  it('takes a span of dates, a domain by its title, and each grouping', async () => {
    await types('mia', '/hitl stats 2026-11-01..2026-11-08 Billing by rule');
    const words = await desk.note('mia', 'Review in numbers');
    expect(words).toContain('Billing');
    expect(words).toContain('high-impact');
    const naive = await naiveFigures(desk.pager.world.db, {
      // Midnight in Berlin, where the policy is at home.
      ...{ from: Date.parse('2026-10-31T23:00Z'), to: Date.parse('2026-11-07T23:00Z') },
      ...{ by: 'rule', domain: 'billing', expert: null, edges: [0], hourOf: () => 0 },
    });
    expect(words).toContain(`${naive.now.arrived} items came in (${naive.before.arrived} before)`);
    for (const by of ['model', 'cohort', 'domain']) {
      await types('mia', `/hitl stats 7d by ${by}`);
      expect(await desk.note('mia', 'Review in numbers')).toContain('In time');
    }
  });

  it.each([
    ['soon', 'There is no domain called that'],
    ['7d by weather', 'By: domain, expert, rule, model or cohort'],
    ['2026-12-01..2026-11-01', 'Like this'],
    ['2026-02-31..2026-03-05', 'Like this'],
    ['9999d', 'Like this'],
    ['1m', 'Like this'],
  ])('answers “%s” with how to ask', async (typed, says) => {
    await types('mia', `/hitl stats ${typed}`);
    await desk.note('mia', says);
  });

  it('is shared by a button, with the picture, where it was asked', async () => {
    const note = await desk.until('a note with the button', () =>
      desk.slack
        .ephemerals('C0GENERAL', 'mia')
        .findLast((one) => JSON.stringify(one.blocks).includes('stats_share')),
    );
    await desk.slack.user('mia').clicks('Share here').on(note);
    const message = await desk.until('the figures in the channel', () => {
      desk.clock.advance(300);
      return desk.slack.messages('C0GENERAL')[0];
    });
    expect(desk.textOf(message)).toContain('Shared by <@U0BOSS>');
    expect(message.blocks.some((block) => block.type === 'image')).toBe(true);
    expect(message.blocks.some((block) => block.type === 'table')).toBe(true);
  });
});

describe('what stands out', () => {
  it('is told to managers with the figures, and to nobody else', async () => {
    await types('mia', '/hitl stats 14d');
    expect(await desk.note('mia', 'What stands out')).toContain('Review in numbers');
    await types('alice', '/hitl stats 14d');
    expect(await desk.note('alice', 'What you decided')).not.toContain('What stands out');
  });
});

describe('what looking costs', () => {
  it('is told to managers, by the policy’s costs, of that domain', async () => {
    await types('mia', '/hitl stats 30d billing');
    const words = await desk.note('mia', 'What looking costs and saves');
    expect(words).toMatch(/Billing\n: EUR [\d.,]+ spent on review .*EUR [\d.,]+ on waiting/);
    expect(words).toMatch(/EUR [\d,]+ of errors avoided: \d+ edited or rejected of \d+/);
    expect(words).toContain('an error costs EUR 20 for each point of impact');
    expect(words).not.toMatch(/Support\n: EUR/);
  });

  it('is not told to those who see only their own', async () => {
    await types('alice', '/hitl stats 30d');
    expect(await desk.note('alice', 'What you decided')).not.toContain('EUR');
  });
});

describe('who sees whose figures', () => {
  const cells = [
    ['mia', '', { all: true, own: false, team: null, names: true }],
    ['mia', 'compliance', { all: true, own: false, team: null, names: true }],
    ['alice', '', { all: false, own: true, team: true, names: false }],
    ['alice', 'by expert', { all: false, own: true, team: true, names: false }],
    ['erin', 'compliance', { all: false, own: true, team: false, names: false }],
    ['erin', 'compliance by expert', { all: false, own: true, team: false, names: false }],
    ['oscar', '', null],
    ['oscar', 'compliance', null],
  ] as const;

  it.each(cells)('%s asks for “%s”', async (who, typed, sees) => {
    await types(who, `/hitl stats 30d ${typed}${who === 'mia' ? ' by expert' : ''}`);
    if (sees === null) {
      await desk.note(who, 'These figures are for managers, and for the people who decide');
      return;
    }
    const words = await desk.note(who, sees.all ? 'Review in numbers' : 'What you decided');
    expect(words.includes('Everybody together')).toBe(sees.own);
    const tooFew = words.includes('at least five people decided');
    expect(sees.team === null ? null : !tooFew).toBe(sees.team);
    const others = EVERYBODY.filter((id) => id !== `U0${who.toUpperCase()}` && words.includes(id));
    expect(others.length > 0).toBe(sees.names);
    if (sees.own && tooFew) expect(words).not.toContain('items came in');
  });
});
