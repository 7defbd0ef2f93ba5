/** Why the process cannot start, for the operator's eyes as it is: no fault of the program. */
/** `problems`: a line each, with what to do. */
export class StartRefused extends Error {
  readonly problems: string[];
  constructor(problems: string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}
