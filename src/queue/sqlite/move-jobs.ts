/** What happens to jobs of the embedded queue, as statements. Each runs inside a transaction of `QueueFile.write`. */
import { ErrorCode, type JobJson, type KeepJobs } from 'bullmq';
import { QueueRefusal, type QueueFile } from './queue-file.ts';
import { jobJson, type JobRow } from './job-table.ts';

/** BullMQ's own answer to a worker: the job, its id, and when to ask again (a rate limit in ms, epoch ms; 0: no matter). */
export type Claimed = [job: JobJson | null, id: string, limited_ms: number, next_at: number];

export type MoveJobs = ReturnType<typeof moveJobs>;

const STALLED = 'job stalled more than allowable limit';

export function moveJobs({ sqlite, clock }: QueueFile, queue: string) {
  const one = <R>(sql: string) => sqlite.prepare<unknown[], R>(sql);
  const find = one<JobRow>('SELECT * FROM jobs WHERE queue = ? AND id = ?');
  const nextPosition = one<{ last: number }>(
    `INSERT INTO positions (queue, last) VALUES (?, 1)
     ON CONFLICT (queue) DO UPDATE SET last = last + 1 RETURNING last`,
  );
  const insert = sqlite.prepare(
    `INSERT INTO jobs (queue, id, position, name, data, opts, state, priority, added_at, due_at)
     VALUES (@queue, @id, @position, @name, @data, @opts, @state, @priority, @added_at, @due_at)`,
  );
  const promoteDue = sqlite.prepare(
    `UPDATE jobs SET state = 'waiting' WHERE queue = ? AND state = 'delayed' AND due_at <= ?`,
  );
  const claim = one<JobRow>(
    `UPDATE jobs SET state = 'active', lock_token = @token, lock_until = @until, processed_at = @now,
       processed_by = @by, attempts_started = attempts_started + 1
     WHERE queue = @queue AND id = (
       SELECT id FROM jobs WHERE queue = @queue AND state = 'waiting' ORDER BY priority, position LIMIT 1
     ) RETURNING *`,
  );
  const nextDue = one<{ due_at: number | null }>(
    `SELECT min(due_at) AS due_at FROM jobs WHERE queue = ? AND state = 'delayed'`,
  );
  const paused = one<object>(`SELECT 1 FROM queue_fields WHERE queue = ? AND field = 'paused'`);
  const finish = sqlite.prepare(
    `UPDATE jobs SET state = @state, finished_at = @now, lock_token = NULL, lock_until = NULL,
       attempts_made = attempts_made + 1, return_value = @value, failed_reason = @reason, stacktrace = @stacktrace
     WHERE queue = @queue AND id = @id`,
  );
  const remove = sqlite.prepare('DELETE FROM jobs WHERE queue = ? AND id = ?');
  const tooOld = sqlite.prepare(
    'DELETE FROM jobs WHERE queue = ? AND state = ? AND finished_at < ?',
  );
  const tooMany = sqlite.prepare(
    `DELETE FROM jobs WHERE queue = @queue AND id IN (
       SELECT id FROM jobs WHERE queue = @queue AND state = @state
       ORDER BY finished_at DESC, position DESC LIMIT -1 OFFSET @keep)`,
  );
  const release = sqlite.prepare(
    `UPDATE jobs SET state = @state, due_at = @due_at, position = @position, lock_token = NULL, lock_until = NULL,
       processed_at = NULL, attempts_made = attempts_made + @made, failed_reason = coalesce(@reason, failed_reason),
       stacktrace = coalesce(@stacktrace, stacktrace)
     WHERE queue = @queue AND id = @id`,
  );
  const extend = sqlite.prepare(
    `UPDATE jobs SET lock_until = ? WHERE queue = ? AND id = ? AND state = 'active' AND lock_token = ?`,
  );
  const stalled = one<JobRow>(
    `SELECT * FROM jobs WHERE queue = ? AND state = 'active' AND lock_until < ?`,
  );
  const countStall = sqlite.prepare(
    'UPDATE jobs SET stalled = stalled + 1 WHERE queue = ? AND id = ?',
  );

  const position = (lifo = false): number => {
    const { last } = nextPosition.get(queue) as { last: number };
    return lifo ? -last : last;
  };

  /** The job, if it is active and that worker's; else why not, as BullMQ says it. */
  const held = (id: string, token: string, command: string): JobRow => {
    const row = find.get(queue, id);
    if (row === undefined)
      throw new QueueRefusal(ErrorCode.JobNotExist, `Missing key for job ${id}. ${command}`);
    if (row.state !== 'active')
      throw new QueueRefusal(
        ErrorCode.JobNotInState,
        `Job ${id} is not in the active state. ${command}`,
      );
    if (token !== '0' && row.lock_token !== token)
      throw new QueueRefusal(
        ErrorCode.JobLockMismatch,
        `Lock mismatch for job ${id}. Cmd ${command} from active`,
      );
    return row;
  };

  const trim = (state: 'completed' | 'failed', keep: KeepJobs | number | boolean | undefined) => {
    const { age, count } =
      typeof keep === 'number' ? { age: undefined, count: keep } : ageAndCount(keep);
    if (age !== undefined) tooOld.run(queue, state, clock.now() - age * 1000);
    if (count !== undefined) tooMany.run({ queue, state, keep: count });
  };

  return {
    find: (id: string) => find.get(queue, id),
    held,
    position,

    /** Returns its id; an id that is known already changes nothing. */
    add(job: JobJson, id: string | undefined): string {
      const own = id === undefined || id === '' ? String(position()) : id;
      if (find.get(queue, own) !== undefined) return own;
      const delay = job.delay ?? job.opts.delay ?? 0;
      insert.run({
        queue,
        id: own,
        position: position(job.opts.lifo),
        name: job.name,
        data: job.data,
        opts: JSON.stringify(job.opts),
        state: delay > 0 ? 'delayed' : 'waiting',
        priority: job.priority ?? job.opts.priority ?? 0,
        added_at: job.timestamp,
        due_at: job.timestamp + delay,
      });
      return own;
    },

    claim(token: string, lock_ms: number, by: string | null): Claimed {
      const now = clock.now();
      if (paused.get(queue) !== undefined) return [null, '', 0, 0];
      promoteDue.run(queue, now);
      const row = claim.get({ queue, token, until: now + lock_ms, now, by });
      if (row) return [jobJson(row), row.id, 0, 0];
      return [null, '', 0, nextDue.get(queue)?.due_at ?? 0];
    },

    finish(
      id: string,
      token: string,
      as:
        | { state: 'completed'; value: unknown }
        | { state: 'failed'; reason: string; stacktrace: string | null },
      keep: KeepJobs | number | boolean | undefined,
    ): number {
      const row = held(id, token, 'moveToFinished');
      const now = clock.now();
      if (keep === true) remove.run(queue, id);
      else {
        finish.run({
          queue,
          id,
          now,
          state: as.state,
          value: as.state === 'completed' ? (JSON.stringify(as.value) ?? 'null') : null,
          reason: as.state === 'failed' ? as.reason : null,
          stacktrace: as.state === 'failed' ? as.stacktrace : row.stacktrace,
        });
        trim(as.state, keep);
      }
      return now;
    },

    /** Back from a worker to those that wait, at once or after `delay_ms`. */
    giveBack(
      id: string,
      as: { made: 0 | 1; delay_ms?: number; lifo?: boolean; reason?: string; stacktrace?: string },
    ): void {
      const delay_ms = as.delay_ms ?? 0;
      release.run({
        queue,
        id,
        state: delay_ms > 0 ? 'delayed' : 'waiting',
        due_at: clock.now() + delay_ms,
        position: position(as.lifo),
        made: as.made,
        reason: as.reason ?? null,
        stacktrace: as.stacktrace ?? null,
      });
    },

    extend: (id: string, token: string, lock_ms: number): boolean =>
      extend.run(clock.now() + lock_ms, queue, id, token).changes === 1,

    /** Jobs whose worker is gone: they wait again, or fail where that happened too often. Returns those that wait. */
    takeBackStalled(most: number): string[] {
      const back: string[] = [];
      for (const row of stalled.all(queue, clock.now())) {
        countStall.run(queue, row.id);
        if (row.stalled + 1 > most) {
          finish.run({
            queue,
            id: row.id,
            now: clock.now(),
            state: 'failed',
            value: null,
            reason: STALLED,
            stacktrace: row.stacktrace,
          });
          continue;
        }
        release.run({
          queue,
          id: row.id,
          state: 'waiting',
          due_at: row.due_at,
          position: row.position,
          made: 0,
          reason: null,
          stacktrace: null,
        });
        back.push(row.id);
      }
      return back;
    },
  };
}

const ageAndCount = (
  keep: KeepJobs | boolean | undefined,
): { age?: number | undefined; count?: number | undefined } =>
  typeof keep === 'object' ? { age: 'age' in keep ? keep.age : undefined, count: keep.count } : {};
