import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock, type Clock } from '../../src/domain/clock.ts';
import { BOT_SCOPES } from '../../src/slack/scopes.ts';
import { openVisit, toMend, type Visit } from '../src/cli/doctor-visit.ts';
import { hitl } from '../src/cli/terminal.ts';

let visit: Visit;
beforeEach(async () => {
  visit = await openVisit();
});
afterEach(() => visit.close());

const ago = (ms: number): Clock => ({ ...systemClock, now: () => Date.now() - ms });

describe('hitl doctor, where all is well', () => {
  it('says so of each thing, asks Slack for no change, and makes nothing', async () => {
    const said = await visit.doctor();
    expect(toMend(said)).toEqual([]);
    expect(said.code).toBe(0);
    for (const line of [
      'good  token: @pager in Simulated (T0SIMULATED)',
      `good  scopes: all ${Object.keys(BOT_SCOPES).length} of manifest.yml are granted`,
      'good  app token: Socket Mode opens',
      'good  channel C0BILLING: #billing-experts (domain billing)',
      'good  user group S0BILLING: @billing-experts (group billing-experts), 2 in it',
      'good  user U0BOSS: @mia (managers)',
      'good  database: not there yet; the first start makes it',
    ])
      expect(said.out).toContain(line);
    // Slack's clock is told in whole seconds, and this machine may be busy.
    expect(said.out).toMatch(/^good {2}clock: within \d+ s of Slack's$/m);
    expect(said.out).toMatch(/^good {2}queue: built in, at .*queue\.db \(REDIS_URL is not set\)$/m);
    expect(said.out).toMatch(/\n\d+ passed, 0 failed$/);
    const reads =
      /^(auth\.test|apps\.connections\.open|bots\.info|conversations\.info|usergroups\.list|users\.info)$/;
    expect(
      visit.slack.calls.map((call) => call.method).filter((name) => !reads.test(name)),
    ).toEqual([]);
    expect(visit.slack.problems).toEqual([]);
  });

  it('and with --json each finding is a record', async () => {
    const { code, json } = await hitl(['doctor', '--json'], { env: visit.env, clock: systemClock });
    expect(code).toBe(0);
    expect(json).toMatchObject({
      good: true,
      findings: expect.arrayContaining([
        { check: 'app token', good: true, says: 'Socket Mode opens' },
      ]),
    });
  });

  it('by HTTP, the signing secret takes the place of the app token', async () => {
    const more = { SLACK_APP_TOKEN: '', SLACK_SIGNING_SECRET: visit.slack.signingSecret };
    const said = await visit.doctor(more);
    expect(said.code).toBe(0);
    expect(said.out).toContain('good  signing secret: looks right');
    expect(visit.slack.calls.map((call) => call.method)).not.toContain('apps.connections.open');
  });

  it('the database is looked at where it is', async () => {
    await hitl(['migrate'], { env: visit.env });
    expect((await visit.doctor()).out).toMatch(/^good {2}database: .*hitl\.db is up to date$/m);
  });
});

describe('whatever is wrong, the rest is still looked at', () => {
  it('“buttons dead on self-host, no hint why” (oncall#3375, #5409): all that is wrong is said, with the remedy', async () => {
    visit.slack.workspace.channels.delete('C0OPS');
    visit.slack.setUsergroupUsers('S0DATA', []);
    const said = await visit.doctor({ HITL_DATA_DIR: 'package.json', LOG_LEVEL: 'loud' });
    expect(toMend(said).map((line) => line.split(':')[0])).toEqual([
      'FIX   environment',
      'FIX   channel C0OPS',
      'FIX   user group S0DATA',
      'FIX   data folder',
    ]);
  });

  it.each([
    [120_000, 'behind'],
    [-90_000, 'ahead of'],
  ])('a clock that is %i ms off', async (ms, words) => {
    const said = await visit.doctor({}, ago(ms));
    expect(toMend(said)).toEqual([
      expect.stringMatching(new RegExp(`^FIX {3}clock: \\d+ s ${words} Slack's: set it by NTP`)),
    ]);
  });

  it('a Slack that cannot be reached: everything else is still said', async () => {
    const said = await visit.doctor({ SLACK_API_URL: 'http://127.0.0.1:9/api/' });
    expect(toMend(said).map((line) => line.split(':')[0])).toEqual([
      'FIX   token',
      'FIX   app token',
    ]);
    expect(said.out).toContain('?  channels and people: the token must be mended first');
    expect(said.out).toMatch(/^good {2}data folder: /m);
  });

  it.each<[string, () => void, RegExp]>([
    [
      'an error of its own',
      () => visit.slack.faults.every('conversations.info', { error: 'internal_error' }),
      /channel C0OPS: .*Slack would not say \(no answer: internal_error\)/,
    ],
    [
      'a server that fails',
      () => visit.slack.faults.every('users.info', { status: 503 }),
      /user U0BOSS: .*Slack would not say \(no answer: HTTP 503\)/,
    ],
    [
      'a scope missing for the look itself',
      () => visit.slack.faults.every('usergroups.list', { error: 'missing_scope' }),
      /user group S0BILLING: .*a scope is missing to look: see scopes/,
    ],
  ])('a Slack that answers with %s: each look says so', async (_what, breaks, line) => {
    breaks();
    const said = await visit.doctor();
    expect(said.code).toBe(1);
    expect(said.out).toMatch(line);
    expect(said.out).toMatch(/^good {2}database: /m);
  });
});
