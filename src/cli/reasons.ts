/**
 * Why a command cannot run, for the operator: what is no fault of the program in one sentence each, with what to do;
 * anything else with all that is known of it. Imports nothing that may itself be missing.
 */
import { resolve } from 'node:path';
import { diskSentence, diskTrouble } from '../domain/disk-trouble.ts';
import { codeOf, errorChain, rootWords } from '../domain/error-chain.ts';
import { StartRefused } from '../domain/start-refused.ts';

/** The sentences, a line each; null: nobody foresaw that error. `data_dir`: HITL_DATA_DIR. */
export function reasonsOf(error: unknown, data_dir: string): string[] | null {
  for (const one of errorChain(error)) if (one instanceof StartRefused) return one.problems;
  const missing = missingModule(error);
  if (missing !== null) return [missing];
  const trouble = diskTrouble(error);
  if (trouble === null) return null;
  const words = error instanceof Error ? error.message : String(error);
  const root = rootWords(error);
  const said = words.includes(root) ? words : `${words}: ${root}`;
  return [`${diskSentence(trouble, resolve(data_dir))} (${said})`];
}

/** A package that is not there, or a native one that is not built for this Node; null: it is not about that. */
export function missingModule(error: unknown): string | null {
  for (const one of errorChain(error)) {
    const words = one instanceof Error ? one.message : '';
    if (codeOf(one) === 'ERR_DLOPEN_FAILED' || words.includes('Could not locate the bindings file'))
      return `better-sqlite3 is not built for this Node (${process.version}, ${process.platform}-${process.arch}): run \`npm rebuild better-sqlite3\` where hitl is installed, with the Node that runs it`;
    const [, name] = /Cannot find (?:package|module) '([^']+)'/.exec(words) ?? [];
    if (name !== undefined && /^(?:ERR_)?MODULE_NOT_FOUND$/.test(codeOf(one) ?? ''))
      return `the package ${name} is not there: run \`npm ci\` where hitl is installed`;
  }
  return null;
}

/** What is wrong with this Node, or null. `version`: Node's own, `needed`: as `engines` of package.json has it, `>=20.19`. */
export function wrongNode(version: string, needed: string): string | null {
  const least = numbersOf(needed);
  const has = numbersOf(version);
  const at = least.findIndex((part, index) => part !== (has[index] ?? 0));
  if (at < 0 || (has[at] ?? 0) > (least[at] ?? 0)) return null;
  return `hitl needs Node ${least.join('.')} or newer, and this is ${version}: install a newer one (https://nodejs.org), then \`npm ci\``;
}

const numbersOf = (version: string): number[] =>
  (/\d+(?:\.\d+)*/.exec(version)?.[0] ?? '').split('.').map(Number);

/** A fault of ours: whoever reports it needs all of it. */
export const unforeseen = (error: unknown): string =>
  `this should not have happened\n${stackOf(error)}`;

function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const own = error.stack ?? error.message;
  return error.cause === undefined ? own : `${own}\ncaused by: ${stackOf(error.cause)}`;
}
