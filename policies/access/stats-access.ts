/** When somebody who sees only their own figures may see the team's totals. Pure. */

/** Fewer people than this would give a colleague's numbers away. */
export const FEWEST_FOR_TEAM = 5;

/** Whether the totals of all may be shown to someone who sees only their own: by how many people decided, then and now. */
export const teamShown = (people: number): boolean => people >= FEWEST_FOR_TEAM;
