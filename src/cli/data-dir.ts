/** Where the database is, for commands that need nothing else of the environment. */
import type { Environment } from '../config/config.ts';

/** The folder; the same as `readConfig` finds. */
export const dataDir = (env: Environment): string => env.HITL_DATA_DIR?.trim() || './data';
