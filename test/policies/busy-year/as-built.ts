/** The product's own ladder through the busy year: the pure functions that the sweep calls, and nothing else of it. */
import {
  climb,
  clocksOf,
  runsOut,
  type PlannedRung,
  type StandingRung,
} from '../../../policies/schedule/ladder.ts';
import { notified, reachesAnybody } from '../../../policies/access/notify-targets.ts';
import { whoIsOnCall } from '../../../policies/schedule/rotation.ts';
import { read, SMALL } from '../written-policy.ts';
import { away, clockAt, DESKS, MINUTE, OVERRIDES, upAgain, type Item, type Story } from './year.ts';

const policy = read(SMALL);

/** Nobody can be paged: the sweep tries again after this. */
const AGAIN = 5 * MINUTE;

const known = new Map<string, readonly string[]>();
/** Asked of the product once for each instant. */
function onCall(name: string, at: number): readonly string[] {
  const key = `${name} ${at}`;
  const desk = DESKS[name];
  const people = known.get(key) ?? (desk ? whoIsOnCall(desk.rotation, OVERRIDES, at) : []);
  known.set(key, people);
  return people;
}

/** When its clock first shows `due` to a pager that runs, from `from` on. */
function firstShown(due: number, from: number): number {
  if (due === Infinity) return due;
  let at = Math.max(from, due - 60 * MINUTE);
  while (clockAt(at) < due || upAgain(at) !== at) at += MINUTE;
  return at;
}

/** What came of an item, the functions that the sweep calls deciding, with the clock in hand. */
export function asBuilt(item: Item): Story {
  const reach = (rung: PlannedRung, at: number) =>
    notified(policy, rung.notify, null, (name) => onCall(name, at));
  const rungs = item.rungs.map((rung, at): StandingRung => ({
    number: at + 1,
    level: Math.min(3, at + 1),
    notify: [{ type: 'oncall', name: rung.desk }],
    claim_within: rung.claim === null ? null : rung.claim * MINUTE,
    decide_within: rung.decide * MINUTE,
    remind_at: [],
    state: 'waiting',
    claim_by: null,
    decide_by: null,
  }));
  const story: Story = { pages: [], end: { how: 'expired', at: item.asked } };
  let now = item.asked;
  let claimed = false;
  let push = true;
  for (;;) {
    const open = rungs.find((rung) => rung.state === 'paged');
    const step = climb(
      { rungs, claimed, page_sent: true, hours: null, expires_at: null },
      clockAt(now),
      (rung) => reachesAnybody(reach(rung, clockAt(now))),
      push,
    );
    if (step.step === 'nobody') {
      now = firstShown(clockAt(now) + AGAIN, now);
      continue;
    }
    if (step.step === 'end' && !push) return { ...story, end: { how: 'expired', at: now } };
    if (step.step === 'page') {
      if (open) open.state = 'over';
      for (const rung of rungs) {
        if (step.skipped.includes(rung.number)) rung.state = 'skipped';
        if (step.missed.includes(rung.number)) rung.state = 'missed';
      }
      const paged = rungs.find((rung) => rung.number === step.number);
      if (!paged) throw new Error('a rung that is not there was paged');
      Object.assign(paged, clocksOf(paged, null, clockAt(now)), { state: 'paged' });
      claimed = false;
      const { people } = reach(paged, clockAt(now));
      story.pages.push({ rung: paged.number, at: now, people });
      const paging = now;
      push = people.every((user) => away(user, paging));
      if (push) continue;
    }
    push = false;
    // What happens next: somebody claims, somebody decides, or time runs out.
    const last = story.pages.at(-1);
    const at = rungs.find((rung) => rung.state === 'paged');
    if (!last || !at) throw new Error('nobody is paged');
    const there = last.people.filter((user) => !away(user, last.at));
    const acts = there.flatMap((user) => {
      const { claims, decides } = item.plan(user);
      return [
        ...(claims === null ? [] : [{ act: 'claim', at: last.at + claims * MINUTE }]),
        ...(decides === null ? [] : [{ act: 'decide', at: last.at + decides * MINUTE }]),
      ];
    });
    const next = acts
      .map((act) => ({ ...act, at: upAgain(act.at) }))
      .filter((act) => act.at > now || (act.at === now && act.act === 'decide'))
      .filter((act) => act.act === 'decide' || !claimed)
      .toSorted((a, b) => a.at - b.at || (a.act < b.act ? -1 : 1))[0];
    const over = firstShown(runsOut(at, claimed) ?? Infinity, now);
    // The sweep comes first where both are due at the same moment.
    if (next && next.at < over) {
      now = next.at;
      if (next.act === 'decide') return { ...story, end: { how: 'decided', at: now } };
      claimed = true;
      continue;
    }
    now = over;
  }
}
