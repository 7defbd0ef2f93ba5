/** A rung's row as the ladder's arithmetic takes it. */
import type { StandingRung } from '../../policies/schedule/ladder.ts';
import type { NotifyRef } from '../../policies/policy.ts';
import type { RungRow } from '../store/rungs.ts';

/** What was written here was a rung of a policy. */
export const standingRung = (row: RungRow): StandingRung => ({
  number: row.number,
  level: row.level,
  notify: JSON.parse(row.notify_json) as NotifyRef[],
  claim_within: row.claim_within,
  decide_within: row.decide_within,
  remind_at: JSON.parse(row.remind_json) as number[],
  state: row.state,
  claim_by: row.claim_by,
  decide_by: row.decide_by,
});
