/** Answers a question about figures from the database, in a transaction of its own that sees one moment. */
import { BETWEEN_COLUMNS, countBetween } from '../formulas/between-people.ts';
import { countEconomics, ECONOMICS_COLUMNS } from '../formulas/economics.ts';
import { fairness } from '../formulas/fairness.ts';
import { countPeriod, PERIOD_COLUMNS, type PeriodFigures } from '../formulas/period-figures.ts';
import { countLooks, symptomsOf } from '../formulas/symptoms.ts';
import { rateOf } from '../formulas/tally.ts';
import { blindChecks } from '../facts/blind-checks.ts';
import type { Db } from '../../store/database.ts';
import { readFacts } from '../facts/read-facts.ts';
import { openPages } from '../facts/open-pages.ts';
import { inTransaction } from '../../store/prepared.ts';
import { dayEdges, hourIn } from './local-time.ts';
import type { PeriodAnswer, PeriodQuestion } from './question.ts';

/** `hours` gives the hour of the day in a zone; `unfolded`: from the rows alone, for comparison. */
export function answerPeriod(
  db: Db,
  question: PeriodQuestion,
  hours: typeof hourIn = hourIn,
  unfolded = false,
): Promise<PeriodAnswer> {
  const { from, to, by, domain, expert, prices, timezone } = question;
  const period = {
    ...{ from, to, by, domain },
    edges: dayEdges(from, to, timezone),
    hourOf: hours(timezone),
  };
  // One reading serves whatever is counted: it costs as much as counting does.
  const counting = countPeriod({ ...period, expert });
  const everybody = expert === null ? null : countPeriod({ ...period, expert: null });
  const between = countBetween({ from, to, domain });
  // Beside another grouping it would be counted twice; of one domain that is little.
  const alike = { ...period, by: 'domain' as const, expert: null };
  const noticing = expert === null && (by === 'domain' || domain !== null);
  const domains = !noticing ? null : by === 'domain' ? counting : countPeriod(alike);
  const looks = domains && countLooks({ from, to, domain });
  const economics = prices && countEconomics({ from, to, domain, prices });
  const columns = new Set([
    ...PERIOD_COLUMNS,
    ...BETWEEN_COLUMNS,
    ...(prices === null ? [] : ECONOMICS_COLUMNS),
    by,
  ]);
  return inTransaction(db, async (db) => {
    const both = { from: from - (to - from), to };
    for await (const facts of readFacts(db, both, [...columns], unfolded)) {
      counting.add(facts);
      everybody?.add(facts);
      between.add(facts);
      economics?.add(facts);
      looks?.add(facts);
      if (domains && domains !== counting) domains.add(facts);
    }
    const blind = await blindChecks(db, { from, to, domain });
    const figures = counting.figures();
    const agreement = between.agreement();
    const groups = domains === counting ? figures.groups : domains && domains.figures().groups;
    const pages = between.pages();
    for (const { target, count } of await openPages(db, { from, to, domain }))
      pages.set(target, (pages.get(target) ?? 0) + count);
    // Who decides and is never paged has a share too.
    for (const { expert } of figures.load) if (!pages.has(expert)) pages.set(expert, 0);
    return {
      ...figures,
      agreement,
      blind_same: rateOf(blind.same, blind.of),
      pages: fairness(pages),
      everybody: everybody && totalsOf(everybody.figures()),
      economics: economics && economics.domains(),
      symptoms: groups && looks && symptomsOf({ groups, agreement, looks: looks.looks() }),
    };
  });
}

const totalsOf = ({ now, before, people }: PeriodFigures): PeriodAnswer['everybody'] => ({
  now,
  before,
  people,
});
