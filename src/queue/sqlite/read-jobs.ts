/** What is asked of the embedded queue's jobs, and what an operator does to many of them at once. */
import type { JobState, JobType } from 'bullmq';
import type { QueueFile } from './queue-file.ts';
import type { JobRow } from './job-table.ts';

/** BullMQ's names of states as conditions on a row. A paused queue's waiting jobs are called `paused`. */
const WHERE: Record<string, string> = {
  wait: `state = 'waiting' AND priority = 0`,
  waiting: `state = 'waiting' AND priority = 0`,
  paused: `state = 'waiting' AND priority = 0`,
  prioritized: `state = 'waiting' AND priority > 0`,
  delayed: `state = 'delayed'`,
  active: `state = 'active'`,
  completed: `state = 'completed'`,
  failed: `state = 'failed'`,
};
const ORDER: Record<string, string> = {
  delayed: 'due_at',
  completed: 'finished_at',
  failed: 'finished_at',
  prioritized: 'priority, position',
};

export function readJobs({ sqlite }: QueueFile, queue: string) {
  const one = <R>(sql: string) => sqlite.prepare<unknown[], R>(sql);
  const field = one<{ value: string }>(
    'SELECT value FROM queue_fields WHERE queue = ? AND field = ?',
  );
  const fields = one<{ field: string; value: string }>(
    'SELECT field, value FROM queue_fields WHERE queue = ?',
  );
  const isPaused = () => field.get(queue, 'paused') !== undefined;
  const hidden = (type: string) =>
    (type === 'paused') !== isPaused() && ['paused', 'wait', 'waiting'].includes(type);

  return {
    isPaused,
    field: (name: string): string | null => field.get(queue, name)?.value ?? null,
    fields: (): Record<string, string> =>
      Object.fromEntries(fields.all(queue).map((row) => [row.field, row.value])),
    setFields(values: Record<string, string | number>): number {
      const set = sqlite.prepare(
        'INSERT INTO queue_fields (queue, field, value) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
      );
      for (const [name, value] of Object.entries(values)) set.run(queue, name, String(value));
      return Object.keys(values).length;
    },
    removeFields(names: readonly string[]): number {
      const remove = sqlite.prepare('DELETE FROM queue_fields WHERE queue = ? AND field = ?');
      return names.reduce((total, name) => total + remove.run(queue, name).changes, 0);
    },
    count(type: JobType, due_before?: number): number {
      const where = WHERE[type];
      if (where === undefined || hidden(type)) return 0;
      const until = type === 'delayed' && due_before !== undefined ? 'AND due_at < ?' : '';
      return (
        one<{ total: number }>(
          `SELECT count(*) AS total FROM jobs WHERE queue = ? AND ${where} ${until}`,
        ).get(...[queue, ...(until === '' ? [] : [due_before])])?.total ?? 0
      );
    },
    /** Ids, `start` to `end` counted from 0, both included; -1: the last. */
    ids(type: JobType, start: number, end: number, asc: boolean): string[] {
      const where = WHERE[type];
      if (where === undefined || hidden(type)) return [];
      const direction = asc ? 'ASC' : 'DESC';
      const order = (ORDER[type] ?? 'position')
        .split(', ')
        .map((column) => `${column} ${direction}`)
        .join(', ');
      const rows = one<{ id: string }>(
        `SELECT id FROM jobs WHERE queue = ? AND ${where} ORDER BY ${order}`,
      ).all(queue);
      return rows.slice(start, end === -1 ? undefined : end + 1).map((row) => row.id);
    },
    stateOf(row: JobRow | undefined): JobState | 'unknown' {
      if (row === undefined) return 'unknown';
      return row.state === 'waiting' && row.priority > 0 ? 'prioritized' : row.state;
    },
    /** Removes jobs of a state that were added or ended before `until`; at most `limit` (0: all). Returns their ids. */
    clean(state: string, until: number, limit: number): string[] {
      const where = WHERE[state];
      if (where === undefined || state === 'active') return [];
      return one<{ id: string }>(
        `DELETE FROM jobs WHERE queue = ?1 AND id IN (
           SELECT id FROM jobs WHERE queue = ?1 AND ${where} AND coalesce(finished_at, added_at) <= ?2
           ORDER BY position LIMIT ?3
         ) RETURNING id`,
      )
        .all(queue, until, limit === 0 ? -1 : limit)
        .map((row) => row.id);
    },
    drain(delayed: boolean): void {
      sqlite
        .prepare(
          `DELETE FROM jobs WHERE queue = ? AND state IN ('waiting'${delayed ? `, 'delayed'` : ''})`,
        )
        .run(queue);
    },
    /** Removes everything; returns false where jobs are active and `force` is not given. */
    obliterate(force: boolean): boolean {
      const active = one<{ total: number }>(
        `SELECT count(*) AS total FROM jobs WHERE queue = ? AND state = 'active'`,
      ).get(queue);
      if (!force && (active?.total ?? 0) > 0) return false;
      sqlite.prepare('DELETE FROM jobs WHERE queue = ?').run(queue);
      sqlite.prepare('DELETE FROM queue_fields WHERE queue = ?').run(queue);
      return true;
    },
    remove: (id: string): number =>
      sqlite
        .prepare(`DELETE FROM jobs WHERE queue = ? AND id = ? AND state <> 'active'`)
        .run(queue, id).changes,
  };
}
