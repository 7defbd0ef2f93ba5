/** Writes `.env.example` from the table that reads the environment: `npx tsx scripts/write-env-example.ts`. */
import { writeFileSync } from 'node:fs';
import { envExample } from './env-example.ts';

writeFileSync('.env.example', envExample());
