import { chmod, lstat, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { looseModes, openDataFolder } from '../../../src/store/data-folder.ts';
import { openQueueFile } from '../../../src/queue/sqlite/queue-file.ts';
import { migrate, openDatabase } from '../../../src/store/database.ts';
import { lockDataDir } from '../../../src/store/lock.ts';

let home: string;
let umask: number;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'hitl-modes-'));
  umask = process.umask();
});
afterEach(async () => {
  process.umask(umask);
  await rm(home, { recursive: true, force: true });
});

const modeOf = async (path: string): Promise<string> =>
  ((await lstat(path)).mode & 0o7777).toString(8);

describe('the data folder', () => {
  it.each([0o000, 0o022, 0o077, 0o277])(
    'is 0700 and its files 0600 with a umask of %i',
    async (mask) => {
      const folder = join(home, 'data');
      process.umask(mask);
      expect(await openDataFolder(folder)).toEqual({ tightened: [], loose: [] });
      const unlock = lockDataDir(join(folder, 'hitl.lock'));
      const db = openDatabase(join(folder, 'hitl.db'));
      await migrate(db);
      const queue = openQueueFile(join(folder, 'queue.db'));
      const names = await readdir(folder);
      expect(names).toEqual(
        expect.arrayContaining(['hitl.db', 'hitl.db-shm', 'hitl.db-wal', 'queue.db']),
      );
      expect(await modeOf(folder)).toBe('700');
      for (const name of names)
        expect([name, await modeOf(join(folder, name))]).toEqual([name, '600']);
      await queue.close();
      await db.destroy();
      unlock();
    },
  );

  it('that an earlier version left open is tightened, the embedded queue and backups with it', async () => {
    const folder = join(home, 'data');
    await mkdir(join(folder, 'queue'), { recursive: true });
    const files = ['hitl.db', 'hitl.db-wal', 'hitl.lock', 'copy.db', 'queue.db'];
    for (const file of files) await writeFile(join(folder, file), '');
    for (const file of files) await chmod(join(folder, file), 0o644);
    await chmod(folder, 0o755);
    expect(await looseModes(folder)).toHaveLength(6);

    const { tightened, loose } = await openDataFolder(folder);
    expect(tightened).toHaveLength(6);
    expect(loose).toEqual([]);
    expect(await modeOf(folder)).toBe('700');
    for (const file of files) expect(await modeOf(join(folder, file))).toBe('600');
  });

  it.each([
    { what: 'shared by all', mode: 0o1777, with: [] },
    { what: 'with a folder of somebody else', mode: 0o755, with: ['work/', 'app.db'] },
    { what: 'with hidden files, like a home', mode: 0o755, with: ['.profile'] },
    { what: 'with other files and no database', mode: 0o755, with: ['letter.txt'] },
  ])('$what is not ours: it stays as it is, and is reported', async (one) => {
    const folder = join(home, 'shared');
    await mkdir(folder);
    for (const name of one.with)
      await (name.endsWith('/') ? mkdir(join(folder, name)) : writeFile(join(folder, name), ''));
    if (!one.what.endsWith('database')) await writeFile(join(folder, 'hitl.db'), '');
    await chmod(folder, one.mode);
    const others = await Promise.all(one.with.map((name) => modeOf(join(folder, name))));

    const { loose } = await openDataFolder(folder);
    expect(loose).toEqual([expect.stringMatching(/shared is open to others .* HITL_DATA_DIR/)]);
    expect(await modeOf(folder)).toBe(one.mode.toString(8));
    expect(await Promise.all(one.with.map((name) => modeOf(join(folder, name))))).toEqual(others);
    if (!one.what.endsWith('database')) expect(await modeOf(join(folder, 'hitl.db'))).toBe('600');
  });

  it.each(['/', tmpdir()])('%s is never changed', async (folder) => {
    const before = await modeOf(folder);
    expect((await looseModes(folder))[0]).toContain('set HITL_DATA_DIR');
    await openDataFolder(folder);
    expect(await modeOf(folder)).toBe(before);
  });

  it('that a link names is tightened where it is', async () => {
    const folder = join(home, 'data');
    await mkdir(folder);
    await chmod(folder, 0o755);
    await symlink(folder, join(home, 'link'));
    await openDataFolder(join(home, 'link'));
    expect(await modeOf(folder)).toBe('700');
  });

  it('a link in it is not followed', async () => {
    const elsewhere = join(home, 'elsewhere.db');
    await writeFile(elsewhere, '');
    await chmod(elsewhere, 0o644);
    const folder = join(home, 'data');
    await mkdir(folder);
    await symlink(elsewhere, join(folder, 'hitl.db'));
    await openDataFolder(folder);
    expect(await modeOf(elsewhere)).toBe('644');
  });
});
