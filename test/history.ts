/**
 * Histories for figures: items as they ended, written straight into the tables, as many as it takes. No cards, no texts,
 * no real digests: only what figures are made of. Random ones are the same for the same seed.
 */
import SQLite from 'better-sqlite3';

export interface PastItem {
  id: string;
  kind: 'approval' | 'question' | 'review' | 'comparison';
  domain: string | null;
  rule: string;
  route: 'ask' | 'let_through' | 'refuse';
  model: string | null;
  cohort: string | null;
  tags: string[];
  confidence: number | null;
  impact: number;
  level: number;
  check_of: string | null;
  sample: number | null;
  /** Rungs that were paged; each ran out or was left for the next. */
  rungs: { level: number; paged_at: number; decide_by: number | null; ended_at: number }[];
  requested_at: number;
  claimed_at: number | null;
  due_at: number | null;
  /** Messages that rungs sent, or tried to. */
  pages?: { way: 'dm' | 'channel'; target: string; state: 'sent' | 'failed' }[];
  /** What people said before it ended, in that order. */
  opinions?: { user: string; word: 'approve' | 'edit' | 'reject' }[];
  /** Of a blind decision, once it was held against the AI's answer. */
  compared?: 'same' | 'different' | null;
  /** null: it waits. */
  end: { at: number; outcome: string; by: string; expert: string | null } | null;
}

/** A source of numbers in 0..1 that says the same again (Mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** One item of a busy desk: most are let through, people edit or reject a fifth of the rest, some expire. */
export function pastItem(random: () => number, id: string, requested_at: number): PastItem {
  const item = endedItem(random, id, requested_at);
  if (item.route !== 'ask') return item;
  const someone = () => `U0EXPERT${Math.floor(random() * random() * 12)}`;
  const times = <T>(most: number, one: () => T): T[] =>
    Array.from({ length: Math.floor(random() * (most + 1)) }, one);
  // Whoever has the day, then (where it climbed) a group; one in ten messages fails.
  const paged = [
    `U0EXPERT${Math.floor(requested_at / DAY_MS) % 12}`,
    ...(item.level > 1 ? ['U0EXPERT1', 'U0EXPERT2', 'U0EXPERT3'] : []),
  ];
  return {
    ...item,
    pages: paged.map((target) => ({
      way: random() < 0.8 ? 'dm' : 'channel',
      target,
      state: random() < 0.9 ? 'sent' : 'failed',
    })),
    opinions:
      random() < 0.9
        ? []
        : times(3, () => ({
            user: someone(),
            word: random() < 0.6 ? 'approve' : random() < 0.5 ? 'edit' : 'reject',
          })),
    compared:
      item.end?.by === 'human' && random() < 0.05 ? (random() < 0.8 ? 'same' : 'different') : null,
  };
}

function endedItem(random: () => number, id: string, requested_at: number): PastItem {
  const pick = <T>(...of: [T, ...T[]]): T => of[Math.floor(random() * of.length)] ?? of[0];
  const route = random() < 0.45 ? 'ask' : random() < 0.95 ? 'let_through' : 'refuse';
  const level = pick(1, 1, 1, 2, 3);
  const limit = pick(null, 0.5, 0.5, 4) as number | null;
  const asked: PastItem = {
    id,
    kind: pick('approval', 'review', 'review', 'question', 'comparison'),
    domain: pick('billing', 'support', 'support', 'fraud', 'legal'),
    rule: route === 'ask' ? pick('unsure', 'disputed', 'high-impact') : pick('sure', 'forbidden'),
    route,
    model: pick(null, 'writer 1', 'writer 2', 'judge'),
    cohort: pick(null, 'eu', 'us'),
    tags: random() < 0.5 ? [] : [pick('refund', 'wire', 'address')],
    confidence: random() < 0.1 ? null : Math.round(random() * 1000) / 1000,
    impact: Math.floor(random() * 11),
    level: route === 'ask' ? level : 0,
    check_of: route === 'ask' && random() < 0.1 ? `checked-${id}` : null,
    sample: null,
    rungs: Array.from({ length: route === 'ask' ? level : 0 }, (_, at) => ({
      level: at + 1,
      paged_at: requested_at + at,
      decide_by: random() < 0.8 ? requested_at + at + 1 : null,
      ended_at: requested_at + at + (random() < 0.7 ? 1 : 0),
    })),
    requested_at,
    claimed_at: null,
    due_at: route === 'ask' && limit !== null ? requested_at + limit * HOUR_MS : null,
    end: null,
  };
  if (route !== 'ask') {
    const outcome = route === 'refuse' ? 'auto_rejected' : 'auto_approved';
    return { ...asked, end: { at: requested_at, outcome, by: 'policy', expert: null } };
  }
  const roll = random();
  if (roll < 0.02) return asked;
  const at = requested_at + Math.floor(-Math.log(1 - random()) * HOUR_MS);
  if (roll < 0.05)
    return { ...asked, end: { at, outcome: 'cancelled', by: 'producer', expert: null } };
  if (roll < 0.1) return { ...asked, end: { at, outcome: 'expired', by: 'ladder', expert: null } };
  const outcome =
    asked.kind === 'question'
      ? 'answered'
      : asked.kind === 'comparison'
        ? 'preferred'
        : pick('approved', 'approved', 'approved', 'edited', 'rejected');
  const expert = `U0EXPERT${Math.floor(random() * random() * 12)}`;
  const claimed_at =
    random() < 0.6 ? requested_at + Math.floor((at - requested_at) * random()) : null;
  return { ...asked, claimed_at, end: { at, outcome, by: 'human', expert } };
}

/** Writes them into the database at `file`, which has its tables; in the order in which they ended. */
export function insertHistory(file: string, items: Iterable<PastItem>): void {
  const sqlite = new SQLite(file);
  sqlite.pragma('synchronous = OFF');
  const item = sqlite.prepare(`insert into items (id, version, view_rev, kind, allowed_json, status,
    outcome, claimed_by, claimed_at, decided_at, item_digest, domain, rule, policy_version, level,
    reason_required, at_the_end, impact, source, requested_at, due_at, route, confidence, model, cohort, tags_json,
    check_of, sample) values (@id, 2, 2, @kind, '[]', @status, @outcome, null, @claimed_at, @decided_at, 'sha256:0', @domain,
    @rule, 'sha256:0', @level, 0, 'expired', @impact, 'http', @requested_at, @due_at, @route, @confidence, @model,
    @cohort, @tags_json, @check_of, @sample)`);
  const decision =
    sqlite.prepare(`insert into decisions (id, item_id, outcome, decided_by, slack_user,
    level, error_tags_json, decided_at, compared, text_digest) values (?, ?, ?, ?, ?, ?, '[]', ?, ?, 'sha256:0')`);
  const rung =
    sqlite.prepare(`insert into rungs (item_id, number, level, notify_json, remind_json, state,
    paged_at, decide_by, ended_at) values (?, ?, ?, '[]', '[]', 'over', ?, ?, ?)`);
  const page = sqlite.prepare(`insert into pages (item_id, rung, way, target, state, wanted_at)
    values (?, 1, ?, ?, ?, ?)`);
  const opinion = sqlite.prepare(`insert into opinions (id, item_id, slack_user, level, stage, word,
    error_tags_json, said_at, text_digest) values (?, ?, ?, 1, 0, ?, '[]', ?, 'sha256:0')`);
  const entry = sqlite.prepare(
    `insert into audit_log (seq, at, event, item_id, entry_json, prev_hash, hash) values (?, ?, ?, ?, '{}', '', '')`,
  );
  try {
    sqlite.transaction(() => {
      const last = sqlite
        .prepare<[], { seq: number | null }>('select max(seq) as seq from audit_log')
        .get();
      let seq = last?.seq ?? 0;
      for (const { end, tags, rungs, pages, opinions, compared, ...one } of items) {
        item.run({
          ...one,
          status: end === null ? 'open' : 'decided',
          outcome: end?.outcome ?? null,
          decided_at: end?.at ?? null,
          tags_json: tags.length > 0 ? JSON.stringify(tags) : null,
        });
        rungs.forEach(({ level, paged_at, decide_by, ended_at }, at) =>
          rung.run(one.id, at + 1, level, paged_at, decide_by, ended_at),
        );
        for (const { way, target, state } of pages ?? [])
          page.run(one.id, way, target, state, one.requested_at + 1);
        opinions?.forEach(({ user, word }, at) =>
          opinion.run(`o-${one.id}-${at}`, one.id, user, word, one.requested_at + at),
        );
        seq += 1;
        entry.run(seq, one.requested_at, 'item.accepted', one.id);
        if (end === null) continue;
        seq += 1;
        entry.run(seq, end.at, 'item.decided', one.id);
        decision.run(
          `d-${one.id}`,
          one.id,
          end.outcome,
          end.by,
          end.expert,
          end.by === 'human' ? one.level : null,
          end.at,
          compared ?? null,
        );
      }
    })();
  } finally {
    sqlite.close();
  }
}
