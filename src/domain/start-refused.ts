/** Why the process cannot start, for the operator's eyes as it is: no fault of the program. */

/** `problems`: a line each, with what to do. */
export class StartRefused extends Error {
  readonly problems: string[];
  constructor(problems: string[], options?: ErrorOptions) {
    super(problems.join('\n'), options);
    this.problems = problems;
  }
}
