import { describe, expect, test } from 'vitest';
import { readOverride } from '../../policies/schedule/read-override.ts';

/** A Friday, 11:00 in Berlin. */
const NOW = Date.parse('2026-11-20T10:00:00Z');
const read = (text: string, timezone = 'Europe/Berlin', now = NOW) =>
  readOverride(text, { now, timezone });
const utc = (time: number) => new Date(time).toISOString().slice(0, 16);

describe('what people type', () => {
  test.each([
    ['billing <@U0BOB|bob> for 4h', 'billing U0BOB 2026-11-20T10:00 2026-11-20T14:00'],
    ['billing <@U0BOB> for 4 hours', 'billing U0BOB 2026-11-20T10:00 2026-11-20T14:00'],
    ['  data ops   me  for 30 min ', 'data ops me 2026-11-20T10:00 2026-11-20T10:30'],
    ['billing-primary ME for 2d', 'billing-primary me 2026-11-20T10:00 2026-11-22T10:00'],
    ['billing me until 18:00', 'billing me 2026-11-20T10:00 2026-11-20T17:00'],
    ['billing me until 9:00', 'billing me 2026-11-20T10:00 2026-11-21T08:00'],
    ['billing me from fri 18:00 to mon 9:00', 'billing me 2026-11-20T17:00 2026-11-23T08:00'],
    ['billing me from friday 6pm to monday 9am', 'billing me 2026-11-20T17:00 2026-11-23T08:00'],
    ['billing me from fri 10:00 to fri 12:00', 'billing me 2026-11-27T09:00 2026-11-27T11:00'],
    ['billing me from tomorrow 9:00 for 8h', 'billing me 2026-11-21T08:00 2026-11-21T16:00'],
    ['billing me from tomorrow at 9 until 17', 'billing me 2026-11-21T08:00 2026-11-21T16:00'],
    ['billing me from 2026-12-24 to 2026-12-27', 'billing me 2026-12-23T23:00 2026-12-26T23:00'],
    [
      'billing me from 2026-12-24T08:00 to 2026-12-24 20:00',
      'billing me 2026-12-24T07:00 2026-12-24T19:00',
    ],
    ['billing me from today 9:00 to today 18:00', 'billing me 2026-11-20T10:00 2026-11-20T17:00'],
    ['billing me from now to 12:00', 'billing me 2026-11-20T10:00 2026-11-20T11:00'],
  ])('%s', (text, expected) => {
    const found = read(text);
    if (!found.ok) throw new Error(found.problem);
    expect(
      `${found.named} ${found.who ?? 'me'} ${utc(found.starts_at)} ${utc(found.ends_at)}`,
    ).toBe(expected);
  });

  test('times are of the zone of whoever types', () => {
    expect(read('billing me until 18:00', 'America/New_York')).toMatchObject({
      ends_at: Date.parse('2026-11-20T23:00:00Z'),
    });
    expect(read('billing me until 18:00', 'Asia/Kathmandu')).toMatchObject({
      ends_at: Date.parse('2026-11-20T12:15:00Z'),
    });
  });

  test('a time that the clocks leave out is the first instant after', () => {
    const march = Date.parse('2026-03-28T12:00:00Z');
    expect(read('billing me from sun 2:30 for 1h', 'Europe/Berlin', march)).toMatchObject({
      starts_at: Date.parse('2026-03-29T01:00:00Z'),
    });
  });
});

describe('what makes no sense is told, with what would', () => {
  test.each([
    ['', 'Whose shift, who takes it, and how long?'],
    ['billing', 'Whose shift, who takes it, and how long?'],
    ['billing for 4h', 'Whose shift, who takes it, and how long?'],
    ['billing @bob for 4h', 'I do not know @bob: pick the person from the list'],
    ['billing me', 'For how long?'],
    ['billing me 4h', 'I cannot read the times “4h”'],
    ['billing me for ever', '“ever” is no length of time'],
    ['billing me for 0h', '“0h” is no length of time'],
    ['billing me for -4h', '“-4h” is no length of time'],
    ['billing me from noon to 14:00', '“noon” is no time that I know'],
    ['billing me from 25:00 to 26:00', '“25:00” is no time that I know'],
    ['billing me from 13pm to 2pm', '“13pm” is no time that I know'],
    ['billing me from 2026-11-31 to 2026-12-02', '“2026-11-31” is no time that I know'],
    ['billing me from 2026-11-23 to 2026-11-22', 'That ends before it begins'],
    ['billing me from 2026-11-01 to 2026-11-02', 'That is over already'],
    ['billing me from today 14:00 to today 14:00', 'There is no time between those two'],
    ['billing me from 2027-03-28 02:15 to 2027-03-28 02:45', 'There is no time between those two'],
    ['billing me for 14w', 'That is longer than 92 days'],
    ['billing me for 99999w', 'That is longer than 92 days'],
    ['billing me from 2028-01-01 to 2028-01-02', 'That begins more than a year from now'],
    ['billing <@U0BOB> for `<!channel>`', '“!channel” is no length of time'],
  ])('%s', (text, begins) => {
    const found = read(text);
    expect(found).toMatchObject({ ok: false });
    if (!found.ok) expect(found.problem.slice(0, begins.length)).toBe(begins);
  });
});
