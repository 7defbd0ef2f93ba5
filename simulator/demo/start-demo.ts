/**
 * Starts what the demo shows: a simulated Slack and the whole product beside it, in this process, on a data folder that
 * goes away with it. Nothing is printed here, and no item is put in.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pino from 'pino';
import { readConfig } from '../../src/config/config.ts';
import { createLog } from '../../src/world/log.ts';
import { startPager, type Pager } from '../../src/app/start-pager.ts';
import { movableClock } from '../web/server/movable-clock.ts';
import { seedHistory } from './seed-history.ts';
import { startSlack, type Slack } from '../slack/slack.ts';
import { readManifest } from '../web/server/app-manifest.ts';
import { personHint } from '../web/server/person-hint.ts';
import { createProducer, type Producer } from '../web/server/producer.ts';
import { settle } from '../web/server/settle.ts';
import { createWebServer, HOOK_PATH, type WebServer } from '../web/server/web-server.ts';

const fromRoot = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const POLICY = fromRoot('policies/default.yaml');
const MANIFEST = fromRoot('manifest.yml');
/** Where the API listens if nobody else does. */
const USUAL_PORT = 3000;

export interface Demo {
  /** The workspace in a browser. */
  page: string;
  slack: Slack;
  pager: Pager;
  /** Puts items in as the page does, and shows there what becomes of them. */
  producer: Producer;
  /** Bearer token of the HTTP API, made for this run. */
  token: string;
  /** Where the HTTP API listens. */
  port: number;
  /** Database, queue and log; gone after `stop`. */
  data_dir: string;
  /** What the product logs, one JSON object a line. */
  log_file: string;
  stop(): Promise<void>;
}

/**
 * Starts both, and resolves once a card can be answered. Rejects, with nothing left behind, where a part cannot start.
 * @param past with made-up weeks behind it, which managers' figures are of
 */
export async function startDemo({ past = false } = {}): Promise<Demo> {
  const data_dir = mkdtempSync(join(tmpdir(), 'hitl-demo-'));
  const removeData = () => rmSync(data_dir, { recursive: true, force: true });
  // Not even an exit in the middle of something leaves the folder behind.
  process.on('exit', removeData);
  const undo: (() => unknown)[] = [
    () => {
      removeData();
      process.off('exit', removeData);
    },
  ];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const log_file = join(data_dir, 'pager.log');
    const destination = pino.destination({ dest: log_file, sync: true });
    undo.push(() => destination.end());
    // One clock for the workspace and the product: the page can move it on.
    const clock = movableClock();
    const manifest = readManifest(readFileSync(MANIFEST, 'utf8'));
    let web: WebServer | undefined;
    const slack = await startSlack({
      now: () => clock.now(),
      subscribed: [...manifest.subscribed, 'app_home_opened'],
      page: (request, response) => web?.page(request, response) ?? false,
    });
    undo.push(() => slack.close());
    const { origin } = slack.workspace;
    const webhook_secret = `whsec_${randomBytes(32).toString('base64')}`;
    const token = `demo-${randomBytes(12).toString('hex')}`;
    const configOf = (port: number) => {
      const read = readConfig({
        SLACK_BOT_TOKEN: slack.botToken,
        SLACK_APP_TOKEN: slack.appToken,
        SLACK_API_URL: slack.apiUrl,
        HITL_DATA_DIR: data_dir,
        HITL_POLICY: POLICY,
        HITL_API_TOKEN: token,
        HITL_WEBHOOK_SECRET: webhook_secret,
        HITL_CALLBACK_ALLOW: new URL(origin).host,
        PORT: String(port),
      });
      if (!read.ok) throw new Error(read.problems.join('\n'));
      return read.config;
    };
    if (past)
      await seedHistory(join(data_dir, 'hitl.db'), readFileSync(POLICY, 'utf8'), clock.now(), {
        team: slack.teamId,
        nameOf: (id) => slack.nameOf(id),
        usergroup: (id) => slack.workspace.usergroups.get(id)?.users ?? [],
      });
    const log = createLog('info', destination);
    const start = (port: number) => startPager(configOf(port), { clock, log });
    // Somebody may take the usual port while the queue is being made.
    const pager = (await isFree(USUAL_PORT))
      ? await start(USUAL_PORT).catch(() => start(0))
      : await start(0);
    undo.push(() => pager.stop());
    await pager.ready;
    const producer = createProducer({
      api: `http://127.0.0.1:${pager.port}`,
      token,
      callback: { url: `${origin}${HOOK_PATH}`, secret: webhook_secret },
    });
    undo.push(() => producer.close());
    const known = {
      ownTeam: () => slack.teamId,
      membersOf: (id: string) => new Set(slack.workspace.usergroups.get(id)?.users),
      accountOf: () => 'member' as const,
      onCall: pager.world.onCall,
    };
    const server = createWebServer(slack, {
      clock,
      settle: () => settle(pager.world),
      producer,
      manifest,
      hintOf: (user) => personHint(pager.world.policy(), user, known),
    });
    web = server;
    undo.push(() => server.close());
    return {
      page: origin,
      slack,
      pager,
      producer,
      token,
      port: pager.port,
      data_dir,
      log_file,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Whether that port of this machine can be listened on now. */
function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
