/** Waits before another try of something that hangs on Slack; not while the process stops. */
import { wait } from '../src/clock.ts';
import { backoff } from '../src/pace.ts';
import type { Desk } from './desk.ts';

/** @param attempt how many tries there were */
export async function waitUnlessStopping(desk: Desk, attempt: number): Promise<void> {
  const { stopping } = desk;
  if (stopping.aborted) return;
  let woken = () => {};
  const aborted = new Promise<void>((resolve) => {
    woken = resolve;
    stopping.addEventListener('abort', woken, { once: true });
  });
  await Promise.race([wait(desk.world.clock, backoff(attempt)), aborted]);
  stopping.removeEventListener('abort', woken);
}
