/**
 * The data folder is for this user alone: 0700, and its files 0600, whatever the umask. What an earlier version or an
 * operator left looser is tightened, as far as it is surely the pager's: a folder that holds other things (`/`, `/tmp`, a
 * home) is reported and left as it is.
 */
import { chmod, lstat, mkdir, readdir, realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { codeOf, rootWords } from '../domain/error-chain.ts';
import { diskTrouble } from '../domain/disk-trouble.ts';
import { StartRefused } from '../domain/start-refused.ts';
import { PRIVATE_FILE } from './private-file.ts';

const PRIVATE_FOLDER = 0o700;
/** Group and others. */
const OTHERS = 0o077;
const STICKY = 0o1000;

/** Files that the pager makes, and SQLite beside them. */
const OWN_FILE = /^(?:hitl\.(?:db|lock|process\.json|reload\.json)|queue\.db)/;
/** In a folder of the pager's alone, other databases are backups of its own. */
const BACKUP = /\.db(?:-wal|-shm|-journal)?$/;
/** Where version 0.1 kept its queue: a start removes it. */
const OLD_QUEUE = 'queue';

interface Entry {
  path: string;
  isFolder: boolean;
  mode: number;
  uid: number;
}

export interface DataFolder {
  /** What was tightened, by path. */
  tightened: string[];
  /** What others may still read or enter, a line each that says what to do. Empty: all is right. */
  loose: string[];
}

/** Makes the folder where it is not there, and tightens what is the pager's. Throws where it cannot be made. */
export async function openDataFolder(folder: string): Promise<DataFolder> {
  const path = resolve(folder);
  const made = await makeFolder(path);
  if (made !== undefined) await chmod(path, PRIVATE_FOLDER);
  const found = await looseIn(path);
  const tightened: string[] = [];
  for (const one of found.own) {
    const done = await chmod(one.path, one.isFolder ? PRIVATE_FOLDER : PRIVATE_FILE).then(
      () => true,
      () => false,
    );
    if (done) tightened.push(one.path);
  }
  return { tightened, loose: await looseModes(path) };
}

/** Returns the first folder that had to be made, if any. Throws StartRefused where a file is in the way. */
async function makeFolder(path: string): Promise<string | undefined> {
  try {
    return await mkdir(path, { recursive: true, mode: PRIVATE_FOLDER });
  } catch (cause) {
    if (diskTrouble(cause) !== null) throw cause;
    const why = NO_FOLDER[codeOf(cause) ?? ''] ?? `can't be made (${rootWords(cause)})`;
    throw new StartRefused([`HITL_DATA_DIR (${path}) ${why}: name a folder of this user's`], {
      cause,
    });
  }
}

const NO_FOLDER: Record<string, string> = {
  EEXIST: 'is a file, not a folder',
  ENOTDIR: 'lies below something that is a file',
  ENOENT: 'is a link to nothing',
  ELOOP: 'is a link that leads to itself',
  ENAMETOOLONG: 'has a name that is too long',
};

/** What is looser than it should be, a line each. Changes nothing. A folder that is not there is not loose. */
export async function looseModes(folder: string): Promise<string[]> {
  const path = resolve(folder);
  const { own, foreign } = await looseIn(path);
  const lines = own.map(
    (one) =>
      `${one.path} is open to others (${octal(one.mode)}): \`chmod ${one.isFolder ? '700' : '600'} ${one.path}\``,
  );
  if (foreign !== null)
    lines.unshift(
      `${foreign.path} is open to others (${octal(foreign.mode)}) and holds more than the pager's data: set HITL_DATA_DIR to a folder of its own`,
    );
  return lines;
}

const octal = (mode: number): string => (mode & 0o777).toString(8).padStart(4, '0');

/** What others may read: of the pager's own, and the folder itself where it is somebody else's too. */
async function looseIn(path: string): Promise<{ own: Entry[]; foreign: Entry | null }> {
  // Windows has no such modes.
  if (process.platform === 'win32') return { own: [], foreign: null };
  // The folder may be named by a link.
  const folder = await realpath(path).then(entryAt, () => null);
  if (folder === null || !folder.isFolder) return { own: [], foreign: null };
  const names = await readdir(folder.path);
  const ours = await isOurs(folder, names);
  const own: Entry[] = [];
  for (const name of names) {
    if (!OWN_FILE.test(name) && !(ours && BACKUP.test(name))) continue;
    const entry = await entryAt(join(folder.path, name));
    if (entry !== null && !entry.isFolder && isLoose(entry)) own.push(entry);
  }
  if (!isLoose(folder)) return { own, foreign: null };
  return ours ? { own: [folder, ...own], foreign: null } : { own, foreign: folder };
}

const isLoose = (entry: Entry): boolean => (entry.mode & OTHERS) !== 0;

/** Whether the folder is the pager's alone: this user's, and with nothing in it but files, as a data folder has them. */
async function isOurs(folder: Entry, names: readonly string[]): Promise<boolean> {
  const isShared = (folder.mode & STICKY) !== 0;
  const isPlace = folder.path === dirname(folder.path) || folder.path === resolve(homedir());
  if (isShared || isPlace || folder.uid !== process.getuid?.()) return false;
  if (names.length === 0) return true;
  if (!names.includes('hitl.db') && !names.includes('hitl.lock')) return false;
  for (const name of names) {
    if (name === OLD_QUEUE) continue;
    const entry = await entryAt(join(folder.path, name));
    if (name.startsWith('.') || entry === null || entry.isFolder || entry.uid !== folder.uid)
      return false;
  }
  return true;
}

/** A file or a folder; null for what is neither (a link leads elsewhere, and is left alone), and for what is gone. */
async function entryAt(path: string): Promise<Entry | null> {
  try {
    const found = await lstat(path);
    if (!found.isFile() && !found.isDirectory()) return null;
    return { path, isFolder: found.isDirectory(), mode: found.mode, uid: found.uid };
  } catch {
    return null;
  }
}
