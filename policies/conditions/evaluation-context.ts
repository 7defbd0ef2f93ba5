/** What a condition sees beside the item. Types only. */
import type { EpochMs } from '../../src/domain/clock.ts';

/** What an item's surroundings say to a condition. Rates are 0..1. */
export interface EvaluationContext {
  now: EpochMs;
  /** Share of this domain's decisions of the last 7 days that went against the AI. */
  override_rate: number;
  /** Open items in this domain. */
  queue_depth: number;
  /** By which rules with `sample` choose: a secret of the installation. No condition can read it. */
  sampling_key: string;
}
