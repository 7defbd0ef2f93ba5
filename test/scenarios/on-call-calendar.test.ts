/** The calendar of a rotation, as a calendar program subscribes to it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { calendarLink } from '../../src/http/calendar-token.ts';
import { openDesk, type Desk } from './desk.ts';

describe('GET /v1/oncall/:rotation.ics', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk();
    await desk.until('people are known by name', async () => {
      const rows = await desk.pager.world.db
        .selectFrom('rotation_people')
        .select('name')
        .where('name', 'is not', null)
        .execute();
      return rows.length === 3;
    });
  });
  afterAll(async () => {
    await desk.close();
  });

  const linkOf = (rotation: string) =>
    calendarLink(`http://127.0.0.1:${desk.pager.port}`, desk.slack.botToken, rotation);
  const get = async (link: string) => {
    const response = await fetch(link);
    // RFC 5545 folds long lines.
    const text = (await response.text()).replace(/\r\n /g, '');
    return { status: response.status, type: response.headers.get('content-type'), text };
  };
  const events = (text: string) =>
    text
      .split('BEGIN:VEVENT')
      .slice(1)
      .map((event) => {
        const field = (name: string) =>
          new RegExp(`^${name}[^:]*:(.*)$`, 'm').exec(event)?.[1]?.trim();
        return `${field('DTSTART')} ${field('DTEND')} ${field('SUMMARY')}`;
      });

  it('shows shifts with names, two weeks back and 90 days ahead', async () => {
    const { status, type, text } = await get(linkOf('billing-primary'));
    expect([status, type]).toEqual([200, 'text/calendar; charset=utf-8']);
    expect(text.startsWith('BEGIN:VCALENDAR\r\nVERSION:2.0')).toBe(true);
    expect(text).toContain('NAME:On call: Billing (billing-primary)');
    expect(events(text).slice(0, 2)).toEqual([
      '20261109T000000Z 20261109T080000Z Alice Adler on call: Billing (billing-primary)',
      '20261109T080000Z 20261116T080000Z Bob Brandt on call: Billing (billing-primary)',
    ]);
    expect(events(text).at(-1)).toMatch(/^20270215T080000Z 20270221T000000Z /);
    expect(text).not.toContain('U0ALICE');
  });

  it('knows overrides', async () => {
    await desk.slack
      .user('mia')
      .types('/hitl override billing-primary @alice from fri 18:00 to sun 18:00', {
        channel: 'general',
      });
    await desk.note('mia', 'is on call for');
    const { text } = await get(linkOf('billing-primary'));
    expect(events(text)).toContain(
      '20261127T170000Z 20261129T170000Z Alice Adler on call: Billing (billing-primary)',
    );
    expect(text).toContain('Changed by hand.');
  });

  it('is for its own link only', async () => {
    const other = new URL(linkOf('support-primary')).searchParams.get('token') ?? '';
    const swapped = new URL(linkOf('billing-primary'));
    swapped.searchParams.set('token', other);
    const bare = new URL(linkOf('billing-primary'));
    bare.search = '';
    const answers = await Promise.all(
      [swapped.href, bare.href, `${bare.href}?token=`, linkOf('billing-primary').slice(0, -1)].map(
        get,
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401]);
    expect(answers[0]?.text).toContain('hitl oncall link ROTATION');
    expect(JSON.stringify(desk.logs)).not.toContain(other);
    expect((await get(linkOf('gone'))).status).toBe(404);
    expect((await get(bare.href.replace('billing-primary', 'gone'))).status).toBe(401);
  });
});
