/** Every migration by its name, in order. A static map: what runs is what was compiled. */
import type { Migration } from 'kysely';
import * as start from './0001-start.ts';

export const migrations: Record<string, Migration> = {
  '0001-start': start,
};
