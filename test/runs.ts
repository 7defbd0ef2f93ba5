/** How many cases a property is tried with. */

/** With HITL_TESTS_FULL=1 all of them; else a quarter, for a run that somebody waits for. */
export const runs = (full: number): number =>
  process.env['HITL_TESTS_FULL'] ? full : Math.max(3, Math.ceil(full / 4));
