/** By which key a command that tries a policy on items takes its samples: the running installation's, where its database is here. */
import type { Policy } from '../../policies/policy.ts';
import { loadSecret } from '../store/secrets.ts';
import { UsageError, type Shell } from './cli-context.ts';
import { readDatabase } from './read-database.ts';

interface SamplingKey {
  key: string;
  /** What is to be said of it, once what it was for is done. */
  note: string | null;
}

/**
 * The key; any, with a note, where there is no database to read it from. It is never printed.
 * @param file the database as it was named; undefined: the one in HITL_DATA_DIR, if there is one
 */
export async function samplingKey(
  shell: Shell,
  policies: readonly Policy[],
  file: string | undefined,
): Promise<SamplingKey> {
  if (!policies.some((policy) => policy.rules.some((rule) => rule.sample !== null)))
    return { key: '', note: null };
  try {
    const key = await readDatabase(shell, file, 'read', (db) => loadSecret(db, 'sampling'));
    if (key !== null) return { key, note: null };
  } catch (error) {
    if (file !== undefined || !(error instanceof UsageError)) throw error;
  }
  return {
    key: '',
    note: 'note: which items a rule with `sample` takes is a secret of each installation, and its database is not here: taken by another key',
  };
}
