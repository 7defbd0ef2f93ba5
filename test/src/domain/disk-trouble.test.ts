import { describe, expect, it } from 'vitest';
import {
  DISK_TROUBLES,
  diskReason,
  diskSentence,
  diskTrouble,
  mayPass,
} from '../../../src/domain/disk-trouble.ts';
import { rootWords } from '../../../src/domain/error-chain.ts';

const coded = (code: string, more: object = {}) =>
  Object.assign(new Error(`it says ${code}`), { code, ...more });

describe('what an error says of the disk', () => {
  it.each([
    ['SQLITE_FULL', 'full'],
    ['ENOSPC', 'full'],
    ['EDQUOT', 'full'],
    ['SQLITE_READONLY', 'readonly'],
    ['SQLITE_READONLY_DIRECTORY', 'readonly'],
    ['EROFS', 'readonly'],
    ['SQLITE_CANTOPEN', 'denied'],
    ['SQLITE_CANTOPEN_ISDIR', 'denied'],
    ['SQLITE_PERM', 'denied'],
    ['EACCES', 'denied'],
    ['EPERM', 'denied'],
    ['SQLITE_CORRUPT', 'damaged'],
    ['SQLITE_CORRUPT_INDEX', 'damaged'],
    ['SQLITE_NOTADB', 'damaged'],
    ['SQLITE_IOERR_WRITE', 'failing'],
    ['SQLITE_IOERR_SHMSIZE', 'failing'],
    ['EIO', 'failing'],
    ['EFBIG', 'failing'],
    ['SQLITE_BUSY', 'locked'],
    ['SQLITE_BUSY_SNAPSHOT', 'locked'],
    ['SQLITE_CONSTRAINT', null],
    ['SQLITE_ERROR', null],
    ['ECONNREFUSED', null],
  ] as const)('%s: %s', (code, trouble) => {
    expect(diskTrouble(coded(code))).toBe(trouble);
    expect(diskTrouble(new Error('a step failed', { cause: coded(code) }))).toBe(trouble);
    expect(diskTrouble(new AggregateError([new Error('one'), coded(code)]))).toBe(trouble);
  });

  it('is nothing where the network says it, and where nobody says anything', () => {
    expect(diskTrouble(coded('EACCES', { syscall: 'listen' }))).toBe(null);
    expect(diskTrouble(coded('EACCES', { syscall: 'open' }))).toBe('denied');
    for (const one of [undefined, null, 'ENOSPC', new Error('ENOSPC')])
      expect(diskTrouble(one)).toBe(null);
  });

  it('ends though causes go round in a circle, and the innermost has the last word', () => {
    const error = new Error('round');
    error.cause = error;
    expect(diskTrouble(error)).toBe(null);
    expect(rootWords(new Error('outer', { cause: new Error('inner') }))).toBe('inner');
  });

  it.each(DISK_TROUBLES)(
    '%s is one sentence that names HITL_DATA_DIR and says what to do',
    (one) => {
      const words = diskSentence(one, '/var/lib/hitl');
      expect(words).toMatch(/HITL_DATA_DIR \(\/var\/lib\/hitl\).*: \S/);
      expect(words).not.toMatch(/\n|SQLITE/);
      expect(diskReason(one)).toMatch(/^the pager/);
      expect(mayPass(one)).toBe(one !== 'damaged');
    },
  );
});
