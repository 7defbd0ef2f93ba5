/** What a measurement stands on: Redis, a Slack workspace in this process, and the product in a process of its own. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoWorkspace } from '../simulator/slack/seed.ts';
import { startSlack, type Slack } from '../simulator/slack/slack.ts';
import { startProduct, type Product } from './processes.ts';

/** What every measurement is handed. */
export interface Bench {
  redis_url: string;
  /** A short run: fewer samples, the same meaning. */
  quick: boolean;
  /** What is going on, for whoever watches. */
  say(words: string): void;
}

export interface Stage {
  slack: Slack;
  product: Product;
  /** The queue that items come in by. */
  queue: string;
  data_dir: string;
  /** Ends the product and starts it on the same data. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

let stages = 0;

/** Epoch ms with what lies below the millisecond, so that latencies are not rounded. */
export const now = (): number => performance.timeOrigin + performance.now();

/** Queues have names of their own, so that several stages share one Redis. `prepare` may write into the data folder first; `env` is more of the product's environment. */
export async function openStage(
  bench: Bench,
  prepare?: (data_dir: string) => Promise<void>,
  env?: (data_dir: string) => Record<string, string>,
): Promise<Stage> {
  const slack = await startSlack({ seed: demoWorkspace, now });
  const data_dir = await mkdtemp(join(tmpdir(), 'hitl-bench-'));
  stages += 1;
  const queue = `items-${stages}`;
  const start = () =>
    startProduct({
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_API_URL: slack.apiUrl,
      REDIS_URL: bench.redis_url,
      HITL_QUEUE: queue,
      HITL_DATA_DIR: data_dir,
      ...env?.(data_dir),
    });
  try {
    await prepare?.(data_dir);
    const stage: Stage = {
      slack,
      product: await start(),
      queue,
      data_dir,
      async restart() {
        await stage.product.stop();
        stage.product = await start();
      },
      async close() {
        await stage.product.stop();
        await slack.close();
        await rm(data_dir, { recursive: true, force: true });
      },
    };
    return stage;
  } catch (error) {
    await slack.close();
    await rm(data_dir, { recursive: true, force: true });
    throw error;
  }
}
