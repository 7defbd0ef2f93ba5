/**
 * Every sentence that the pager writes itself, with hostile strings in each place that is not the pager's own: nothing in
 * them mentions, links, or ends the code that it stands in, whether Slack reads the rich text or the fallback.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { symptomLines } from '../../blocks/messages/symptom-words.ts';
import * as reports from '../../src/domain/operator-reports.ts';
import { mentioned, named, quoted } from '../../src/domain/in-sentence.ts';
import type { ItemEventName, ReadEvent } from '../../src/domain/audit-event.ts';
import { eventWords } from '../../src/items/history-of.ts';
import { alive, hostile } from './alive.ts';
import { runs } from '../runs.ts';

type Maker = (hostile: string) => string;

/** Every message to the operators. The type asks for each of them. */
const REPORTS: Record<keyof typeof reports, Maker> = {
  webhookGivenUp: (x) =>
    reports.webhookGivenUp({ what: 'result', item_id: x, where: x, tries: 3, since: 'then' }),
  pagerdutyLost: (x) => reports.pagerdutyLost({ action: 'trigger', key: x, item_id: x, why: x }),
  usergroupNotKept: (x) =>
    reports.usergroupNotKept({ usergroup: 'S0OWN', error: x, remedy: 'Do `this`.' }),
  channelClosed: (x) => reports.channelClosed({ channel: 'C0OWN', error: x, instead: 'C0OWN' }),
  policyNotReloaded: (x) => reports.policyNotReloaded([x, x]),
  queueRisk: (x) => reports.queueRisk(x),
  diskReport: (x) => reports.diskReport(x),
  diskBackReport: () => reports.diskBackReport(),
  spaceReport: (x) => reports.spaceReport(x),
  pausedReport: (x) => reports.pausedReport({ domain_title: x, by: 'U0OWN', reason: x, resume: x }),
  resumedReport: (x) => reports.resumedReport({ domain_title: x, by: x }),
};

/** Every event of an item's history, as the source lists them, with the same string in every fact. */
const EVENTS = [
  ...readFileSync('src/items/history-of.ts', 'utf8').matchAll(/case '((?:item|webhook)\.\w+)':/g),
].map(([, event = '']) => event);
const FACTS = [
  ...['slack_user', 'to', 'as', 'because', 'source', 'rule', 'route', 'check_of', 'held', 'level'],
  ...['outcome', 'verdict', 'word', 'compared', 'cause', 'checked_by'],
];
const historyOf = (event: string, x: string, held: readonly string[]): string =>
  eventWords(
    {
      seq: 1,
      at: 0,
      event,
      facts: {
        ...Object.fromEntries(held.map((fact) => [fact, x])),
        people: [x],
        pagerduty: [x],
      },
    } as ReadEvent<ItemEventName>,
    false,
  );

describe('a string of somebody else’s in a sentence of the pager’s own', () => {
  it('is found alive by these readers where it is put in by hand', () => {
    expect(alive('item `a` <!subteam^S0XX> <@U0YY> `b`').length).toBeGreaterThan(1);
  });

  it('pings nobody, links nowhere and stays in its code: the item id of a bug report', () => {
    const id = 'a` <!subteam^S0X> <@U0Y> `b';
    expect(quoted(id)).toBe('`aˋ ‹!subteam^S0X› ‹@U0Y› ˋb`');
    expect(alive(`It is ${quoted(id)} now`)).toEqual([]);
    expect(mentioned('U024BE7LH')).toBe('<@U024BE7LH>');
    expect(mentioned(id)).toBe(named(id));
    expect(named(' \n ')).toBe('(empty)');
  });

  it.each(Object.entries(REPORTS))('%s', (_name, make) => {
    fc.assert(
      fc.property(hostile, (x) => {
        const words = make(x);
        expect(alive(words)).toEqual([]);
        // What stands in code is one piece, whatever it holds.
        expect(words.split('`').length % 2).toBe(1);
      }),
      { numRuns: runs(60) },
    );
  });

  it('history: every event, whatever its facts say', () => {
    expect(EVENTS.length).toBeGreaterThan(25);
    fc.assert(
      fc.property(
        hostile,
        fc.constantFrom(...EVENTS, 'item.unknown'),
        fc.subarray(FACTS),
        (x, event, held) => {
          expect(alive(historyOf(event, x, held))).toEqual([]);
        },
      ),
      { numRuns: runs(400) },
    );
  });

  it('the digest: titles of domains', () => {
    fc.assert(
      fc.property(hostile, (x) => {
        const lines = symptomLines(
          [{ symptom: 'disputed', domain: x, disputed: 1, units: 2 }],
          new Map(),
          true,
        );
        expect(alive(lines.join('\n'))).toEqual([]);
      }),
      { numRuns: runs(60) },
    );
  });

  it('is put into code by `quoted` alone: no source does it by hand', () => {
    const byHand = ['src', 'handlers', 'blocks'].flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts') && !file.startsWith('cli/'))
        .flatMap((file) =>
          readFileSync(join(folder, file), 'utf8')
            .split('\n')
            .filter((line) => line.includes('\\`${') && !line.includes('`\\`${named('))
            .map((line) => `${folder}/${file}: ${line.trim()}`),
        ),
    );
    expect(byHand).toEqual([]);
  });
});
