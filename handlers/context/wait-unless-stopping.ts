/** Waits before another try of something that hangs on Slack; not while the process stops. */
import { wait } from '../../src/domain/clock.ts';
import { backoff } from '../../src/outbox/pace.ts';
import type { HandlerContext } from './handler-context.ts';

/** @param attempt how many tries there were */
export const waitUnlessStopping = (desk: HandlerContext, attempt: number): Promise<void> =>
  wait(desk.world.clock, backoff(attempt), desk.stopping);
