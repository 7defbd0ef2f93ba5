/**
 * Starts what the demo shows: a simulated Slack and the whole product beside it, in this process, on a data folder that
 * goes away with it. Nothing is printed here, and no item is put in.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pino from 'pino';
import { systemClock } from '../../src/clock.ts';
import { readConfig } from '../../src/config.ts';
import { startPager, type Pager } from '../../src/start-pager.ts';
import { startSlack, type Slack } from '../slack.ts';

const POLICY = fileURLToPath(new URL('../../policies/default.yaml', import.meta.url));
/** Where the API listens if nobody else does. */
const USUAL_PORT = 3000;

export interface Demo {
  slack: Slack;
  pager: Pager;
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

interface DemoOptions {
  /** Requests to the simulated Slack's port outside Slack's own paths, for a page that shows the workspace. */
  page?: (request: IncomingMessage, response: ServerResponse) => boolean;
}

/** Starts both, and resolves once a card can be answered. Rejects, with nothing left behind, where a part cannot start. */
export async function startDemo(options: DemoOptions = {}): Promise<Demo> {
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
    const slack = await startSlack(options.page ? { page: options.page } : {});
    undo.push(() => slack.close());
    const token = `demo-${randomBytes(12).toString('hex')}`;
    const read = readConfig({
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_API_URL: slack.apiUrl,
      HITL_DATA_DIR: data_dir,
      HITL_POLICY: POLICY,
      HITL_API_TOKEN: token,
      PORT: String((await isFree(USUAL_PORT)) ? USUAL_PORT : 0),
    });
    if (!read.ok) throw new Error(read.problems.join('\n'));
    const log = pino({ level: 'info', base: undefined }, destination);
    const pager = await startPager(read.config, { clock: systemClock, log });
    undo.push(() => pager.stop());
    await pager.ready;
    return { slack, pager, token, port: pager.port, data_dir, log_file, stop };
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
