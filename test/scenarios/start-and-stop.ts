/**
 * A process that starts the pager, runs it until it is told to stop, and then says what of it is left: handles by Node's
 * own report, threads (those too that would not keep the process alive), and open files of the data folder.
 */
import { readdirSync, readlinkSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pino from 'pino';
import { systemClock } from '../../src/domain/clock.ts';
import { readConfig } from '../../src/config/config.ts';
import { startPager } from '../../src/app/start-pager.ts';

interface Report {
  libuv: { type: string; is_active: boolean; is_referenced: boolean; address: string }[];
  workers: unknown[];
}

const read = readConfig(process.env);
if (!read.ok) throw new Error(read.problems.join('\n'));
const folder = resolve(read.config.data_dir);

/** By address, each with what it is. Idle connections that Node's `fetch` keeps for the next call are not referenced. */
function openNow(): Map<string, string> {
  const { libuv, workers } = process.report.getReport() as unknown as Report;
  const held = libuv
    .filter((one) => one.is_active && one.is_referenced)
    .map((one): [string, string] => [one.address, one.type]);
  const threads = workers.map((_, at): [string, string] => [`thread ${at}`, 'thread']);
  const files = openFiles().map((file): [string, string] => [file, file]);
  return new Map([...held, ...threads, ...files]);
}

/** Files of the data folder that this process has open; Linux alone tells. */
function openFiles(): string[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      const file = readlinkSync(`/proc/self/fd/${fd}`);
      return file.startsWith(`${folder}/`) ? [file.slice(folder.length + 1)] : [];
    } catch {
      // The one that read the list.
      return [];
    }
  });
}

const before = openNow();
const pager = await startPager(read.config, { clock: systemClock, log: pino({ level: 'silent' }) });
await pager.ready;
const told = new Promise((tell) => process.once('message', tell));
process.send?.({ port: pager.port });
await told;
const during = [...new Set(openNow().values())].toSorted();
await pager.stop();

const left = () => [
  ...[...openNow()].flatMap(([address, what]) => (before.has(address) ? [] : [what])),
  // The way the test talks to this process is a pipe.
  ...process.getActiveResourcesInfo().filter((one) => one !== 'PipeWrap'),
];
// What is closing closes in the next turns of the loop.
for (let looks = 0; looks < 40 && left().length > 0; looks += 1) await pause(50);
process.send?.({ during, left: left() });
process.disconnect();
