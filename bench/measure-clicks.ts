/** How long a click on Approve waits for its ack, and for the card to be edited, at 50 clicks a second. */
import { Queue } from 'bullmq';
import { unsureItem } from './items.ts';
import { atMost, percentile, type Measured } from './number.ts';
import { now, openStage, type Bench, type Stage } from './stage.ts';

const OF = 'click';
const CLICKS_A_SECOND = 50;
const EXPERTS = ['alice', 'bob'];

export async function measureClicks(bench: Bench): Promise<Measured[]> {
  const stage = await openStage(bench);
  try {
    await clickAll(bench, stage, 'warm', 50);
    const { acks, edits } = await clickAll(bench, stage, 'click', bench.quick ? 250 : 1500);
    const note = `${acks.length} clicks at ${CLICKS_A_SECOND}/s, two people, one channel`;
    return [
      {
        of: OF,
        what: 'click to ack (decision on disk), p99',
        unit: 'ms',
        measured: percentile(acks, 0.99),
        limit: atMost(50),
        note,
      },
      {
        of: OF,
        what: 'click to edited card, p99',
        unit: 'ms',
        measured: percentile(edits, 0.99),
        limit: atMost(150),
      },
      { of: OF, what: 'click to ack, p50', unit: 'ms', measured: percentile(acks, 0.5) },
      { of: OF, what: 'click to edited card, p50', unit: 'ms', measured: percentile(edits, 0.5) },
    ];
  } finally {
    await stage.close();
  }
}

/** Posts `count` cards, then clicks Approve on each once, at random moments. ms of each click to its ack and its edit. */
export async function clickAll(
  bench: Bench,
  stage: Stage,
  name: string,
  count: number,
): Promise<{ acks: number[]; edits: number[] }> {
  const { slack } = stage;
  const before = slack.messages('C0BILLING').length;
  const queue = new Queue(stage.queue, { connection: { url: bench.redis_url } });
  await queue.addBulk(
    Array.from({ length: count }, (_, at) => ({ name: 'item', data: unsureItem(`${name}-${at}`) })),
  );
  await queue.close();
  await slack.until(() => slack.messages('C0BILLING').length >= before + count, {
    timeout_ms: 120_000,
    what: `${count} cards`,
  });
  const cards = slack.messages('C0BILLING').slice(before);

  const acks: number[] = [];
  const edits: number[] = [];
  const clicked = new Map<string, number>();
  const edited = new Promise<void>((resolve) => {
    const off = slack.onChange((change) => {
      if (change.type !== 'message' || change.what !== 'changed') return;
      const since = clicked.get(change.ts);
      if (since === undefined) return;
      clicked.delete(change.ts);
      edits.push(now() - since);
      if (edits.length < count) return;
      off();
      resolve();
    });
  });
  const clicks: Promise<void>[] = [];
  for (const [at, card] of cards.entries()) {
    clicked.set(card.ts, now());
    const person = slack.user(EXPERTS[at % EXPERTS.length] ?? 'alice');
    clicks.push(
      person
        .clicks('Approve')
        .on(card)
        .then(({ acked_in_ms, failed }) => {
          if (acked_in_ms === null) throw new Error(`a click was not acked: ${failed}`);
          acks.push(acked_in_ms);
        }),
    );
    const gap = (-Math.log(1 - Math.random()) * 1000) / CLICKS_A_SECOND;
    await new Promise((resolve) => setTimeout(resolve, gap));
  }
  await Promise.all(clicks);
  await edited;
  return { acks, edits };
}
