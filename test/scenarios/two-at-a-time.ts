/** The policy of the stories about a domain's `open_limit`. */
import { withRungs } from './one-rung.ts';
import { edited } from '../edited.ts';

/** Bob is on call for billing, whose channel shows two cards at a time. */
export const TWO_AT_A_TIME = edited(
  withRungs(`      - { level: 1, notify: ["oncall:billing-primary"], claim_within: 20m, decide_within: 1h, remind_at: [50%] }
      - { level: 2, notify: ["group:billing-experts", channel], decide_within: 4h }
`),
  ['    ladder: billing-desk\n', '    ladder: billing-desk\n    open_limit: 2\n'],
);
