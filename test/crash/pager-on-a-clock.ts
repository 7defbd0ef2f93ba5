/**
 * The built product as `hitl start` starts it, on a clock that its parent moves: time passes for it without being
 * waited for. A process of its own, to be killed.
 */
import pino from 'pino';
import { movableClock } from '../../simulator/slack/clock.ts';

const built = (file: string): string => new URL(`../../dist/src/${file}.js`, import.meta.url).href;
const { readConfig } = (await import(
  built('config/config')
)) as typeof import('../../src/config/config.ts');
const { startPager } = (await import(
  built('app/start-pager')
)) as typeof import('../../src/app/start-pager.ts');

const clock = movableClock();
clock.move(Number(process.env['CLOCK_AHEAD_MS']));
process.on('message', (ms: number) => clock.move(ms));

const read = readConfig(process.env);
if (!read.ok) throw new Error(read.problems.join('\n'));
const pager = await startPager(read.config, { clock, log: pino({ base: undefined }) });
process.on('SIGTERM', () => void pager.stop().then(() => process.exit(0)));
