/** Starts a thread of its own for work that would keep everything else waiting. */
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker, type ResourceLimits } from 'node:worker_threads';

/**
 * The thread that the file `name` is, beside the file that asks (its `import.meta.url`) and in the form that one has: where
 * the sources run, TypeScript's loader is started in the thread first.
 */
export function startThread(
  beside: string,
  name: string,
  workerData: unknown,
  resourceLimits: ResourceLimits = {},
): Worker {
  const extension = extname(fileURLToPath(beside));
  const entry = new URL(`./${name}${extension}`, beside);
  if (extension === '.js') return new Worker(entry, { workerData, resourceLimits });
  const load = `import('tsx/esm/api').then(({ register }) => { register(); return import(${JSON.stringify(entry.href)}); })`;
  return new Worker(load, { eval: true, execArgv: [], workerData, resourceLimits });
}
