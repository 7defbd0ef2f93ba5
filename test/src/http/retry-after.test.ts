import { describe, expect, it } from 'vitest';
import { retryAfterMs } from '../../../src/http/retry-after.ts';

const NOW = Date.parse('2026-11-23T09:00:00Z');

describe('Retry-After', () => {
  it.each<[header: string | undefined, ms: number | null]>([
    ['0', 0],
    ['1', 1000],
    [' 120 ', 120_000],
    ['3600', 3_600_000],
    ['3601', 3_600_000],
    ['999999999999999', 3_600_000],
    ['Mon, 23 Nov 2026 09:05:00 GMT', 300_000],
    ['Monday, 23-Nov-26 09:05:00 GMT', 300_000],
    ['Mon Nov 23 09:05:00 2026 GMT', 300_000],
    ['Mon, 23 Nov 2026 08:00:00 GMT', 0],
    ['Tue, 24 Nov 2026 09:00:00 GMT', 3_600_000],
    [undefined, null],
    ['', null],
    ['-5', null],
    ['1.5', null],
    ['soon', null],
    ['Mon, 99 Xxx 2026', null],
    ['2026', 2_026_000],
    ['9'.repeat(400), null],
  ])('%s', (header, ms) => {
    expect(retryAfterMs(header, NOW)).toBe(ms);
  });
});
