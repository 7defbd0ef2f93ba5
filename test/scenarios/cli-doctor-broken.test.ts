import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openVisit, SECRET, toMend, type Visit } from '../src/cli/doctor-visit.ts';
import { edited } from '../edited.ts';

let visit: Visit;
beforeEach(async () => {
  visit = await openVisit();
});
afterEach(() => visit.close());

describe('each thing that is broken has its line, and the others are still looked at', () => {
  const policyWith = (change: (yaml: string) => string): string => {
    const file = join(visit.folder, 'policy.yaml');
    writeFileSync(file, change(readFileSync('policies/default.yaml', 'utf8')));
    return file;
  };
  const dataFolder = (): string => {
    mkdirSync(join(visit.folder, 'broken'), { recursive: true, mode: 0o700 });
    writeFileSync(
      join(visit.folder, 'broken', 'hitl.db'),
      'this is no database at all. '.repeat(50),
      { mode: 0o600 },
    );
    return join(visit.folder, 'broken');
  };

  it.each<[string, () => Record<string, string> | void, RegExp]>([
    [
      'no bot token',
      () => ({ SLACK_BOT_TOKEN: '' }),
      /^FIX {3}environment: SLACK_BOT_TOKEN: not set/,
    ],
    [
      'a bot token of nobody',
      () => ({ SLACK_BOT_TOKEN: 'xoxb-of-nobody' }),
      /^FIX {3}token: Slack refuses SLACK_BOT_TOKEN \(invalid_auth\): copy it again/,
    ],
    [
      'no app token and no signing secret',
      () => ({ SLACK_APP_TOKEN: '' }),
      /^FIX {3}environment: SLACK_APP_TOKEN: not set; make an app-level token/,
    ],
    [
      'an app token of nobody',
      () => ({ SLACK_APP_TOKEN: 'xapp-1-A0PAGER-nobody' }),
      /^FIX {3}app token: Slack refuses SLACK_APP_TOKEN \(invalid_auth\): make one/,
    ],
    [
      'an app token without its scope',
      () => visit.slack.faults.every('apps.connections.open', { error: 'missing_scope' }),
      /^FIX {3}app token: it lacks connections:write/,
    ],
    [
      'tokens of two apps',
      () => {
        const token = 'xapp-1-A0OTHER-0123456789';
        visit.slack.workspace.app.app_token = token;
        return { SLACK_APP_TOKEN: token };
      },
      /^FIX {3}app token: it is of app A0OTHER, and the bot's token of app A0PAGER/,
    ],
    [
      'a signing secret that is none',
      () => ({ SLACK_APP_TOKEN: '', SLACK_SIGNING_SECRET: 'secret' }),
      /^FIX {3}signing secret: SLACK_SIGNING_SECRET is not 32 hex digits/,
    ],
    [
      'a scope that was not granted',
      () => {
        const { app } = visit.slack.workspace;
        app.bot_scopes = app.bot_scopes.filter((scope) => scope !== 'im:write');
      },
      /^FIX {3}scopes: missing im:write \(direct messages to whoever is paged, and to whoever asked\): put manifest.yml/,
    ],
    [
      'a channel without the bot',
      () =>
        void visit.slack.workspace.channels.get('C0DATA')?.members.delete(visit.slack.botUserId),
      /^FIX {3}channel C0DATA: #data-ops \(domain data-ops\) does not have the bot in it: \/invite/,
    ],
    [
      'an archived channel',
      () => {
        const channel = visit.slack.workspace.channels.get('C0COMPL');
        if (channel) channel.is_archived = true;
      },
      /^FIX {3}channel C0COMPL: #compliance \(domain compliance\) is archived/,
    ],
    [
      'a channel that is not there',
      () => void visit.slack.workspace.channels.delete('C0OPS'),
      /^FIX {3}channel C0OPS: \(operators_channel\) Slack knows no such channel/,
    ],
    [
      'a user group that is not there',
      () => void visit.slack.workspace.usergroups.delete('S0DATA'),
      /^FIX {3}user group S0DATA: \(deciders of data-ops\) Slack knows no such user group/,
    ],
    [
      'a user group with nobody in it',
      () => visit.slack.setUsergroupUsers('S0COMPL', []),
      /^FIX {3}user group S0COMPL: @compliance \(deciders of compliance\) has nobody in it/,
    ],
    [
      'a person who has left',
      () => {
        const user = visit.slack.workspace.users.get('U0BOB');
        if (user) user.deleted = true;
      },
      /^FIX {3}user U0BOB: @bob \(group billing-experts\) is deactivated/,
    ],
    [
      'a person who never was',
      () => void visit.slack.workspace.users.delete('U0CAROL'),
      /^FIX {3}user U0CAROL: \(group support-experts\) Slack knows no such person/,
    ],
    [
      'a bot among the people',
      () => {
        const user = visit.slack.workspace.users.get('U0BOSS');
        if (user) user.is_bot = true;
      },
      /^FIX {3}user U0BOSS: @mia \(managers\) is a bot: only people decide/,
    ],
    [
      'a Redis that does not answer',
      () => ({ REDIS_URL: `redis://operator:${SECRET}@127.0.0.1:9` }),
      /^FIX {3}queue: Redis at 127\.0\.0\.1:9: .*ECONNREFUSED.*; check REDIS_URL/,
    ],
    [
      'a data folder that is a file',
      () => ({ HITL_DATA_DIR: 'package.json' }),
      /^FIX {3}data folder: .*package\.json is not a folder: set HITL_DATA_DIR/,
    ],
    [
      'a data folder below a file',
      () => ({ HITL_DATA_DIR: 'package.json/data' }),
      /^FIX {3}data folder: something above .* is a file/,
    ],
    [
      'a database that is none',
      () => ({ HITL_DATA_DIR: dataFolder() }),
      /^FIX {3}database: .*hitl\.db cannot be read \(file is not a database\)/,
    ],
    [
      'a policy with a mistake',
      () => ({ HITL_POLICY: policyWith((yaml) => edited(yaml, ['C0BILLING', 'billing'])) }),
      /^FIX {3}policy: .*policy\.yaml:\d+:\d+ domains\.billing\.channel: /,
    ],
    [
      'no policy',
      () => ({ HITL_POLICY: join(visit.folder, 'nowhere.yaml') }),
      /^FIX {3}policy: .*nowhere\.yaml: there is no such file/,
    ],
    [
      'a PagerDuty key that the environment lacks',
      () => ({
        HITL_POLICY: policyWith((yaml) =>
          edited(yaml, ['notify: [', 'notify: ["pagerduty:OPS", ']),
        ),
        HITL_PAGERDUTY_KEYS: `NIGHT:${'k'.repeat(32)}`,
      }),
      /^FIX {3}pagerduty: ladder .*, rung 1 names `pagerduty:OPS`, and HITL_PAGERDUTY_KEYS has no/,
    ],
    [
      'a port that is none',
      () => ({ PORT: 'web' }),
      /^FIX {3}environment: PORT: must be a number from 0 to 65535/,
    ],
    [
      'a webhook secret that is none',
      () => ({ HITL_WEBHOOK_SECRET: 'secret' }),
      /^FIX {3}environment: HITL_WEBHOOK_SECRET: must be whsec_/,
    ],
  ])('%s', async (_what, breaks, line) => {
    const said = await visit.doctor(breaks() ?? {});
    expect(said.code).toBe(1);
    expect(toMend(said)).toEqual([expect.stringMatching(line)]);
    expect(said.out).toMatch(/\n\d+ passed, 1 failed(, \d not looked at)?$/);
    // Whatever it was, the end of the list was reached.
    expect(said.out).toMatch(/^(good {2}|FIX {3}| {3}\? {2})database: /m);
  });
});
