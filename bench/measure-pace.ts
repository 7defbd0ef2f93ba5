/** Whether one channel's backlog leaves as fast as Slack allows, once Slack has said how fast that is. */
import { Queue } from 'bullmq';
import { unsureItem } from './items.ts';
import { atLeast, atMost, type Measured } from './number.ts';
import { openStage, type Bench } from './stage.ts';

const OF = 'pace';
const PER_CHANNEL_MS = 1000;

export async function measurePace(bench: Bench): Promise<Measured[]> {
  const cards = bench.quick ? 30 : 200;
  const stage = await openStage(bench);
  const { slack } = stage;
  try {
    slack.pace({ per_channel_ms: PER_CHANNEL_MS, burst: 1, tiers: false });
    const queue = new Queue(stage.queue, { connection: { url: bench.redis_url } });
    await queue.addBulk(
      Array.from({ length: cards }, (_, at) => ({ name: 'item', data: unsureItem(`pace-${at}`) })),
    );
    await queue.close();
    bench.say(`pace: ${cards} cards at one a second`);
    await slack.until(() => slack.messages('C0BILLING').length >= cards, {
      timeout_ms: cards * PER_CHANNEL_MS * 3 + 30_000,
      what: `${cards} cards`,
    });
    const posts = slack.calls.filter((call) => call.method === 'chat.postMessage');
    const taken = posts.filter((call) => call.ok);
    const [first, last] = [taken[0]?.at ?? 0, taken.at(-1)?.at ?? 0];
    const inARow = posts.filter((call, at) => call.status === 429 && posts[at - 1]?.status === 429);
    return [
      {
        of: OF,
        what: 'share of what the pace allows',
        unit: 'share',
        measured: ((cards - 1) * PER_CHANNEL_MS) / (last - first),
        limit: atLeast(0.95),
        note: `${cards} cards, one a second`,
      },
      {
        of: OF,
        what: '429 twice in a row',
        unit: 'count',
        measured: inARow.length + slack.problems.length,
        limit: atMost(0),
        note: `of ${posts.filter((call) => call.status === 429).length} in all; what Slack would not have put up with counts too`,
      },
    ];
  } finally {
    await stage.close();
  }
}
