/**
 * Accepts an item: policy decides what happens to it, and the item, its audit entry and its first effects are written
 * in one transaction. A replay changes nothing and is told what came of the first; another body under the same id is a
 * conflict.
 */
import { digestOf, saltedDigest } from '../domain/hash.ts';
import type { Decision, ItemRecord } from '../domain/decision.ts';
import { allowedFor, type FieldError, type Item } from '../domain/item.ts';
import { admissionErrors } from '../domain/parse-item.ts';
import { reaches, type TokenReach } from '../domain/producer.ts';
import { checkItem } from '../domain/check-item.ts';
import { transition, type Several } from '../domain/lifecycle.ts';
import { askItem } from './ask-item.ts';
import { endItem } from '../outcome/end-item.ts';
import { heldBack, type HeldBack } from './hold-back.ts';
import { drawCardsAgain } from '../outbox/enqueue.ts';
import { hasRoom } from '../backlog/has-room.ts';
import { insertReopened } from '../store/reopened.ts';
import type { Unit } from '../store/commit.ts';
import { loadDecision } from '../store/decisions.ts';
import { insertItem, loadItemWithSalt, overrideRate, queueDepth } from '../store/items.ts';
import { clocksOf, planLadder } from '../../policies/schedule/ladder.ts';
import { evaluate } from '../../policies/routing/evaluate.ts';
import { domainOf } from '../../policies/domain-of.ts';
import { PLAIN_ASK, type Policy, type Route } from '../../policies/policy.ts';
import type { EvaluationContext } from '../../policies/conditions/evaluation-context.ts';
import { itemFacts } from '../store/item-facts.ts';
import type { World } from '../world/world.ts';
import { acceptedFacts } from './accepted-facts.ts';

export type Accepted =
  | { accepted: 'new' | 'replay'; record: ItemRecord; decision: Decision | null }
  | { accepted: 'conflict'; id: string }
  | { accepted: 'refused'; errors: FieldError[] };

export interface Incoming {
  item: Item;
  /** Its canonical JSON. */
  written: string;
  source: ItemRecord['source'];
  /** The name of the token that it came under; absent: it came by another way. */
  owner?: string | null;
  /** Who asks, where it came under a token: what others put in is nothing to it. */
  token?: TokenReach;
  /** The asking message to be posted for a person who asked in Slack: a user's id (their DM). */
  asked_in?: string;
  /** The item that was let through, where this is the check behind it. */
  check_of?: string;
  /** The item that expired, where this asks it again; then a person is asked whatever the policy now says. */
  reopened?: { from: string; by: string };
}

const WEEK_MS = 7 * 24 * 3_600_000;

/** Takes an item in. Resolves once it is on disk. */
export async function acceptItem(world: World, incoming: Incoming): Promise<Accepted> {
  const policy = world.policy();
  const context = await contextOf(world, policy, incoming.item);
  const accepted = await world.commit(async (unit): Promise<Accepted> => {
    const known = await loadItemWithSalt(unit.db, incoming.item.id);
    if (known) return repeated(unit, known, incoming);
    const errors = admissionErrors(incoming.item, unit.now, world);
    if (errors.length > 0) return { accepted: 'refused', errors };
    const evaluated = evaluate(policy, { valid: true, item: incoming.item }, context);
    const found = heldBack(
      world,
      incoming.item,
      incoming.reopened ? { ...evaluated, route: askedOnly(evaluated.route) } : evaluated,
    );
    return found.route.type === 'ask' && found.route.after === 'let_through'
      ? checkBehind(world, unit, policy, incoming, found)
      : accept(world, unit, policy, incoming, found);
  });
  logAccepted(world, incoming.item.id, accepted);
  return accepted;
}

function logAccepted(world: World, item_id: string, accepted: Accepted): void {
  switch (accepted.accepted) {
    case 'new':
      return world.log.info(
        { item_id, rule: accepted.record.rule, status: accepted.record.status },
        'item accepted',
      );
    case 'replay':
      return world.log.info(
        { item_id, status: accepted.record.status },
        'item known already: nothing happens twice',
      );
    case 'conflict':
      return world.log.warn({ item_id }, 'another item has this id: refused');
    case 'refused':
      return world.log.warn(
        { item_id, fields: accepted.errors.map((one) => one.field) },
        'item refused',
      );
    default:
      return accepted satisfies never;
  }
}

async function repeated(
  unit: Unit,
  known: { record: ItemRecord; salt: string | null },
  incoming: Incoming,
): Promise<Accepted> {
  const { record, salt } = known;
  const same =
    salt !== null &&
    digestOf(salt, incoming.written) === record.item_digest &&
    (incoming.token === undefined || reaches(incoming.token, record));
  if (!same) return { accepted: 'conflict', id: record.id };
  return { accepted: 'replay', record, decision: await loadDecision(unit.db, record.id) };
}

/** Lets it through at once, and has it asked behind that as an item of its own. */
async function checkBehind(
  world: World,
  unit: Unit,
  policy: Policy,
  incoming: Incoming,
  found: HeldBack,
): Promise<Accepted> {
  const check = checkItem(incoming.item);
  const { item, source, owner } = incoming;
  const let_through = { ...found, route: { type: 'let_through' as const } };
  const accepted = await accept(world, unit, policy, incoming, let_through, check.item.id);
  await accept(world, unit, policy, { ...check, source, owner, check_of: item.id }, found);
  return accepted;
}

/** Takes in what has been judged, inside the caller's transaction. */
export async function accept(
  world: World,
  unit: Unit,
  policy: Policy,
  incoming: Incoming,
  found: HeldBack,
  /** The item that checks this one, where it is let through and asked behind that. */
  checked_by?: string,
): Promise<Accepted> {
  const { item, written, source, owner = null } = incoming;
  const salt = world.ids.salt();
  const route = found.route;
  const ladder = route.type === 'ask' ? planLadder(policy, found.domain, route) : null;
  const first = ladder?.rungs[0];
  // Whoever asks again by hand wants to see it.
  const behind =
    ladder !== null && !incoming.reopened && !(await hasRoom(unit, found.domain, item));
  const record: ItemRecord = {
    id: item.id,
    kind: item.kind,
    allowed: allowedFor(item),
    requester_slack_user: item.requester?.slack_user ?? null,
    version: 1,
    view_rev: 1,
    status: 'open',
    outcome: null,
    claimed_by: null,
    claimed_at: null,
    decided_at: null,
    item,
    item_digest: digestOf(salt, written),
    domain: found.domain.id,
    rule: found.rule,
    policy_version: policy.version,
    why: found.why,
    level: first?.level ?? 0,
    by: route.type === 'ask' ? (route.stages[0]?.by ?? route.by) : null,
    reason_required: route.type === 'ask' && route.reason === 'always',
    fallback: ladder?.fallback ?? null,
    at_the_end: ladder?.at_the_end ?? 'expired',
    impact: item.impact ?? 10,
    source,
    owner,
    requested_at: unit.now,
    due_at: ladder && first ? clocksOf(first, ladder.hours, unit.now).decide_by : null,
    expires_at: item.expires_at === undefined ? null : Date.parse(item.expires_at),
    check_of: incoming.check_of ?? null,
    blind: route.type === 'ask' && route.blind,
    behind_since: behind ? unit.now : null,
    several: severalOf(route),
  };
  const ended =
    route.type === 'ask'
      ? null
      : transition(record, { type: route.type === 'refuse' ? 'refuse' : 'let_through' }, unit.now);
  const kept: ItemRecord = ended?.ok ? { ...record, ...ended.state } : record;
  const sample = policy.rules.find((one) => one.id === found.rule)?.sample ?? null;
  const body = itemFacts(item, kept.outcome);
  const given = { sample };
  await insertItem(unit.db, kept, salt, body, given);
  await unit.audit({
    event: 'item.accepted',
    item_id: item.id,
    facts: {
      ...acceptedFacts(record, body, given),
      why_digest: saltedDigest(salt, record.why),
      held: found.held,
      condition_errors:
        found.condition_errors.length > 0
          ? found.condition_errors.map((one) => one.rule)
          : undefined,
      checked_by,
      behind: behind || undefined,
    },
  });
  if (ended?.ok) {
    const rationale = route.type === 'refuse' ? route.reason : undefined;
    const words = {
      action: route.type === 'refuse' ? undefined : item.action,
      rationale,
      error_tags: [],
    };
    const decision = await endItem(world, unit, {
      record: kept,
      next: kept,
      by: { type: 'policy' },
      words,
      fresh: true,
    });
    return { accepted: 'new', record: kept, decision };
  }
  if (incoming.reopened) await linkReopened(world, unit, kept, incoming.reopened);
  if (ladder) await askItem(world, unit, kept, found.domain, ladder, incoming.asked_in);
  return { accepted: 'new', record: kept, decision: null };
}

/** Whether one person decides it (null), or several. */
function severalOf(route: Route): Several | null {
  if (route.type !== 'ask' || (route.quorum < 2 && route.stages.length === 0)) return null;
  const { quorum, stages } = route;
  return { quorum, stages, stage: 0, sent_back: [], from_rung: 1, singly: false };
}

/** A person who asks again wants a person's word. */
const askedOnly = (route: Route): Route =>
  route.type === 'ask' ? { ...route, after: null } : PLAIN_ASK;

/** It is linked to what it was, whose cards say so. */
async function linkReopened(
  world: World,
  unit: Unit,
  record: ItemRecord,
  { from, by }: NonNullable<Incoming['reopened']>,
): Promise<void> {
  await insertReopened(unit.db, { item_id: record.id, from_id: from, by, at: unit.now });
  await unit.audit({
    event: 'item.reopened',
    item_id: from,
    facts: { slack_user: by, as: record.id },
  });
  await drawCardsAgain(world, unit, { ...record, id: from });
}

/** What the conditions may read of the item's surroundings; queried only where a rule mentions it. */
async function contextOf(world: World, policy: Policy, item: Item): Promise<EvaluationContext> {
  const now = world.clock.now();
  const domain = domainOf(policy, item.domain).id;
  return {
    now,
    override_rate: policy.reads.has('override_rate')
      ? await overrideRate(world.db, domain, now - WEEK_MS)
      : 0,
    queue_depth: policy.reads.has('queue_depth') ? await queueDepth(world.db, domain) : 0,
    sampling_key: world.samplingKey,
  };
}
