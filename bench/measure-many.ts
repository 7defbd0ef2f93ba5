/** What 100,000 open items change: memory, start, card latency, and the rate of POST /v1/items. */
import { join } from 'node:path';
import { sureItem, unsureItem } from './items.ts';
import { cardLatencies } from './measure-cards.ts';
import { postItems, type Posted } from './measure-http.ts';
import { atMost, median, percentile, type Measured } from './number.ts';
import { API_TOKEN, runChild } from './processes.ts';
import { openStage, type Bench, type Stage } from './stage.ts';

const OF = 'many';
const OPEN = 100_000;

export async function measureMany(bench: Bench): Promise<Measured[]> {
  const empty = await openStage(bench);
  const full = await openStage(bench);
  try {
    await fill(bench, full);
    const started = full.product.ready_in_ms;
    const idle = (await full.product.memory()).rss;
    const samples = bench.quick ? 80 : 300;
    await cardLatencies(bench, empty, 'warm', 40);
    await cardLatencies(bench, full, 'warm', 40);
    const cards = { empty: [] as number[], full: [] as number[] };
    for (let half = 0; half < 2; half += 1) {
      cards.empty.push(...(await cardLatencies(bench, empty, `card-${half}`, samples / 2)));
      cards.full.push(...(await cardLatencies(bench, full, `card-${half}`, samples / 2)));
    }
    const working = (await full.product.memory()).rss;

    const posted = { empty: [] as Posted[], full: [] as Posted[] };
    for (const stage of [empty, full])
      stage.slack.pace({ per_channel_ms: 1000, burst: 1, tiers: false });
    for (let round = 0; round <= (bench.quick ? 1 : 3); round += 1) {
      const seconds = bench.quick ? 3 : 6;
      const [one, other] = [
        await postItems(empty, 'unsure', `round-${round}`, seconds),
        await postItems(full, 'unsure', `round-${round}`, seconds),
      ];
      bench.say(`many ${round}: empty ${JSON.stringify(one)}, full ${JSON.stringify(other)}`);
      // The first round warms both up.
      if (round === 0) continue;
      posted.empty.push(one);
      posted.full.push(other);
    }
    const { peak } = await full.product.memory();
    const slower = (p: number) => percentile(cards.full, p) / percentile(cards.empty, p);
    const rates = {
      empty: median(posted.empty.map((one) => one.per_second)),
      full: median(posted.full.map((one) => one.per_second)),
    };
    return [
      {
        of: OF,
        what: 'RSS at 20 items/s',
        unit: 'MB',
        measured: working,
        limit: atMost(250),
        note: `${OPEN} open items; ${idle.toFixed(0)} MB once ready`,
      },
      {
        of: OF,
        what: 'RSS, the most ever, under POST load',
        unit: 'MB',
        measured: peak,
        limit: atMost(250),
      },
      { of: OF, what: 'start to ready', unit: 's', measured: started / 1000, limit: atMost(3) },
      {
        of: OF,
        what: "card latency p50, times the empty database's",
        unit: 'times',
        measured: slower(0.5),
        limit: atMost(1.5),
        note: `${percentile(cards.full, 0.5).toFixed(1)} and ${percentile(cards.empty, 0.5).toFixed(1)} ms; p99 ${percentile(cards.full, 0.99).toFixed(1)} and ${percentile(cards.empty, 0.99).toFixed(1)} ms`,
      },
      {
        of: OF,
        what: "POST /v1/items, the empty database's rate times",
        unit: 'times',
        measured: rates.empty / rates.full,
        limit: atMost(1.2),
        note: `${rates.full.toFixed(0)} and ${rates.empty.toFixed(0)} items/s; p99 ${median(posted.full.map((one) => one.p99))} and ${median(posted.empty.map((one) => one.p99))} ms`,
      },
    ];
  } finally {
    await empty.close();
    await full.close();
  }
}

/** Has the product take one item in and post its card, copies it, and checks by the API that a copy is an item like any other. */
async function fill(bench: Bench, stage: Stage): Promise<void> {
  await call(stage, 'POST', '/v1/items', unsureItem('template'), 202);
  await stage.slack.until(() => stage.slack.messages('C0BILLING').length === 1);
  // Ended by SIGTERM: what was in flight has been written.
  await stage.product.stop();
  const { seconds } = await runChild<{ seconds: number }>('seed-open-items.ts', {
    file: join(stage.data_dir, 'hitl.db'),
    template: 'template',
    count: OPEN,
  });
  bench.say(`many: ${OPEN} open items in ${seconds.toFixed(1)} s`);
  await stage.restart();
  const some = `open-${OPEN / 2}`;
  const shown = await call(stage, 'GET', `/v1/items/${some}`, undefined, 200);
  if (!shown.includes('"status":"open"')) throw new Error(`a seeded item is not open: ${shown}`);
  // The same body again is a replay: its salt and digest hold.
  await call(stage, 'POST', '/v1/items', unsureItem(some), 200);
  await call(stage, 'POST', '/v1/items', sureItem('after-the-seed'), 202);
}

async function call(
  stage: Stage,
  method: string,
  path: string,
  body: object | undefined,
  expected: number,
): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${stage.product.port}${path}`, {
    method,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${API_TOKEN}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (answer.status !== expected)
    throw new Error(`${method} ${path} answered ${answer.status}: ${text}`);
  return text;
}
