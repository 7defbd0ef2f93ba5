/**
 * How `hitl policy reload` finds the pager of a data folder, and hears what became of it: two small files in that
 * folder. The pager's says which process it is; the other how its last reload ended.
 */
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { EpochMs } from '../domain/clock.ts';
import { PRIVATE_FILE } from '../store/private-file.ts';

const process_schema = z.object({ pid: z.number().int().positive(), host: z.string() });
const reload_schema = z.object({
  pid: z.number(),
  /** How many reloads that process has ended. */
  count: z.number(),
  at: z.number(),
  version: z.string(),
  problems: z.array(z.string()),
});

export type PagerProcess = z.output<typeof process_schema>;
export type ReloadOutcome = z.output<typeof reload_schema>;

const processFile = (folder: string): string => join(folder, 'hitl.process.json');
const reloadFile = (folder: string): string => join(folder, 'hitl.reload.json');

/** Says that this process is the pager of that folder, whose lock it holds. Returns the way to take that back. */
export async function announceProcess(folder: string): Promise<() => Promise<void>> {
  await rm(reloadFile(folder), { force: true });
  await put(processFile(folder), { pid: process.pid, host: hostname() } satisfies PagerProcess);
  return () => rm(processFile(folder), { force: true });
}

/** The process that said so, or null; whether it still runs the folder's lock tells. */
export const announcedProcess = (folder: string): Promise<PagerProcess | null> =>
  get(processFile(folder), process_schema);

/** Keeps what became of a reload. */
export const keepReload = (
  folder: string,
  outcome: { count: number; at: EpochMs; version: string; problems: string[] },
): Promise<void> => put(reloadFile(folder), { pid: process.pid, ...outcome });

/** What became of the last reload, or null where there was none. */
export const lastReload = (folder: string): Promise<ReloadOutcome | null> =>
  get(reloadFile(folder), reload_schema);

/** Whole or not at all: a reader never sees half of it. */
async function put(path: string, value: object): Promise<void> {
  const half = `${path}.${process.pid}`;
  await writeFile(half, `${JSON.stringify(value)}\n`, { mode: PRIVATE_FILE });
  await rename(half, path);
}

async function get<S extends z.ZodType>(path: string, schema: S): Promise<z.output<S> | null> {
  try {
    return schema.safeParse(JSON.parse(await readFile(path, 'utf8'))).data ?? null;
  } catch {
    return null;
  }
}
