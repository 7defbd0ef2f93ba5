/** In a process of its own: draws Homes on a database with a long history, and prints how long each took as JSON, ms. */
import pino from 'pino';
import { homeView } from '../blocks/home/home.ts';
import { withinLimits } from '../blocks/text/limits.ts';
import { systemClock } from '../src/domain/clock.ts';
import { loadHolds } from '../src/world/holds.ts';
import { homeOf } from '../src/home/home-of.ts';
import { createIds } from '../src/world/ids.ts';
import { loadPolicy } from '../src/app/load-policy.ts';
import { openShiftBook } from '../src/on-call/on-call.ts';
import { createCommit } from '../src/store/commit.ts';
import { openDatabase } from '../src/store/database.ts';
import type { World } from '../src/world/world.ts';

const given = JSON.parse(process.argv[2] ?? '{}') as { file: string; times: number; now: number };
const loaded = await loadPolicy('policies/default.yaml');
if (!loaded.ok) throw new Error(loaded.problems.join('\n'));
const { policy } = loaded;
const db = openDatabase(given.file, { readonly: true });
const clock = { ...systemClock, now: () => given.now };
const shifts = await openShiftBook(db, clock, () => policy);
const world: World = {
  clock,
  ids: createIds(clock),
  db,
  commit: createCommit({ db, clock }),
  holds: await loadHolds(db),
  policy: () => policy,
  membersOf: () => new Set(['U0ALICE']),
  accountOf: () => 'member',
  onCall: shifts.onCall,
  shifts,
  samplingKey: 'of a stand',
  ownTeam: () => 'T0',
  workspaceUrl: () => 'https://acme.slack.com/',
  callbackProblem: () => null,
  replyProblem: () => null,
  log: pino({ level: 'warn' }, pino.destination(2)),
};
const took: Record<string, number[]> = { expert: [], manager: [] };
try {
  for (let time = 0; time < given.times; time += 1) {
    for (const [who, user] of [
      ['expert', 'U0ALICE'],
      ['manager', 'U0BOSS'],
    ] as const) {
      const began = performance.now();
      const found = await homeOf(world, { user, team: 'T0', name: user });
      if ('unknown' in found) throw new Error('whose members are not known?');
      withinLimits('home', homeView(found.home));
      took[who]?.push(performance.now() - began);
    }
  }
} finally {
  await db.destroy();
}
process.stdout.write(JSON.stringify(took));
