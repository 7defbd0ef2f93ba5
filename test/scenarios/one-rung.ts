/** The shipped policy, its first rung being the only one of billing and support: the item ends when that is over. */
import { readFileSync } from 'node:fs';

/** The shipped policy with other rungs for billing. */
export const withRungs = (rungs: string): string =>
  readFileSync('policies/default.yaml', 'utf8').replace(
    /(\n  billing-desk:\n    rungs:\n)[\s\S]*?(    at_the_end)/,
    (_all, before: string, after: string) => `${before}${rungs}${after}`,
  );

export const ONE_RUNG = withRungs(
  '      - { level: 1, notify: [channel], decide_within: 30m, remind_at: [80%] }\n',
).replace('ladder: support-desk', 'ladder: billing-desk');
