/** Answers a question about figures from the database, in a transaction of its own that sees one moment. */
import { fairness } from '../../stats/fairness.ts';
import { krippendorff } from '../../stats/krippendorff.ts';
import { countPeriod, PERIOD_COLUMNS } from '../../stats/period-figures.ts';
import { rateOf } from '../../stats/tally.ts';
import { blindChecks, jointVerdicts, pagesByPerson } from '../store/between-people.ts';
import type { Db } from '../store/database.ts';
import { readFacts } from '../store/facts.ts';
import { inTransaction } from '../store/prepared.ts';
import { dayEdges, hourIn } from './local-time.ts';
import type { PeriodAnswer, PeriodQuestion } from './question.ts';

/** `hours` gives the hour of the day in a zone; `unfolded`: from the rows alone, for comparison. */
export function answerPeriod(
  db: Db,
  question: PeriodQuestion,
  hours: typeof hourIn = hourIn,
  unfolded = false,
): Promise<PeriodAnswer> {
  const { from, to, by, domain, expert, timezone } = question;
  const counting = countPeriod({
    from,
    to,
    by,
    domain,
    expert,
    edges: dayEdges(from, to, timezone),
    hourOf: hours(timezone),
  });
  return inTransaction(db, async (db) => {
    const both = { from: from - (to - from), to };
    for await (const facts of readFacts(db, both, [...PERIOD_COLUMNS, by], unfolded))
      counting.add(facts);
    const asked = { from, to, domain };
    const joint = await jointVerdicts(db, asked);
    const domains = [...new Set(joint.map((one) => one.domain))];
    const blind = await blindChecks(db, asked);
    return {
      ...counting.figures(),
      agreement: domains
        .map((name) => ({
          domain: name,
          agreement: krippendorff(
            joint.filter((one) => one.domain === name).map((one) => one.said),
          ),
        }))
        .toSorted((a, b) => b.agreement.units - a.agreement.units),
      blind_same: rateOf(blind.same, blind.of),
      pages: fairness(await pagesByPerson(db, asked)),
    };
  });
}
