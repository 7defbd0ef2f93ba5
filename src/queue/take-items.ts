/** Items that come by the queue: each job ends at once, with what became of its item. */
import { UnrecoverableError, type Job } from 'bullmq';
import { acceptItem } from '../intake/accept-item.ts';
import type { ItemRecord } from '../domain/decision.ts';
import { itemWarnings } from '../../policies/routing/item-warnings.ts';
import { writeJson } from '../domain/exact-json.ts';
import { type FieldError } from '../domain/item.ts';
import { parseItem } from '../domain/parse-item.ts';
import { keepRejectedPayload } from '../intake/rejected-payloads.ts';
import type { World } from '../world/world.ts';

/** What a job returns. */
export interface JobResult {
  item_id: string;
  status: string;
  rule: string;
  /** What to know of an item that was taken in all the same: whole sentences. */
  warnings?: string[];
}

/**
 * Handles one job. Throws UnrecoverableError, with each bad field named, where the item cannot be understood: trying
 * again would not help. Any other error lets BullMQ try again.
 */
export async function takeItem(
  world: World,
  job: Pick<Job, 'id' | 'data' | 'timestamp'> & { unread?: FieldError | null },
  queue: string,
): Promise<JobResult> {
  const input = withId(job, queue);
  if (job.unread) return refuse(world, job, queue, [job.unread]);
  const parsed = parseItem(input);
  if (!parsed.ok) return refuse(world, job, queue, parsed.errors);
  const accepted = await acceptItem(world, {
    item: parsed.item,
    written: parsed.written,
    source: 'queue',
  });
  switch (accepted.accepted) {
    case 'new':
    case 'replay':
      return jobResult(world, accepted.record);
    case 'refused':
      return refuse(world, job, queue, accepted.errors);
    case 'conflict':
      throw new UnrecoverableError(
        `conflict: item ${accepted.id} was accepted before with another body; choose another id`,
      );
    default:
      return accepted satisfies never;
  }
}

function jobResult(world: World, record: ItemRecord): JobResult {
  const warnings = itemWarnings(world.policy(), record.item);
  return {
    item_id: record.id,
    status: record.status,
    rule: record.rule,
    ...(warnings.length > 0 ? { warnings } : {}),
  };
}

async function refuse(
  world: World,
  job: Pick<Job, 'id' | 'data' | 'timestamp'>,
  queue: string,
  errors: FieldError[],
): Promise<never> {
  const item_id = itemIdOfJob(job, queue)?.slice(0, 128) ?? null;
  await keepRejectedPayload(world, {
    source: 'queue',
    job_id: job.id ?? null,
    item_id,
    payload: written(job.data),
    errors,
  });
  throw new UnrecoverableError(
    `not an item: ${errors.map((one) => `${one.field} ${one.problem}`).join('; ')}`.slice(0, 2000),
  );
}

/** The payload as text, without what is nested so deep that it cannot be written down. */
function written(data: unknown): string {
  const text = (value: unknown): string | undefined => {
    try {
      return writeJson(value);
    } catch (error) {
      if (error instanceof RangeError) return undefined;
      throw error;
    }
  };
  const whole = text(data);
  if (whole !== undefined) return whole;
  const deep = '(nested too deep to be kept)';
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return deep;
  const shallow = Object.entries(data).map(([key, held]) => [
    key,
    text(held) === undefined ? deep : held,
  ]);
  return writeJson(Object.fromEntries(shallow));
}

/** The item that a job is about, by the id it has here; null where it names none. */
export function itemIdOfJob(
  job: Pick<Job, 'id' | 'data' | 'timestamp'>,
  queue: string,
): string | null {
  const input = withId(job, queue);
  return typeof input === 'object' &&
    input !== null &&
    'id' in input &&
    typeof input.id === 'string'
    ? input.id
    : null;
}

/** A job without an id in its data (null and "" are none) takes the job's; an automatic one is a number that Redis counts from 1 again after a loss. */
function withId(job: Pick<Job, 'id' | 'data' | 'timestamp'>, queue: string): unknown {
  const data: unknown = job.data;
  if (
    typeof data !== 'object' ||
    data === null ||
    Array.isArray(data) ||
    ('id' in data && data.id !== null && data.id !== '') ||
    job.id === undefined
  )
    return data;
  const id = /^\d+$/.test(job.id) ? `${queue}-${job.timestamp}-${job.id}` : job.id;
  return { ...data, id };
}
