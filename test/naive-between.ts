/** What lies between people computed a second time, as plainly as can be, over the rows: agreement, blind checks, pages. */
import type { Db } from '../src/store/database.ts';

export async function naiveBetween(
  db: Db,
  { from, to, domain }: { from: number; to: number; domain: string | null },
) {
  const all = await db
    .selectFrom('items')
    .leftJoin('decisions', 'decisions.item_id', 'items.id')
    .selectAll('items')
    .select(['decisions.slack_user', 'decisions.compared', 'decisions.decided_by'])
    .execute();
  const opinions = await db.selectFrom('opinions').selectAll().orderBy('seq').execute();
  const pages = await db.selectFrom('pages').selectAll().execute();
  const items = all.filter((item) => domain === null || item.domain === domain);
  const ended = items.filter(
    ({ decided_at }) => decided_at !== null && decided_at >= from && decided_at < to,
  );
  const units = ended
    .filter((item) => item.kind === 'approval' || item.kind === 'review')
    .map((item) => {
      const words = opinions.filter((one) => one.item_id === item.id);
      const last = LAST[item.outcome ?? ''];
      const said: [string, string][] = words.map((one) => [one.slack_user, one.word]);
      if (said.length > 0 && item.slack_user !== null && last) said.push([item.slack_user, last]);
      const people = [...new Set(said.map(([user]) => user))];
      return {
        domain: item.domain ?? '',
        said: people.map((user) => said.findLast(([who]) => who === user)?.[1] ?? ''),
      };
    })
    .filter(({ said }) => said.length > 1);
  const domains = [...new Set(units.map((unit) => unit.domain))].map((name) => {
    const own = units.filter((unit) => unit.domain === name).map((unit) => unit.said);
    const disputed = own.filter((said) => new Set(said).size > 1).length;
    return { domain: name, agreement: { alpha: alpha(own), units: own.length, disputed } };
  });
  const compared = ended.flatMap((item) => (item.compared === null ? [] : [item.compared]));
  const came = new Set(
    items.filter((item) => item.requested_at >= from && item.requested_at < to).map(({ id }) => id),
  );
  const sent = pages.filter(
    (page) => page.way === 'dm' && page.state === 'sent' && came.has(page.item_id),
  );
  const deciders = ended.flatMap((item) =>
    item.decided_by === 'human' ? [item.slack_user ?? ''] : [],
  );
  const people = [...new Set([...sent.map((page) => page.target), ...deciders])];
  const counts = people.map((user) => sent.filter((page) => page.target === user).length);
  return {
    agreement: domains.toSorted(
      (a, b) => b.agreement.units - a.agreement.units || (a.domain < b.domain ? -1 : 1),
    ),
    blind: { same: compared.filter((one) => one === 'same').length, of: compared.length },
    pages: sent.length === 0 ? null : { counts: counts.toSorted((a, b) => a - b), ...even(counts) },
  };
}

const LAST: Record<string, string> = { approved: 'approve', edited: 'edit', rejected: 'reject' };

/** How long each person looked at what they decided, and half of them at most: as plainly as can be. */
export async function naiveLooks(
  db: Db,
  { from, to, domain }: { from: number; to: number; domain: string | null },
) {
  const rows = await db
    .selectFrom('items')
    .innerJoin('decisions', 'decisions.item_id', 'items.id')
    .selectAll('items')
    .select(['decisions.slack_user', 'decisions.decided_by'])
    .execute();
  const own = rows.filter(
    (row) =>
      row.decided_by === 'human' &&
      (domain === null || row.domain === domain) &&
      (row.decided_at ?? 0) >= from &&
      (row.decided_at ?? 0) < to,
  );
  return [...new Set(own.map((row) => row.slack_user ?? ''))].map((expert) => {
    const times = own
      .filter((row) => row.slack_user === expert)
      .map((row) => (row.decided_at ?? 0) - (row.claimed_at ?? row.requested_at))
      .toSorted((a, b) => a - b);
    const [low = 0, high = 0] = [
      times[Math.floor((times.length - 1) / 2)],
      times[Math.ceil((times.length - 1) / 2)],
    ];
    return { expert, count: times.length, p50: (low + high) / 2 };
  });
}

/** 1 − D_o / D_e, each disagreement counted pair by pair over all values. */
function alpha(units: string[][]): number | null {
  const values = units.flat();
  const pairs = (list: string[]) =>
    list.flatMap((a, i) => list.filter((_, j) => i !== j).map((b) => (a === b ? 0 : 1)));
  const observed =
    units.reduce((sum, said) => sum + total(pairs(said)) / (said.length - 1), 0) / values.length;
  const expected = total(pairs(values)) / (values.length * (values.length - 1));
  return expected === 0 ? null : 1 - observed / expected;
}

/** Gini's coefficient as the mean difference between any two over twice the mean. */
function even(counts: number[]) {
  const mean = total(counts) / counts.length;
  const apart = counts.flatMap((a) => counts.map((b) => Math.abs(a - b)));
  return {
    times_even: Math.max(...counts) / mean,
    gini: total(apart) / counts.length ** 2 / (2 * mean),
  };
}

const total = (list: number[]): number => list.reduce((sum, one) => sum + one, 0);
