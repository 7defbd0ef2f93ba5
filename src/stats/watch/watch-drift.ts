/**
 * Looks once an hour whether what comes in has changed: the last 7 days against the 28 before them. The operators are
 * told once when a mix has moved, and once when it is as before.
 */
import { AS_BEFORE, DRIFTED, MIXES, type Drift, type Mix } from '../formulas/drift.ts';
import type { EpochMs } from '../../domain/clock.ts';
import { repeat, type Repeated } from '../../world/repeat.ts';
import { report, notifyOperatorsOnce } from '../../outbox/operator-notices.ts';
import { anySegment } from '../facts/fact-segments.ts';
import { forgetReported, notifiedAt } from '../../store/operator-notices.ts';
import type { World } from '../../world/world.ts';

const EVERY_MS = 3_600_000;
const DAY_MS = 24 * 3_600_000;
const RECENT_MS = 7 * DAY_MS;
const REFERENCE_MS = 28 * DAY_MS;

export interface DriftQuestion {
  ask: 'drift';
  reference: { from: EpochMs; to: EpochMs };
  recent: { from: EpochMs; to: EpochMs };
}

/** Looks now. `ask` computes it. */
export async function lookForDrift(
  world: World,
  ask: (question: DriftQuestion) => Promise<Drift>,
): Promise<void> {
  // Before a first segment there are too few items to make a mix of.
  if (!(await anySegment(world.db))) return;
  const to = world.clock.now();
  const from = to - RECENT_MS;
  const reference = { from: from - REFERENCE_MS, to: from };
  const drift = await ask({ ask: 'drift', reference, recent: { from, to } });
  await world.commit(async (unit) => {
    for (const mix of MIXES) {
      const index = drift[mix];
      if (index === null) continue;
      const trouble = `drift:${mix}`;
      if (index > DRIFTED)
        await notifyOperatorsOnce(
          world,
          unit,
          trouble,
          Number.POSITIVE_INFINITY,
          driftedWords(mix, index),
        );
      else if (index < AS_BEFORE && (await notifiedAt(unit.db, trouble)) !== null) {
        await forgetReported(unit.db, trouble);
        await report(world, unit, backWords(mix, index));
      }
    }
  });
}

const NAMES: Record<Mix, string> = {
  confidence: 'how sure the AI says it is',
  domain: 'which domains items are about',
  tags: 'which tags items carry',
};

const LOOK: Record<Mix, string> = {
  confidence:
    'A new model or prompt? Thresholds set before may not hold: `/hitl thresholds DOMAIN`.',
  domain: 'A new producer, or one that stopped? `/hitl stats 7d by domain` shows which.',
  tags: 'A new kind of request? See what the latest cards have in common.',
};

const driftedWords = (mix: Mix, index: number): string =>
  `What comes in has changed: ${NAMES[mix]}, the last 7 days against the 28 before (PSI ${index.toFixed(2)}, over ${DRIFTED}). ${LOOK[mix]}`;

const backWords = (mix: Mix, index: number): string =>
  `What comes in is as before again: ${NAMES[mix]} (PSI ${index.toFixed(2)}).`;

/** Once an hour. */
export const startDriftWatch = (
  world: World,
  ask: (question: DriftQuestion) => Promise<Drift>,
): Repeated =>
  repeat(
    world,
    { every_ms: EVERY_MS, first: 'later', failed: 'looking for drift failed; again in an hour' },
    () => lookForDrift(world, ask),
  );
