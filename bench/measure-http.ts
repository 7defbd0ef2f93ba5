/** How many items a second POST /v1/items takes over 16 connections, each answered when it is on disk. */
import { atLeast, atMost, median, type Measured } from './number.ts';
import { API_TOKEN, runChild } from './processes.ts';
import { openStage, type Bench, type Stage } from './stage.ts';

const OF = 'http';
const CONNECTIONS = 16;

export interface Posted {
  per_second: number;
  /** ms */
  p50: number;
  p99: number;
}

export async function measureHttp(bench: Bench): Promise<Measured[]> {
  const stage = await openStage(bench);
  try {
    // As in Slack itself: a backlog waits for one post a second, and costs the intake nothing.
    stage.slack.pace({ per_channel_ms: 1000, burst: 1, tiers: false });
    await postItems(stage, 'unsure', 'warm', 3);
    const seconds = bench.quick ? 3 : 10;
    const asked: Posted[] = [];
    const sure: Posted[] = [];
    for (let round = 1; round <= (bench.quick ? 1 : 3); round += 1) {
      asked.push(await postItems(stage, 'unsure', `asked-${round}`, seconds));
      sure.push(await postItems(stage, 'sure', `sure-${round}`, seconds));
      bench.say(
        `http ${round}: asked ${JSON.stringify(asked.at(-1))}, let through ${JSON.stringify(sure.at(-1))}`,
      );
    }
    const of = (posted: Posted[], what: string): Measured[] => [
      {
        of: OF,
        what: `POST /v1/items, ${what}`,
        unit: 'items/s',
        measured: median(posted.map((one) => one.per_second)),
        limit: atLeast(3000),
        note: `${CONNECTIONS} connections, median of ${posted.length} × ${seconds} s`,
      },
      {
        of: OF,
        what: `its p99, ${what}`,
        unit: 'ms',
        measured: median(posted.map((one) => one.p99)),
        limit: atMost(20),
      },
    ];
    return [...of(asked, 'asked of a person'), ...of(sure, 'let through, results going out')];
  } finally {
    await stage.close();
  }
}

/** `name` makes the ids of this load its own. */
export const postItems = (
  stage: Stage,
  kind: 'sure' | 'unsure',
  name: string,
  seconds: number,
): Promise<Posted> =>
  runChild('http-load.ts', {
    port: stage.product.port,
    token: API_TOKEN,
    seconds,
    connections: CONNECTIONS,
    kind,
    name,
  });
