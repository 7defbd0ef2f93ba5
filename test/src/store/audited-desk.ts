/**
 * A database with a history, made by the use cases themselves: real SQLite file, the shipped policy, the clock in the
 * test's hand, no Slack. What Slack would have shown is recorded as the delivery records it.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { ONE_RUNG } from '../../scenarios/one-rung.ts';
import { parsePolicy } from '../../../policies/file/parse-policy.ts';
import { acceptItem } from '../../../src/intake/accept-item.ts';
import { cancelItem } from '../../../src/items/cancel-item.ts';
import { claimItem } from '../../../src/items/claim-item.ts';
import { compareBlind, keepOwnWords } from '../../../src/group-review/compare-blind.ts';
import { decideItem } from '../../../src/items/decide-item.ts';
import { loadHolds } from '../../../src/world/holds.ts';
import { parseItem } from '../../../src/domain/parse-item.ts';
import { keepRejectedPayload } from '../../../src/intake/rejected-payloads.ts';
import type { Verdict } from '../../../src/domain/lifecycle.ts';
import { recordFeedback } from '../../../src/items/record-feedback.ts';
import { sendBack } from '../../../src/group-review/send-back.ts';
import { cardShown, cardsOfItem, keepCardView } from '../../../src/store/cards.ts';
import { createCommit } from '../../../src/store/commit.ts';
import { migrate, openDatabase } from '../../../src/store/database.ts';
import { sweepDeadlines } from '../../../src/items/sweep-deadlines.ts';
import type { World } from '../../../src/world/world.ts';
import { duration, manualClock, type ManualClock } from '../../manual-clock.ts';
import { edited } from '../../edited.ts';

export interface AuditedDesk {
  world: World;
  clock: ManualClock;
  folder: string;
  /** The database file. */
  file: string;
  submit(item: object): Promise<void>;
  /** Slack shows the item's card. */
  shown(id: string, words?: string): Promise<void>;
  /** It turned out to be wrong. */
  feedback(id: string, truth: string): Promise<void>;
  claims(user: string, id: string, take?: boolean): Promise<void>;
  decides(user: string, id: string, verdict: Verdict): Promise<void>;
  advance(by: string): Promise<void>;
  close(): Promise<void>;
}

const TEAM = 'T0SIMULATED';
/** What the shipped policy does not show. */
const MORE_RULES = `  - {id: blind, when: "'blind' in item.tags", route: {ask: {blind: true, after: let_through}}}
  - {id: together, when: "'together' in item.tags", route: {ask: {quorum: 2}}}
  - {id: staged, when: "'staged' in item.tags", route: {ask: {stages: [{name: review, by: U0ALICE}, {name: compliance, by: U0BOB, level: 3}]}}}
`;

/** @param change of the policy's YAML */
export async function openAuditedDesk(
  change: (yaml: string) => string = (yaml) => yaml,
): Promise<AuditedDesk> {
  const folder = mkdtempSync(join(tmpdir(), 'hitl-audit-'));
  const file = join(folder, 'hitl.db');
  const db = openDatabase(file);
  await migrate(db);
  const parsed = parsePolicy(change(edited(ONE_RUNG, ['rules:\n', `rules:\n${MORE_RULES}`])));
  if (!parsed.ok) throw new Error('the shipped policy is not good');
  const clock = manualClock(Date.parse('2026-11-23T09:00:00Z'));
  const members = new Set(['U0ALICE', 'U0BOB', 'U0CAROL']);
  const world: World = {
    clock,
    ids: { uuid: () => randomUUID(), salt: () => randomBytes(16).toString('hex') },
    db,
    commit: createCommit({ db, clock }),
    holds: await loadHolds(db),
    policy: () => parsed.policy,
    membersOf: () => members,
    accountOf: () => 'member',
    onCall: () => [],
    shifts: {
      overrides: () => [],
      gone: () => new Set(),
      gapsMayDiffer: () => false,
      refresh: async () => {},
    },
    samplingKey: 'of a stand',
    ownTeam: () => TEAM,
    workspaceUrl: () => 'https://acme.slack.com/',
    callbackProblem: () => null,
    replyProblem: () => null,
    log: pino({ level: 'silent' }),
  };
  let posted = 0;
  const person = (user: string) => ({ user, team: TEAM, name: user.toLowerCase() });
  const cardOf = async (id: string) => {
    const card = (await cardsOfItem(db, id)).find((one) => one.purpose === 'decide');
    if (!card) throw new Error(`${id} has no card`);
    return card;
  };
  return {
    world,
    clock,
    folder,
    file,
    async submit(written) {
      const item = parseItem(written);
      if (!item.ok) throw new Error(JSON.stringify(item.errors));
      const accepted = await acceptItem(world, { ...item, source: 'http' });
      if (accepted.accepted !== 'new') throw new Error(accepted.accepted);
    },
    async shown(id, words = `the card of ${id}`) {
      const card = await cardOf(id);
      const ts = `${clock.now() / 1000}.${String((posted += 1)).padStart(6, '0')}`;
      await world.commit(async ({ db: unit, now: at }) => {
        await cardShown(unit, { id: card.id, channel: card.channel, ts, rev: 1, at });
        await keepCardView(unit, {
          card_id: card.id,
          view_rev: 1,
          salt: world.ids.salt(),
          shown_json: JSON.stringify([{ type: 'section', text: words }]),
        });
      });
    },
    async feedback(id, truth) {
      await recordFeedback(world, id, { verdict: 'wrong', truth }, 'crm');
    },
    async claims(user, item_id, take = true) {
      const claimed = await claimItem(world, { item_id, person: person(user), take });
      if (claimed.done !== true) throw new Error(JSON.stringify(claimed));
    },
    async decides(user, item_id, verdict) {
      const decided = await decideItem(world, {
        item_id,
        person: person(user),
        verdict,
        card_id: (await cardOf(item_id)).id,
      });
      if (decided.done !== true) throw new Error(JSON.stringify(decided));
    },
    async advance(by) {
      clock.advance(duration(by));
      await sweepDeadlines(world);
    },
    async close() {
      await db.destroy();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const refund = (id: string, more: object = {}) => ({
  id,
  kind: 'approval',
  domain: 'billing',
  title: 'Refund 240 EUR to customer 88?',
  action: { name: 'refund', args: { amount: 240 } },
  confidence: 0.42,
  impact: 5,
  ...more,
});
const question = (id: string, more: object = {}) => ({
  id,
  kind: 'question',
  domain: 'support',
  title: 'Does the warranty cover water damage?',
  confidence: 0.3,
  impact: 4,
  ...more,
});

/** Every way an item can go, once. */
export async function liveThrough(desk: AuditedDesk): Promise<void> {
  const at = (ms: number) => new Date(desk.clock.now() + ms).toISOString();
  await desk.submit(refund('let-through', { confidence: 0.97, impact: 2 }));
  await desk.submit(refund('refused', { action: { name: 'delete_account' } }));
  for (const id of ['waits', 'claimed', 'released', 'approved', 'edited', 'rejected', 'cancelled'])
    await desk.submit(refund(id, { requester: { name: 'bot', slack_user: 'U0ERIN' } }));
  await desk.submit(refund('wired', { tags: ['wire'], expires_at: at(86_400_000) }));
  await desk.submit(question('answered', { options: [{ id: 'no', label: 'No' }] }));
  await desk.submit(question('told-in-words', { domain: 'data-ops' }));
  await desk.submit(question('never-shown'));
  await desk.submit(question('ran-out', { expires_at: at(1_800_000) }));
  await desk.submit({
    id: 'preferred',
    kind: 'comparison',
    title: 'Which answer is better?',
    domain: 'support',
    candidates: [
      { id: 'a', text: 'It is covered.' },
      { id: 'b', text: 'It is not.' },
    ],
  });
  await liveBlind(desk);
  await liveTogether(desk);
  await keepRejectedPayload(desk.world, {
    source: 'http',
    job_id: null,
    item_id: null,
    payload: '{',
    errors: [{ field: 'item', problem: 'is not JSON' }],
  });
  for (const id of ['claimed', 'released', 'approved', 'edited', 'rejected', 'wired', 'ran-out'])
    await desk.shown(id);
  for (const id of ['answered', 'told-in-words', 'preferred']) await desk.shown(id);
  desk.clock.advance(60_000);
  await desk.claims('U0ALICE', 'released');
  desk.clock.advance(1000);
  await desk.claims('U0ALICE', 'released', false);
  await desk.claims('U0BOB', 'claimed');
  await desk.claims('U0BOB', 'approved');
  await desk.decides('U0ALICE', 'approved', { word: 'approve' });
  await desk.decides('U0ALICE', 'edited', { word: 'edit', edited: { amount: 200 } });
  await desk.decides('U0BOB', 'rejected', {
    word: 'reject',
    rationale: 'The bank decides.',
    error_tags: ['out_of_scope', 'factual'],
  });
  await desk.decides('U0ALICE', 'wired', { word: 'approve', rationale: 'The amount is right.' });
  await desk.decides('U0BOB', 'wired', { word: 'approve', rationale: 'The contract says so.' });
  await desk.decides('U0CAROL', 'answered', { word: 'answer', answer: 'No', choice: 'no' });
  await desk.decides('U0CAROL', 'told-in-words', { word: 'answer', answer: 'Only rain.' });
  await desk.decides('U0ALICE', 'preferred', {
    word: 'prefer',
    choice: 'b',
    rationale: 'Shorter.',
  });
  await cancelItem(desk.world, 'cancelled');
  await recordFeedback(desk.world, 'edited', { verdict: 'wrong', truth: { amount: 220 } }, 'crm');
  await recordFeedback(desk.world, 'answered', { verdict: 'right' }, 'crm');
  await desk.advance('25m');
  await desk.advance('10m');
}

/** Checks behind what was let through, answered before the AI's words are seen. */
async function liveBlind(desk: AuditedDesk): Promise<void> {
  const { world } = desk;
  const carol = { user: 'U0CAROL', team: TEAM, name: 'carol' };
  const asked = question('blind-question', { tags: ['blind'], proposal: 'Yes.' });
  const review = { ...asked, id: 'blind-review', kind: 'review' };
  await desk.submit(asked);
  await desk.submit(review);
  const [first = '', second = ''] = (
    await world.db.selectFrom('items').select('id').where('blind', '=', 1).orderBy('kind').execute()
  ).map((row) => row.id);
  await desk.shown(first);
  await desk.shown(second);
  await desk.decides('U0CAROL', first, { word: 'answer', answer: 'No.' });
  await compareBlind(world, { item_id: first, person: carol, compared: 'different' });
  const card_id = (await cardsOfItem(world.db, second))[0]?.id ?? null;
  const kept = { item_id: second, person: carol, answer: 'No.', seen_rev: 1, card_id };
  await keepOwnWords(world, kept);
  const edit = { word: 'edit' as const, edited: 'No.' };
  await decideItem(world, {
    item_id: second,
    person: carol,
    verdict: edit,
    card_id,
    compared: 'different',
  });
}

/** Several people: a quorum that agrees and one that changes its mind, stages that pass, and one that sends back. */
async function liveTogether(desk: AuditedDesk): Promise<void> {
  for (const id of ['agreed', 'disagreed']) await desk.submit(refund(id, { tags: ['together'] }));
  for (const id of ['staged', 'sent-back']) await desk.submit(refund(id, { tags: ['staged'] }));
  for (const id of ['agreed', 'disagreed', 'staged', 'sent-back']) await desk.shown(id);
  const edit = { word: 'edit' as const, edited: { amount: 100 } };
  await desk.decides('U0ALICE', 'agreed', edit);
  await desk.decides('U0BOB', 'agreed', { ...edit, rationale: 'Half was used.' });
  const no = {
    word: 'reject' as const,
    rationale: 'The contract.',
    error_tags: ['factual' as const],
  };
  await desk.decides('U0ALICE', 'disagreed', { word: 'approve' });
  await desk.decides('U0BOB', 'disagreed', no);
  await desk.decides('U0ALICE', 'disagreed', no);
  await desk.decides('U0ALICE', 'staged', { word: 'approve', rationale: 'The invoice is there.' });
  await desk.decides('U0BOB', 'staged', { word: 'approve' });
  await desk.decides('U0ALICE', 'sent-back', { word: 'approve' });
  const bob = { user: 'U0BOB', team: TEAM, name: 'bob' };
  const sent = await sendBack(desk.world, {
    item_id: 'sent-back',
    person: bob,
    rationale: 'Which invoice?',
    seen_rev: 2,
    card_id: null,
  });
  if (sent.done !== true) throw new Error(JSON.stringify(sent));
  await desk.decides('U0ALICE', 'sent-back', { word: 'approve', rationale: 'Invoice 1182.' });
  await desk.decides('U0BOB', 'sent-back', no);
}
