/** The shipped policy, its first rung being the only one of billing and support: the item ends when that is over. */
import { readFileSync } from 'node:fs';
import { edited } from '../edited.ts';

/** The shipped policy with other rungs for billing. */
export const withRungs = (rungs: string): string =>
  edited(readFileSync('policies/default.yaml', 'utf8'), [
    /(?<=\n {2}billing-desk:\n {4}rungs:\n)[\s\S]*?(?= {4}at_the_end)/,
    rungs,
  ]);

export const ONE_RUNG = edited(
  withRungs('      - { level: 1, notify: [channel], decide_within: 30m, remind_at: [80%] }\n'),
  ['ladder: support-desk', 'ladder: billing-desk'],
);
