/**
 * What is wrong with the disk that HITL_DATA_DIR is on, read from an error of SQLite or of the file system; and what that
 * means, in one sentence each for the operator, for a producer and for a person in Slack. Pure.
 */
import { codeOf, errorChain } from './error-chain.ts';

export const DISK_TROUBLES = [
  'full',
  'readonly',
  'denied',
  'damaged',
  'failing',
  'locked',
] as const;
export type DiskTrouble = (typeof DISK_TROUBLES)[number];

/** By the code, or the beginning of one; the first that fits. */
const CODES: readonly (readonly [RegExp, DiskTrouble])[] = [
  [/^(?:SQLITE_FULL|ENOSPC|EDQUOT)$/, 'full'],
  [/^(?:SQLITE_READONLY\w*|EROFS)$/, 'readonly'],
  [/^(?:SQLITE_CANTOPEN\w*|SQLITE_PERM|EACCES|EPERM)$/, 'denied'],
  [/^(?:SQLITE_CORRUPT\w*|SQLITE_NOTADB)$/, 'damaged'],
  [/^(?:SQLITE_IOERR\w*|EIO|EFBIG)$/, 'failing'],
  [/^(?:SQLITE_BUSY\w*|SQLITE_LOCKED\w*)$/, 'locked'],
];

/** Where those names come from the network, they say nothing of a disk. */
const OF_THE_NETWORK = new Set(['connect', 'listen', 'bind', 'getaddrinfo', 'spawn']);

/** What the error, or any of its causes, says of the disk; null where it is about something else. */
export function diskTrouble(error: unknown): DiskTrouble | null {
  for (const one of errorChain(error)) {
    const code = codeOf(one);
    if (code === undefined || OF_THE_NETWORK.has(syscallOf(one))) continue;
    for (const [named, trouble] of CODES) if (named.test(code)) return trouble;
  }
  return null;
}

const syscallOf = (error: unknown): string =>
  error instanceof Error && 'syscall' in error && typeof error.syscall === 'string'
    ? error.syscall
    : '';

/** For the operator: what is wrong in HITL_DATA_DIR, and what to do. `folder`: where that is. */
export function diskSentence(trouble: DiskTrouble, folder: string): string {
  const where = `HITL_DATA_DIR (${folder})`;
  switch (trouble) {
    case 'full':
      return `the disk that ${where} is on is full: make room there, or raise its quota`;
    case 'readonly':
      return `${where} can only be read: mount its disk for writing, or make its files writable`;
    case 'denied':
      return `${where} or a file in it can't be opened: give it to the user that runs the pager (chown -R USER ${folder}), or name another folder`;
    case 'damaged':
      return `a database in ${where} is damaged or is no database: stop the pager, put a backup in its place, and start it`;
    case 'failing':
      return `the disk that ${where} is on fails to read or write: check the disk and the limits on it (dmesg, ulimit -f, quota)`;
    case 'locked':
      return `another process holds a database in ${where} locked: end it (a backup, sqlite3, another hitl)`;
    default:
      return trouble satisfies never;
  }
}

/** Why nothing can be saved, for those who do not run the pager: half a sentence. */
export function diskReason(trouble: DiskTrouble): string {
  switch (trouble) {
    case 'full':
      return 'the pager’s disk is full';
    case 'readonly':
      return 'the pager’s disk can only be read';
    case 'denied':
      return 'the pager may not open its files';
    case 'damaged':
      return 'the pager’s database is damaged';
    case 'failing':
      return 'the pager’s disk fails';
    case 'locked':
      return 'the pager’s database is locked by another process';
    default:
      return trouble satisfies never;
  }
}

/** Whether it may pass while the process runs: what is damaged stays so. */
export const mayPass = (trouble: DiskTrouble): boolean => trouble !== 'damaged';
