import { execFile } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { built } from '../built.ts';
import { readOverride } from '../../policies/schedule/read-override.ts';
import { compileCondition } from '../../policies/conditions/condition.ts';
import { policyJsonSchema } from '../../policies/file/policy-json-schema.ts';
import { parsePolicy } from '../../policies/file/parse-policy.ts';
import { VARIABLES } from '../../src/config/variables.ts';
import { envExample } from '../../scripts/env-example.ts';
import { NEWER, OLDEST } from '../../scripts/node-versions.ts';
import { fencedCode } from '../fenced-code.ts';
import { API_TOKEN, openDesk, type Desk } from './desk.ts';
import { edited } from '../edited.ts';

const run = promisify(execFile);

describe('what the documents show works as shown', () => {
  let desk: Desk;
  let env: Record<string, string>;
  beforeAll(async () => {
    desk = await openDesk();
    env = {
      PATH: process.env['PATH'] ?? '',
      HITL_API_TOKEN: API_TOKEN,
      HITL_URL: `http://127.0.0.1:${desk.pager.port}`,
    };
  });
  afterAll(async () => {
    await desk.close();
  });

  it('curl puts an item in, and waits for its answer', async () => {
    const [shown] = fencedCode('README.md', 'sh').filter((code) => code.startsWith('curl'));
    const script = (shown ?? '').replaceAll('http://127.0.0.1:3000', env['HITL_URL'] ?? '');
    const answered = run('bash', ['-ec', script], { env });
    await desk.slack
      .user('alice')
      .clicks('Approve')
      .on(await desk.card('order-4711'));
    const { stdout } = await answered;
    expect(stdout).toContain('"outcome":"approved"');
  });

  it('Python puts a question in, and prints what the expert said', async () => {
    const [shown] = fencedCode('README.md', 'python');
    const answered = run('python3', ['-c', shown ?? ''], { env });
    const card = await desk.card('faq-12');
    await desk.slack
      .user('carol')
      .says('<@bot> Only with the extended plan', { channel: card.channel, thread_ts: card.ts });
    expect((await answered).stdout.trim()).toBe('decided Only with the extended plan');
  });

  it('the policy of the documents loads, within the one that ships', () => {
    const rules = fencedCode('docs/policies.md', 'yaml').find((one) => one.startsWith('rules:'));
    const shipped = readFileSync('policies/default.yaml', 'utf8');
    const text = shipped.slice(0, shipped.search(/^rules:/m)) + rules;
    expect(parsePolicy(text)).toMatchObject({ ok: true });
  });

  it('the rotation of the documents is one, what they have one type is understood, and the link is printed', async () => {
    const [rotations] = fencedCode('docs/on-call.md', 'yaml');
    const shipped = readFileSync('policies/default.yaml', 'utf8');
    const text = edited(shipped, [/^rotations:\n(?: .*\n)+/m, rotations ?? '']);
    expect(parsePolicy(text.replaceAll('support-primary', 'billing-primary'))).toMatchObject({
      ok: true,
    });
    const page = readFileSync('docs/on-call.md', 'utf8');
    const spans = ['for 4h', 'until 18:00', 'from fri 18:00 to mon 9:00'];
    for (const span of spans) {
      expect(page).toContain(span);
      const typed = { now: desk.clock.now(), timezone: 'Europe/Berlin' };
      expect(readOverride(`billing me ${span}`, typed)).toMatchObject({ ok: true });
    }
    const [command = ''] = fencedCode('docs/on-call.md', 'sh');
    const printed = await run(
      'node',
      [built('src/main.ts'), ...command.trim().split(/\s+/).slice(2)],
      {
        env: { ...process.env, SLACK_BOT_TOKEN: desk.slack.botToken },
      },
    );
    expect(printed.stdout).toMatch(
      /^https:\/\/pager\.example\.com\/v1\/oncall\/billing-primary\.ics\?token=/,
    );
  });

  it('the smallest policy of the documents is a whole one, and every key there is has its word', () => {
    const [whole] = fencedCode('docs/policies.md', 'yaml').filter((one) =>
      one.startsWith('version: 1'),
    );
    expect(parsePolicy(whole ?? '')).toMatchObject({ ok: true });
    const document = readFileSync('docs/policies.md', 'utf8');
    const keys = keysOf(policyJsonSchema());
    expect(keys.length).toBeGreaterThan(40);
    for (const key of keys) expect(document).toMatch(new RegExp(`\\b${key}\\b`));
  });

  it('every condition of the documents compiles', () => {
    const document = readFileSync('docs/policies.md', 'utf8');
    const table = document.slice(document.indexOf('| to say | write |'));
    const conditions = [...table.slice(0, table.indexOf('\n\n')).matchAll(/`([^`]+)`/g)];
    expect(conditions.length).toBeGreaterThan(10);
    for (const [, condition = ''] of conditions)
      expect(compileCondition(condition.replaceAll('\\|', '|')), condition).toMatchObject({
        ok: true,
      });
  });

  it('the table of the environment is the one that is read', () => {
    const readme = readFileSync('README.md', 'utf8');
    for (const { name, what, otherwise } of VARIABLES) {
      expect(readme).toContain(`| \`${name}\` | ${what} | ${otherwise} |`);
    }
  });

  it('ARCHITECTURE.md names files and folders that are there', () => {
    const page = readFileSync('ARCHITECTURE.md', 'utf8');
    const named = [...page.matchAll(/`((?:src|handlers|blocks|policies|test)\/[\w./-]+)`/g)];
    expect(named.length).toBeGreaterThan(50);
    for (const [, path = ''] of named)
      expect(
        ['', '.ts', '.test.ts'].some((ending) => existsSync(path + ending)),
        path,
      ).toBe(true);
  });

  it('README and the workflow name the Nodes that are run', () => {
    const versions = [OLDEST, ...NEWER];
    expect(readFileSync('README.md', 'utf8')).toContain(
      `it is run on ${versions.slice(0, -1).join(', ')} and ${versions.at(-1)}`,
    );
    expect(readFileSync('.github/workflows/ci.yml', 'utf8')).toContain(
      `node: [${versions.join(', ')}]`,
    );
    expect(readFileSync('.nvmrc', 'utf8')).toMatch(new RegExp(`^${OLDEST}\\b`));
  });

  it('.env.example has every variable', () => {
    expect(readFileSync('.env.example', 'utf8')).toBe(envExample());
  });

  it('every link leads to a file that is there', () => {
    const files = [
      'README.md',
      'ARCHITECTURE.md',
      'CONTRIBUTING.md',
      'SECURITY.md',
      ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.md'))
        .map((file) => join('docs', file)),
    ];
    for (const file of files) {
      for (const [, link = ''] of readFileSync(file, 'utf8').matchAll(/\]\((?!https?:)([^)#]+)/g)) {
        expect(
          () => readFileSync(join(dirname(file), link)),
          `${file} links to ${link}`,
        ).not.toThrow();
      }
    }
  });
});

/** Every key that a JSON Schema speaks of, at whatever depth. */
function keysOf(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([name, held]) => [
    ...(name === 'properties' ? Object.keys(held as object) : []),
    ...keysOf(held),
  ]);
}
