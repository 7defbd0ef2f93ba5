/** Whether the disk that HITL_DATA_DIR is on takes what is saved, as the last statement or look found it. */
import { diskTrouble, mayPass, type DiskTrouble } from '../domain/disk-trouble.ts';
import { rootWords } from '../domain/error-chain.ts';

/** What is wrong, and the error it was first known by, in its own words. */
export interface DiskFault {
  trouble: DiskTrouble;
  cause: string;
}

export interface DiskState {
  now(): DiskFault | null;
  /** Something failed: whether that was the disk's doing is found here. */
  met(error: unknown): void;
  /** A look found that it takes writes again. What is damaged stays so. */
  works(): void;
  /** Called each time that trouble begins (`fault`) and ends (null). */
  onChange(heard: (fault: DiskFault | null) => void): void;
  /** Resolves once there is no trouble, or when `over` aborts. */
  whenWell(over: AbortSignal): Promise<void>;
}

export function createDiskState(): DiskState {
  let fault: DiskFault | null = null;
  const heard = new Set<(fault: DiskFault | null) => void>();
  const change = (to: DiskFault | null) => {
    fault = to;
    for (const one of heard) one(to);
  };
  return {
    now: () => fault,
    met(error) {
      const trouble = diskTrouble(error);
      // The first is the cause; what follows may only be its consequence. Damage outlasts all else.
      if (trouble === null || (fault !== null && mayPass(trouble))) return;
      if (fault?.trouble !== trouble) change({ trouble, cause: rootWords(error) });
    },
    works() {
      if (fault !== null && mayPass(fault.trouble)) change(null);
    },
    onChange: (one) => void heard.add(one),
    whenWell: (over) =>
      new Promise((resolve) => {
        if (fault === null || over.aborted) return resolve();
        const end = (now: DiskFault | null) => {
          if (now !== null && !over.aborted) return;
          heard.delete(end);
          over.removeEventListener('abort', ended);
          resolve();
        };
        const ended = () => end(null);
        heard.add(end);
        over.addEventListener('abort', ended, { once: true });
      }),
  };
}
