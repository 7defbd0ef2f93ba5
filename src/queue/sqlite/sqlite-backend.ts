/**
 * BullMQ on one SQLite file: its backend interface (`IQueueBackend`) for what a queue of items needs. What needs Redis
 * (flows, schedulers, event streams, rate limits) is refused by name.
 *
 * A producer on the same machine: `new (withBackend(createSqliteBackend).Queue)('hitl-items', {connection: openQueueFile(path)})`.
 */
import {
  ErrorCode,
  type BackendFactory,
  type IQueueBackend,
  type JobJson,
  type QueueBaseOptions,
  type WorkerOptions,
} from 'bullmq';
import { jobJson, textOf, told } from './job-table.ts';
import { moveJobs, type Claimed, type MoveJobs } from './move-jobs.ts';
import { QueueRefusal, type QueueFile } from './queue-file.ts';
import { RefusedOperations, checkPlain } from './refused-operations.ts';
import { readJobs } from './read-jobs.ts';

const LOCK_MS = 30_000;
const MOST_STALLS = 1;

type Options = QueueBaseOptions<QueueFile> &
  Partial<
    Pick<
      WorkerOptions,
      'lockDuration' | 'maxStalledCount' | 'name' | 'removeOnComplete' | 'removeOnFail'
    >
  >;

/** Makes the backend of one queue. `connection` is the opened file; whoever opened it closes it. */
export const createSqliteBackend: BackendFactory<SqliteBackend, QueueFile> = (name, opts) =>
  new SqliteBackend(opts.connection, name, opts);

class SqliteBackend extends RefusedOperations implements IQueueBackend {
  readonly #file: QueueFile;
  readonly #queue: string;
  readonly #opts: Options;
  readonly #move: MoveJobs;
  readonly #read: ReturnType<typeof readJobs>;
  #waiting = new AbortController();
  #seen = -1;
  closing: Promise<void> | undefined;
  readonly minimumBlockTimeout = 0.001;
  readonly maximumBlockTimeout = 60;
  readonly keys = {} as IQueueBackend['keys'];

  constructor(file: QueueFile, queue: string, opts: Options) {
    super();
    this.#file = file;
    this.#queue = queue;
    this.#opts = opts;
    this.#move = moveJobs(file, queue);
    this.#read = readJobs(file, queue);
  }

  async waitUntilReady(): Promise<void> {}
  async setName(): Promise<void> {}
  async close(): Promise<void> {
    this.closing ??= (async () => this.#waiting.abort())();
    await this.closing;
  }
  async disconnect(): Promise<void> {
    this.#waiting.abort();
  }
  async disconnectBlocking(): Promise<void> {
    this.#waiting.abort();
  }
  async reconnectBlocking(): Promise<void> {
    if (this.closing === undefined) this.#waiting = new AbortController();
  }
  forQueue(name: string): IQueueBackend {
    return new SqliteBackend(this.#file, name, this.#opts);
  }
  get qualifiedName(): string {
    return this.#queue;
  }
  toKey(type: string): string {
    return `${this.#queue}:${type}`;
  }
  parseNodeKey(key: string) {
    const at = key.lastIndexOf(':');
    return { prefix: '', queueName: key.slice(0, at), id: key.slice(at + 1) };
  }
  clientName(suffix = ''): string {
    return `${this.#queue}${suffix}`;
  }

  /** A write, and a signal to the workers behind it. */
  async #waking<T>(work: () => T): Promise<T> {
    const value = await this.#file.write(work);
    this.#file.signal(this.#queue);
    return value;
  }

  async addJob(job: JobJson, id: string): Promise<string> {
    checkPlain(job);
    return this.#waking(() => this.#move.add(job, id));
  }
  async addJobs(entries: { job: JobJson; jobId: string }[]): Promise<string[]> {
    for (const { job } of entries) checkPlain(job);
    return this.#waking(() => entries.map(({ job, jobId }) => this.#move.add(job, jobId)));
  }

  #claim(token: string, name: string | undefined): Claimed {
    return this.#move.claim(token, this.#opts.lockDuration ?? LOCK_MS, name ?? null);
  }
  async moveToActive(token: string, name?: string): Promise<Claimed> {
    this.#seen = this.#file.signals(this.#queue);
    return this.#file.move(() => this.#claim(token, name));
  }
  async moveToCompleted(
    ...[job, value, keep, token, fetchNext]: Parameters<IQueueBackend['moveToCompleted']>
  ) {
    return this.#file.move(() => {
      const finishedOn = this.#move.finish(
        job.id ?? '',
        token,
        { state: 'completed', value },
        keep ?? this.#opts.removeOnComplete,
      );
      return { finishedOn, result: this.#next(token, fetchNext) };
    });
  }
  async moveToFailed(
    ...[job, reason, keep, token, fetchNext, fields]: Parameters<IQueueBackend['moveToFailed']>
  ) {
    return this.#file.move(() => {
      const finishedOn = this.#move.finish(
        job.id ?? '',
        token,
        { state: 'failed', reason, stacktrace: textOf(fields, 'stacktrace') ?? null },
        keep ?? this.#opts.removeOnFail,
      );
      return { finishedOn, result: this.#next(token, fetchNext) };
    });
  }
  #next(token: string, fetchNext: boolean): Claimed | undefined {
    if (!fetchNext || this.closing !== undefined) return undefined;
    this.#seen = this.#file.signals(this.#queue);
    return this.#claim(token, this.#opts.name);
  }
  async moveToDelayed(
    ...[id, , delay, token, opts]: Parameters<IQueueBackend['moveToDelayed']>
  ): Promise<unknown[]> {
    return this.#file.move(() => {
      this.#move.held(id, token ?? '0', 'moveToDelayed');
      this.#move.giveBack(id, {
        made: opts?.skipAttempt ? 0 : 1,
        delay_ms: delay,
        ...told(opts?.fieldsToUpdate),
      });
      const next = opts?.fetchNext && token ? this.#next(token, true) : undefined;
      return next?.[0] ? next : [];
    });
  }
  async moveJobFromActiveToWait(id: string, token = '0'): Promise<number> {
    return this.#waking(() => {
      this.#move.held(id, token, 'moveJobFromActiveToWait');
      this.#move.giveBack(id, { made: 0 });
      return 0;
    });
  }
  async retryJob(...[id, lifo, token, opts]: Parameters<IQueueBackend['retryJob']>): Promise<void> {
    await this.#waking(() => {
      this.#move.held(id, token ?? '0', 'retryJob');
      this.#move.giveBack(id, { made: 1, lifo, ...told(opts?.fieldsToUpdate) });
    });
  }
  async retryFinishedJob(
    ...[job, state]: Parameters<IQueueBackend['retryFinishedJob']>
  ): Promise<void> {
    await this.#waking(() => this.#again(job.id ?? '', state));
  }
  #again(id: string, state: 'completed' | 'failed' | 'delayed'): void {
    const row = this.#move.find(id);
    if (row === undefined)
      throw new QueueRefusal(ErrorCode.JobNotExist, `Missing key for job ${id}`);
    if (row.state !== state)
      throw new QueueRefusal(ErrorCode.JobNotInState, `Job ${id} is not in the ${state} state`);
    this.#move.giveBack(id, { made: 0 });
  }
  async promote(id: string): Promise<void> {
    await this.#waking(() => this.#again(id, 'delayed'));
  }
  async moveStalledJobsToWait(): Promise<string[]> {
    const back = await this.#file.write(() =>
      this.#move.takeBackStalled(this.#opts.maxStalledCount ?? MOST_STALLS),
    );
    if (back.length > 0) this.#file.signal(this.#queue);
    return back;
  }
  async retryFinishedJobs(state: 'completed' | 'failed' = 'failed', count = 1000): Promise<number> {
    return this.#waking(() => {
      for (const id of this.#read.ids(state, 0, count - 1, true)) this.#again(id, state);
      return this.#read.count(state) > 0 ? 1 : 0;
    });
  }
  async promoteJobs(count = 1000): Promise<number> {
    return this.#waking(() => {
      for (const id of this.#read.ids('delayed', 0, count - 1, true)) this.#again(id, 'delayed');
      return this.#read.count('delayed') > 0 ? 1 : 0;
    });
  }
  async pause(pause: boolean): Promise<void> {
    await this.#waking(() =>
      pause ? this.#read.setFields({ paused: 1 }) : this.#read.removeFields(['paused']),
    );
  }
  async drain(delayed: boolean): Promise<void> {
    await this.#file.write(() => this.#read.drain(delayed));
  }
  async cleanJobsByState(state: string, until: number, limit = 0): Promise<string[]> {
    return this.#file.write(() => this.#read.clean(state, until, limit));
  }
  async obliterate({ force }: { force: boolean }): Promise<number> {
    const done = await this.#file.write(() => this.#read.obliterate(force));
    if (!done) throw new Error('Cannot obliterate queue with active jobs');
    return 0;
  }
  async removeOrphanedJobs(): Promise<number> {
    return 0;
  }

  async extendLock(id: string, token: string, ms: number): Promise<number> {
    return this.#file.write(() => (this.#move.extend(id, token, ms) ? 1 : 0));
  }
  async extendLocks(ids: string[], tokens: string[], ms: number): Promise<string[]> {
    return this.#file.write(() =>
      ids.filter((id, at) => !this.#move.extend(id, tokens[at] ?? '', ms)),
    );
  }
  async remove(id: string): Promise<number> {
    return this.#file.write(() => (this.#move.find(id) ? this.#read.remove(id) : 1));
  }

  async getState(id: string) {
    return this.#read.stateOf(this.#move.find(id));
  }
  async isFinished(id: string, withValue?: boolean): Promise<number | [number, string]> {
    const row = this.#move.find(id);
    const [status, value]: [number, string] =
      row === undefined
        ? [-1, `Missing key for job ${id}. isFinished`]
        : row.state === 'completed'
          ? [1, row.return_value ?? 'null']
          : row.state === 'failed'
            ? [2, row.failed_reason ?? '']
            : [0, ''];
    return withValue ? [status, value] : status;
  }
  async isMaxed(): Promise<boolean> {
    return false;
  }
  async isJobInState(state: string, id: string): Promise<boolean> {
    const now = this.#read.stateOf(this.#move.find(id));
    return state === 'wait' || state === 'paused'
      ? now === 'waiting' && (state === 'paused') === this.#read.isPaused()
      : now === state;
  }
  async getJobData(id: string): Promise<JobJson | undefined> {
    const row = this.#move.find(id);
    return row && jobJson(row);
  }
  async getCounts(...[types, dueBefore]: Parameters<IQueueBackend['getCounts']>) {
    return types.map((type) => this.#read.count(type, dueBefore));
  }
  async getRanges(
    ...[types, start = 0, end = -1, asc = false]: Parameters<IQueueBackend['getRanges']>
  ) {
    return types.map((type) => this.#read.ids(type, start, end, asc)) as unknown as [string][];
  }
  async getClientList(): Promise<string[]> {
    return [];
  }
  async setQueueMeta(values: Record<string, string | number>): Promise<number> {
    return this.#file.write(() => this.#read.setFields(values));
  }
  async getQueueMetaField(field: string): Promise<string | null> {
    return this.#read.field(field);
  }
  async getQueueMetaFields(fields: string[]): Promise<(string | null)[]> {
    return fields.map((field) => this.#read.field(field));
  }
  async getQueueMeta(): Promise<Record<string, string>> {
    return this.#read.fields();
  }
  async removeQueueMetaFields(fields: string[]): Promise<number> {
    return this.#file.write(() => this.#read.removeFields(fields));
  }
  async hasQueueMetaField(field: string): Promise<boolean> {
    return this.#read.field(field) !== null;
  }

  async waitForJob(seconds: number): Promise<null> {
    await this.#file.waitForSignal(this.#queue, this.#seen, seconds * 1000, this.#waiting.signal);
    return null;
  }
}
