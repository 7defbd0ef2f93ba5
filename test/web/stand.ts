/**
 * The page with everything behind it, for tests and for looking at it: the simulated Slack, the whole product beside it
 * on the same movable clock, and the page's server. `npx tsx test/web/stand.ts` stays up until it is interrupted.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pino from 'pino';
import { movableClock, type MovableClock } from '../../simulator/web/server/movable-clock.ts';
import { startSlack, type Slack } from '../../simulator/slack/slack.ts';
import { readManifest } from '../../simulator/web/server/app-manifest.ts';
import { personHint } from '../../simulator/web/server/person-hint.ts';
import { createProducer, type Producer } from '../../simulator/web/server/producer.ts';
import { settle } from '../../simulator/web/server/settle.ts';
import {
  createWebServer,
  HOOK_PATH,
  type WebServer,
} from '../../simulator/web/server/web-server.ts';
import { readConfig } from '../../src/config/config.ts';
import { startPager, type Pager } from '../../src/app/start-pager.ts';

const TOKEN = 'a-token-for-the-stand';
const SECRET = `whsec_${Buffer.from('a secret of thirty-two bytes, yes').toString('base64')}`;
const ROOT = new URL('../../', import.meta.url);

export interface Stand {
  url: string;
  slack: Slack;
  pager: Pager;
  clock: MovableClock;
  producer: Producer;
  /** Where the product keeps its files. */
  data_dir: string;
  close(): Promise<void>;
}

export interface StandOptions {
  port?: number;
  /** The folder of the built page; where a developer's build goes where nothing is said. */
  files?: string;
}

export async function openStand(options: StandOptions = {}): Promise<Stand> {
  const clock = movableClock();
  const manifest = readManifest(await readFile(new URL('manifest.yml', ROOT), 'utf8'));
  let web: WebServer | undefined;
  const slack = await startSlack({
    now: () => clock.now(),
    port: options.port,
    subscribed: [...manifest.subscribed, 'app_home_opened'],
    page: (request, response) => web?.page(request, response) ?? false,
  });
  const { origin } = slack.workspace;
  const data_dir = await mkdtemp(join(tmpdir(), 'hitl-stand-'));
  const read = readConfig({
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    HITL_DATA_DIR: data_dir,
    HITL_POLICY: fileURLToPath(new URL('policies/default.yaml', ROOT)),
    HITL_API_TOKEN: TOKEN,
    HITL_WEBHOOK_SECRET: SECRET,
    HITL_CALLBACK_ALLOW: new URL(origin).host,
    PORT: '0',
  });
  if (!read.ok) throw new Error(read.problems.join('\n'));
  const log = pino({ level: process.env['STAND_LOG'] ?? 'silent' });
  const pager = await startPager(read.config, { clock, log });
  await pager.ready;
  const producer = createProducer({
    api: `http://127.0.0.1:${pager.port}`,
    token: TOKEN,
    callback: { url: `${origin}${HOOK_PATH}`, secret: SECRET },
  });
  const known = {
    ownTeam: () => slack.teamId,
    membersOf: (id: string) => new Set(slack.workspace.usergroups.get(id)?.users),
    accountOf: () => 'member' as const,
    onCall: pager.world.onCall,
  };
  web = createWebServer(slack, {
    clock,
    settle: () => settle(pager.world),
    producer,
    manifest,
    files: options.files,
    hintOf: (user) => personHint(pager.world.policy(), user, known),
  });
  return {
    url: origin,
    slack,
    pager,
    clock,
    producer,
    data_dir,
    async close() {
      producer.close();
      web?.close();
      await pager.stop();
      await slack.close();
      await rm(data_dir, { recursive: true, force: true });
    },
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const stand = await openStand({ port: Number(process.env['PORT'] ?? 0) });
  process.stdout.write(`${stand.url}\n`);
  process.once('SIGINT', () => void stand.close().then(() => process.exit(0)));
  process.once('SIGTERM', () => void stand.close().then(() => process.exit(0)));
}
