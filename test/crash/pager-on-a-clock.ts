/**
 * The product as `hitl start` starts it, on a clock that its parent moves: time passes for it without being waited for. A
 * process of its own, to be killed.
 */
import { movableClock } from '../../simulator/web/server/movable-clock.ts';
import { createLog } from '../../src/world/log.ts';
import { startPager } from '../../src/app/start-pager.ts';
import { readConfig } from '../../src/config/config.ts';

const clock = movableClock();
clock.move(Number(process.env['CLOCK_AHEAD_MS']));
process.on('message', (ms: number) => clock.move(ms));

const read = readConfig(process.env);
if (!read.ok) throw new Error(read.problems.join('\n'));
const pager = await startPager(read.config, { clock, log: createLog('info') });
process.on('SIGTERM', () => void pager.stop().then(() => process.exit(0)));
