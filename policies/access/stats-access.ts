/** Who may see whose figures. Pure. */

/** Fewer people than this would give a colleague's numbers away. */
export const FEWEST_FOR_TEAM = 5;

export type StatsAccess = 'all' | 'own' | 'none';

/** A manager sees everybody's; who decides, their own (and the team's totals, see `teamShown`); others none. */
export const statsAccess = (who: { manager: boolean; decider: boolean }): StatsAccess =>
  who.manager ? 'all' : who.decider ? 'own' : 'none';

/** Whether the totals of all may be shown to someone who sees only their own: by how many people decided, then and now. */
export const teamShown = (people: number): boolean => people >= FEWEST_FOR_TEAM;
