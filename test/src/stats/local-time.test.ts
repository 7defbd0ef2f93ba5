import { describe, expect, it } from 'vitest';
import { dayBegins, dayEdges, hourIn } from '../../../src/stats/questions/local-time.ts';

const at = (time: string) => Date.parse(time);

describe('days and hours of figures', () => {
  it('begin at midnight on the wall, also where a day has 25 hours', () => {
    const edges = dayEdges(at('2026-10-24T12:00:00Z'), at('2026-10-26T12:00:00Z'), 'Europe/Berlin');
    expect(edges.map((edge) => new Date(edge).toISOString())).toEqual([
      '2026-10-23T22:00:00.000Z',
      '2026-10-24T22:00:00.000Z',
      '2026-10-25T23:00:00.000Z',
    ]);
  });

  it('are as many as a line can show, however long the time', () => {
    for (const days of [1, 92, 93, 365, 1098]) {
      const from = at('2025-01-01T00:00:00Z');
      const edges = dayEdges(from, from + days * 86_400_000, 'UTC');
      expect(edges[0]).toBe(from);
      expect(edges.length).toBeLessThanOrEqual(93);
    }
  });

  it('are told in the zone, by the quarter of an hour', () => {
    const hour = hourIn('Asia/Kathmandu');
    expect(hour(at('2026-11-23T09:14:59Z'))).toBe(14);
    expect(hour(at('2026-11-23T09:15:00Z'))).toBe(15);
  });
});

it('a day begins at its own midnight, or where its clocks skip that, right after', () => {
  const begins = (date: string, zone: string) => new Date(dayBegins(date, zone)).toISOString();
  expect(begins('2026-11-01', 'Europe/Berlin')).toBe('2026-10-31T23:00:00.000Z');
  expect(begins('2026-07-01', 'America/New_York')).toBe('2026-07-01T04:00:00.000Z');
  expect(begins('2018-11-04', 'America/Sao_Paulo')).toBe('2018-11-04T03:00:00.000Z');
});
