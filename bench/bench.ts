import { startRedis } from './processes.ts';
import { measureIntake } from './measure-intake.ts';
import { tableOf } from './print-table.ts';
const redis = await startRedis();
if(!redis) throw new Error('x');
console.log(tableOf(await measureIntake({redis_url: redis.url, quick: process.argv.includes('--quick'), say: (w)=>console.error(w)})));
await redis.stop();
