/** Who is on call, and when they are left alone, as rows. JSON as text, times as epoch ms. */

export interface OverridesTable {
  id: string;
  rotation: string;
  slack_user: string;
  starts_at: number;
  ends_at: number;
  made_by: string;
  made_at: number;
  cancelled_by: string | null;
  cancelled_at: number | null;
}

export interface RotationStatesTable {
  rotation: string;
  users_json: string;
  at: number;
}

export interface UsergroupStatesTable {
  usergroup: string;
  users_json: string;
  at: number;
}

export interface RotationPeopleTable {
  slack_user: string;
  name: string | null;
  gone: 0 | 1;
  asked_at: number;
}

export interface QuietHoursTable {
  slack_user: string;
  timezone: string;
  /** Minutes since midnight. */
  from_minute: number;
  to_minute: number;
  break_impact: number | null;
  set_at: number;
}
