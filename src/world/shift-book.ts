/** Who is on call, as use cases may ask it. `src/on-call/on-call.ts` keeps it. */
import type { OnCall } from '../../policies/access/who-may.ts';
import type { OverrideRow } from '../store/overrides.ts';

export interface ShiftBook {
  /** Answers in no time for whoever is authorised; a rotation that the policy does not have has nobody. */
  onCall: OnCall;
  /** In force or to come, the earliest first. */
  overrides(): readonly OverrideRow[];
  /** People of rotations who are no longer in Slack: whoever's turn it is, they are not on call. */
  gone(): ReadonlySet<string>;
  /** Whether gaps may be others than when this was last asked: something changed, or a while has passed. */
  gapsMayDiffer(): boolean;
  /** Reads both again. */
  refresh(): Promise<void>;
}
