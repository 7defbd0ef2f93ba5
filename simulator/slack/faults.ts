// Faults on demand: what the next call, or every call, of a Web API method meets.

export type Fault =
  | { error: string }
  | { status: number }
  | { ratelimited: number }
  | { hang: true }
  | { slow_ms: number }
  /** It is applied, and no answer comes: the line is cut at once, or at `clear`. */
  | 'lost_answer'
  | 'held_answer';

export type Where = (args: Record<string, unknown>) => boolean;

interface Rule {
  method: string;
  fault: Fault;
  once: boolean;
  where: Where;
}

export interface Faults {
  /** The next call of `method` (`*` for any) that `where` holds for meets `fault`; several queue up. */
  next(method: string, fault: Fault, where?: Where): void;
  /** Every call of it does, until `clear`. */
  every(method: string, fault: Fault, where?: Where): void;
  /** Ends all faults; calls that hang are cut. */
  clear(): void;
  /** For the server: the fault this call meets, used up where it was for one call. */
  take(method: string, args: Record<string, unknown>): Fault | undefined;
  /** For the server: `cut` is called when hanging calls are to end. */
  whenCleared(cut: () => void): void;
}

export function createFaults(): Faults {
  let rules: Rule[] = [];
  let cuts: (() => void)[] = [];
  const always = () => true;
  return {
    next(method, fault, where = always) {
      rules.push({ method, fault, once: true, where });
    },
    every(method, fault, where = always) {
      rules.push({ method, fault, once: false, where });
    },
    clear() {
      rules = [];
      const hanging = cuts;
      cuts = [];
      for (const cut of hanging) cut();
    },
    take(method, args) {
      if (rules.length === 0) return undefined;
      const index = rules.findIndex(
        (rule) => (rule.method === method || rule.method === '*') && rule.where(args),
      );
      const rule = rules[index];
      if (rule?.once) rules.splice(index, 1);
      return rule?.fault;
    },
    whenCleared(cut) {
      cuts.push(cut);
    },
  };
}
