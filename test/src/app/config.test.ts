import { describe, expect, it } from 'vitest';
import { readConfig, type Environment } from '../../../src/config/config.ts';
import { VARIABLES } from '../../../src/config/variables.ts';

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const HEX = 'a'.repeat(64);
const GOOD: Environment = {
  SLACK_BOT_TOKEN: 'xoxb-1-2',
  SLACK_APP_TOKEN: 'xapp-1-2',
  HITL_API_TOKEN: 'sixteen-or-more-characters',
};

/** The names of the variables that something is wrong with. */
function wrong(env: Environment): string[] {
  const read = readConfig(env);
  return read.ok ? [] : read.problems.map((problem) => problem.split(':', 1)[0] ?? '');
}

describe('the environment', () => {
  it('is complete with two tokens; everything else has a value that works', () => {
    expect(readConfig({ SLACK_BOT_TOKEN: 'xoxb-1-2', SLACK_APP_TOKEN: 'xapp-1-2' })).toEqual({
      ok: true,
      notices: [expect.stringContaining('the HTTP API is off')],
      config: {
        slack: {
          bot_token: 'xoxb-1-2',
          api_url: undefined,
          way: { mode: 'socket', app_token: 'xapp-1-2' },
        },
        redis_url: undefined,
        queue: 'hitl-items',
        reply_queues: [],
        results_keep_ms: 7 * 86_400_000,
        data_dir: './data',
        policy: 'policies/default.yaml',
        port: 3000,
        bind: '127.0.0.1',
        public_hosts: [],
        api_token: undefined,
        api_tokens: [],
        metrics_token: undefined,
        webhook_secret: undefined,
        callback_allow: [],
        pagerduty: { url: 'https://events.pagerduty.com/v2/enqueue', keys: new Map() },
        log_level: 'info',
      },
    });
  });

  it.each<[story: string, change: Environment, variables: string[]]>([
    [
      'nothing at all',
      { SLACK_BOT_TOKEN: undefined, SLACK_APP_TOKEN: '' },
      ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN'],
    ],
    [
      'the two tokens swapped',
      { SLACK_BOT_TOKEN: 'xapp-1', SLACK_APP_TOKEN: 'xoxb-1' },
      ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN'],
    ],
    ['a Web API that is no address', { SLACK_API_URL: 'slack.com/api' }, ['SLACK_API_URL']],
    ['a Redis that is no Redis', { REDIS_URL: 'http://127.0.0.1:6379' }, ['REDIS_URL']],
    ['a queue that BullMQ would refuse', { HITL_QUEUE: 'a:b' }, ['HITL_QUEUE']],
    ['the queue of results as that of items', { HITL_QUEUE: 'hitl-decisions' }, ['HITL_QUEUE']],
    ['a queue of results with a colon', { HITL_REPLY_QUEUES: 'a,b:c' }, ['HITL_REPLY_QUEUES']],
    ['a short token for metrics', { HITL_METRICS_TOKEN: 'short' }, ['HITL_METRICS_TOKEN']],
    ['a port that is none', { PORT: '65536' }, ['PORT']],
    ['a port in words', { PORT: 'http' }, ['PORT']],
    ['a token that can be guessed', { HITL_API_TOKEN: 'secret' }, ['HITL_API_TOKEN']],
    [
      'a token in clear in the list of digests',
      { HITL_API_TOKENS: 'bot:submit:in-clear-by-mistake' },
      ['HITL_API_TOKENS'],
    ],
    ['a scope there is not', { HITL_API_TOKENS: `bot:submit+decide:${HEX}` }, ['HITL_API_TOKENS']],
    [
      'two tokens of one name',
      { HITL_API_TOKENS: `bot:read:${HEX},bot:submit:${HEX}` },
      ['HITL_API_TOKENS'],
    ],
    [
      'a secret that is too short',
      { HITL_WEBHOOK_SECRET: 'whsec_c2hvcnQ=' },
      ['HITL_WEBHOOK_SECRET'],
    ],
    [
      'a secret without its name',
      { HITL_WEBHOOK_SECRET: SECRET.slice(6) },
      ['HITL_WEBHOOK_SECRET'],
    ],
    [
      'a rotation of which one secret is none',
      { HITL_WEBHOOK_SECRET: `${SECRET} planted-12` },
      ['HITL_WEBHOOK_SECRET'],
    ],
    [
      'three secrets',
      { HITL_WEBHOOK_SECRET: `${SECRET} ${SECRET} ${SECRET}` },
      ['HITL_WEBHOOK_SECRET'],
    ],
    [
      'a public host with a protocol',
      { HITL_PUBLIC_HOSTS: 'https://a.example' },
      ['HITL_PUBLIC_HOSTS'],
    ],
    [
      'a host with a path',
      { HITL_CALLBACK_ALLOW: 'a.example,https://b.example/x' },
      ['HITL_CALLBACK_ALLOW'],
    ],
    ['a log level there is not', { LOG_LEVEL: 'loud' }, ['LOG_LEVEL']],
    [
      'all at once',
      { PORT: '-1', LOG_LEVEL: 'loud', REDIS_URL: 'x', HITL_QUEUE: 'a b' },
      ['REDIS_URL', 'HITL_QUEUE', 'PORT', 'LOG_LEVEL'],
    ],
  ])('%s', (_story, change, variables) => {
    expect(wrong({ ...GOOD, ...change })).toEqual(variables);
  });

  it('never repeats a secret in what it says is wrong', () => {
    const secrets = {
      SLACK_BOT_TOKEN: 'xapp-planted-1',
      SLACK_APP_TOKEN: 'xoxb-planted-2',
      HITL_API_TOKEN: 'planted-3',
      HITL_API_TOKENS: 'planted-4,planted-5:submit,n:submit:planted-6',
      HITL_WEBHOOK_SECRET: 'planted-7',
      REDIS_URL: 'rediz://:planted-8@host',
      HITL_PAGERDUTY_KEYS: 'planted-9,OPS:planted:10',
      HITL_PAGERDUTY_URL: 'https://planted-11@host/',
    };
    const read = readConfig(secrets);
    if (read.ok) throw new Error('it was taken');
    expect(read.problems.join('\n')).not.toContain('planted');
    expect(read.problems.length).toBeGreaterThanOrEqual(8);
  });

  it('reads tokens, hosts and ways as they are meant', () => {
    const read = readConfig({
      ...GOOD,
      SLACK_APP_TOKEN: ' ',
      SLACK_SIGNING_SECRET: 's',
      SLACK_API_URL: 'http://127.0.0.1:1/api',
      HITL_API_TOKENS: `ci:submit+read:${HEX}, ops:cancel:${HEX} ,`,
      HITL_REPLY_QUEUES: ' hitl-decisions-* , desk_2,',
      HITL_PUBLIC_HOSTS: ' Pager.Example , hitl_pager:3000,[::1]:9',
      HITL_CALLBACK_ALLOW: ' Hooks.Example , 127.0.0.1:8080,[::1]:9 ',
      HITL_WEBHOOK_SECRET: `${SECRET}   ${SECRET}`,
      HITL_PAGERDUTY_KEYS: ` OPS:${'k'.repeat(32)}, night-2:${'n'.repeat(32)},`,
      PORT: '0',
    });
    expect(read).toMatchObject({
      ok: true,
      notices: [],
      config: {
        slack: { api_url: 'http://127.0.0.1:1/api/', way: { mode: 'http', signing_secret: 's' } },
        port: 0,
        api_tokens: [
          { name: 'ci', scopes: ['submit', 'read'], sha256: HEX },
          { name: 'ops', scopes: ['cancel'], sha256: HEX },
        ],
        pagerduty: {
          keys: new Map([
            ['OPS', 'k'.repeat(32)],
            ['night-2', 'n'.repeat(32)],
          ]),
        },
        reply_queues: ['hitl-decisions-*', 'desk_2'],
        public_hosts: ['pager.example', 'hitl_pager:3000', '[::1]:9'],
        callback_allow: ['hooks.example', '127.0.0.1:8080', '[::1]:9'],
        webhook_secret: `${SECRET} ${SECRET}`,
      },
    });
  });

  it('names every variable that it reads', () => {
    const asked = new Set<string>();
    const env = new Proxy(GOOD, {
      get: (held, name) => {
        asked.add(String(name));
        return held[String(name)];
      },
    });
    expect(readConfig(env).ok).toBe(true);
    expect([...asked].toSorted()).toEqual(VARIABLES.map((one) => one.name).toSorted());
  });
});
