/** What `hitl doctor` found of one thing. Shaping only. */

export interface Finding {
  /** What was looked at: `token`, `channel C0BILLING`. */
  check: string;
  /** null: it could not be looked at. */
  good: boolean | null;
  /** One line: how it is, or what to do. Never a token. */
  says: string;
}

const TOKENS = /xox[a-z]-[^\s"']+|xapp-[^\s"']+|(?<=:\/\/)[^\s/@]+(?=@)/g;

const finding =
  (good: boolean | null) =>
  (check: string, says: string): Finding => ({
    check,
    good,
    says: says.replace(TOKENS, '…').replace(/\s+/g, ' ').slice(0, 500),
  });

export const good = finding(true);
/** To mend; says what to do. */
export const bad = finding(false);
/** Not looked at; says why. */
export const unknown = finding(null);
