// The workspace of the demo and of most tests: seven people, six channels, six user groups.
export interface Seed {
  users: SeedUser[];
  channels: SeedChannel[];
  usergroups: SeedUsergroup[];
}

export interface SeedUser {
  id: string;
  name: string;
  real_name?: string;
  email?: string;
  tz?: string;
  team_id?: string;
  is_bot?: boolean;
  is_restricted?: boolean;
  is_ultra_restricted?: boolean;
  deleted?: boolean;
}

export interface SeedChannel {
  id: string;
  name: string;
  members?: string[];
  bot_is_member?: boolean;
  is_archived?: boolean;
  is_private?: boolean;
}

export interface SeedUsergroup {
  id: string;
  handle: string;
  name?: string;
  users: string[];
}

export const demoWorkspace: Seed = {
  users: [
    { id: 'U0ALICE', name: 'alice', real_name: 'Alice Adler', tz: 'Europe/Berlin' },
    { id: 'U0BOB', name: 'bob', real_name: 'Bob Brandt', tz: 'Europe/Berlin' },
    { id: 'U0CAROL', name: 'carol', real_name: 'Carol Costa', tz: 'Europe/Lisbon' },
    { id: 'U0DAVE', name: 'dave', real_name: 'Dave Dunn', tz: 'America/New_York' },
    { id: 'U0ERIN', name: 'erin', real_name: 'Erin Egan', tz: 'Europe/Dublin' },
    { id: 'U0BOSS', name: 'mia', real_name: 'Mia Meyer', tz: 'Europe/Berlin' },
    { id: 'U0OSCAR', name: 'oscar', real_name: 'Oscar Olsen', tz: 'Europe/Oslo' },
  ],
  channels: [
    {
      id: 'C0BILLING',
      name: 'billing-experts',
      members: ['U0ALICE', 'U0BOB', 'U0BOSS', 'U0OSCAR'],
    },
    {
      id: 'C0SUPPORT',
      name: 'support-experts',
      members: ['U0CAROL', 'U0ALICE', 'U0BOSS', 'U0OSCAR'],
    },
    { id: 'C0DATA', name: 'data-ops', members: ['U0DAVE'] },
    { id: 'C0COMPL', name: 'compliance', members: ['U0ERIN', 'U0BOSS'] },
    { id: 'C0OPS', name: 'pager-ops', members: ['U0DAVE', 'U0BOSS'] },
    {
      id: 'C0GENERAL',
      name: 'general',
      members: ['U0ALICE', 'U0BOB', 'U0CAROL', 'U0DAVE', 'U0ERIN', 'U0BOSS', 'U0OSCAR'],
    },
  ],
  usergroups: [
    { id: 'S0BILLING', handle: 'billing-experts', users: ['U0ALICE', 'U0BOB'] },
    { id: 'S0SUPPORT', handle: 'support-experts', users: ['U0CAROL', 'U0ALICE'] },
    { id: 'S0DATA', handle: 'data-ops', users: ['U0DAVE'] },
    { id: 'S0COMPL', handle: 'compliance', users: ['U0ERIN'] },
    { id: 'S0ONCALL', handle: 'billing-oncall', users: ['U0ALICE'] },
    { id: 'S0MANAGERS', handle: 'managers', users: ['U0BOSS'] },
  ],
};
