/**
 * Freezes: a decision that calls an item a policy violation stops all that is like it from being let through, until
 * compliance lifts that. Where the policy has a `compliance_domain`, its people are asked, within their ladder's time.
 */
import { PLAIN_ASK, type Domain, type Policy } from '../../policies/policy.ts';
import { mayDo, type Answer } from '../access/may-do.ts';
import { accept } from '../intake/accept-item.ts';
import type { Where } from '../access/where.ts';
import type { Person, Refused } from '../access/refused.ts';
import type { Decision, ItemRecord } from '../domain/decision.ts';
import { endItem } from '../outcome/end-item.ts';
import { canonicalJson, saltedDigest, sha256 } from '../domain/hash.ts';
import { madeId } from '../domain/made-id.ts';
import { hiddenWords, hideIn, hidesField, maskSensitive } from '../domain/redact.ts';
import { titleDigest } from '../world/holds.ts';
import type { Item } from '../domain/item.ts';
import { transition } from '../domain/lifecycle.ts';
import { note } from '../outbox/enqueue.ts';
import type { Unit } from '../store/commit.ts';
import {
  confirmFreeze,
  endFreeze,
  forgetFrozen,
  freezeOfCheck,
  insertFreeze,
  loadFreeze,
  type Freeze,
} from '../store/holds.ts';
import { loadItem } from '../store/items.ts';
import type { World } from '../world/world.ts';

/** What routes the question to compliance. */
const RULE = 'policy-violation';

/** The id of the freeze that a decision on that item makes: the same each time. */
export const freezeId = (item_id: string): string =>
  `freeze-${sha256(`freeze\n${item_id}`).slice(7, 31)}`;

/** Whether a decision says that the AI violated a policy. What is asked about a freeze makes none of its own. */
export const callsViolation = (record: ItemRecord, decision: Pick<Decision, 'error_tags'>) =>
  decision.error_tags.includes('policy_violation') && record.source !== 'pager';

const complianceOf = ({ domains, compliance_domain }: Policy): Domain | null =>
  (compliance_domain === null ? undefined : domains[compliance_domain]) ?? null;

/** Freezes what is like the decided item, and asks compliance. Inside the decision's transaction. */
export async function freezeSimilar(
  world: World,
  unit: Unit,
  record: ItemRecord,
  decision: Decision,
): Promise<void> {
  const { item } = record;
  if (item === null || decision.decided_by.type !== 'human') return;
  const policy = world.policy();
  const compliance = complianceOf(policy);
  const id = freezeId(record.id);
  const salt = world.ids.salt();
  const freeze: Freeze = {
    id,
    item_id: record.id,
    decision_id: decision.id,
    domain: record.domain ?? policy.default_domain,
    action_name: item.action?.name ?? null,
    title_salt: salt,
    title_digest: titleDigest(salt, item.title),
    frozen_by: decision.decided_by.slack_user,
    frozen_at: unit.now,
    check_id: compliance ? madeId('freeze', record.id) : null,
    confirmed_by: null,
    confirmed_at: null,
    lifted_by: null,
    lifted_at: null,
  };
  if (compliance) {
    const asked = askCompliance(world, record, item, decision, freeze, compliance);
    await accept(
      world,
      unit,
      policy,
      { item: asked, written: canonicalJson(asked), source: 'pager' },
      {
        rule: RULE,
        route: { ...PLAIN_ASK, domain: compliance.id },
        domain: compliance,
        why: ['a decision called an item a policy violation'],
        condition_errors: [],
        tried: [],
      },
    );
  }
  await insertFreeze(unit.db, freeze);
  world.holds.freeze(freeze);
  await unit.audit({
    event: 'item.froze_similar',
    item_id: record.id,
    facts: {
      freeze_id: id,
      decision_id: decision.id,
      slack_user: freeze.frozen_by,
      domain: freeze.domain,
      action_digest:
        freeze.action_name === null ? undefined : saltedDigest(salt, freeze.action_name),
      title_digest: freeze.title_digest,
      check_id: freeze.check_id ?? undefined,
    },
  });
}

function askCompliance(
  world: World,
  record: ItemRecord,
  item: Item,
  decision: Decision,
  freeze: Freeze,
  compliance: Domain,
): Item {
  const shown = maskSensitive(item);
  const title = hidesField(item, 'title') ? `item ${record.id}` : item.title;
  const domain = world.policy().domains[freeze.domain]?.title ?? freeze.domain;
  const { decided_by } = decision;
  const who = decided_by.type === 'human' ? `${decided_by.name} (${decided_by.slack_user})` : '';
  const alike = [
    ...(freeze.action_name === null
      ? []
      : [`the action ${hiddenWords(shown.action?.name ?? freeze.action_name)} in ${domain}`]),
    'anything with the same title, numbers aside',
  ];
  return {
    id: madeId('freeze', record.id),
    kind: 'question',
    domain: compliance.id,
    title: `Keep frozen? ${title}`.slice(0, 300),
    body: `${who} called this a policy violation in ${domain}${decision.rationale === undefined ? '.' : `:\n${hideIn(item, decision.rationale)}`}`.slice(
      0,
      20_000,
    ),
    justification: `Nothing like it is let through until the freeze is lifted: ${alike.join('; ')}. An answer in words keeps it frozen.`,
    options: [
      { id: 'keep', label: 'Confirm, keep frozen' },
      { id: 'lift', label: 'Lift the freeze' },
    ],
    evidence: [
      { label: 'The item', text: record.id },
      { label: 'The decision', text: `${decision.id} (${decision.outcome})` },
    ],
    impact: 10,
    tags: [RULE],
  };
}

/** What compliance said of a freeze: kept or lifted. Inside their decision's transaction. Returns the freeze that was lifted. */
export async function settleCheck(
  world: World,
  unit: Unit,
  record: ItemRecord,
  decision: Decision,
): Promise<string | null> {
  if (record.source !== 'pager' || decision.decided_by.type !== 'human') return null;
  const freeze = await freezeOfCheck(unit.db, record.id);
  if (!freeze || freeze.lifted_at !== null) return null;
  const by = decision.decided_by.slack_user;
  if (decision.choice === 'lift') return (await lift(unit, freeze, by)) ? freeze.id : null;
  await confirmFreeze(unit.db, freeze.id, by, unit.now);
  world.holds.freeze({ ...freeze, confirmed_by: by, confirmed_at: unit.now });
  await unit.audit({
    event: 'item.freeze_confirmed',
    item_id: freeze.item_id,
    facts: { freeze_id: freeze.id, slack_user: by },
  });
  return null;
}

async function lift(unit: Unit, freeze: Freeze, by: string): Promise<boolean> {
  if (!(await endFreeze(unit.db, freeze.id, by, unit.now))) return false;
  await forgetFrozen(unit.db, freeze.item_id);
  await unit.audit({
    event: 'item.freeze_lifted',
    item_id: freeze.item_id,
    facts: { freeze_id: freeze.id, slack_user: by },
  });
  return true;
}

export type Lifted =
  | { done: true }
  | { done: false; refusal: Refused; record: null; decision: null }
  | { done: 'unknown'; look: string[] };

/** Lifts a freeze from the list; the question that compliance still has open is taken back. They are told privately. */
export async function liftFreeze(
  world: World,
  asked: { freeze_id: string; person: Person; where: Where },
): Promise<Lifted> {
  const { freeze_id, person, where } = asked;
  const refuse = (refusal: Refused): Lifted => ({
    done: false,
    refusal,
    record: null,
    decision: null,
  });
  const may = mayLift(world, person);
  if (may.may === 'unknown') return { done: 'unknown', look: may.look };
  if (may.may === 'no') return refuse(may.refusal);
  const lifted = await world.commit(async (unit): Promise<Lifted> => {
    const freeze = await loadFreeze(unit.db, freeze_id);
    if (!freeze) return refuse({ refused: 'gone' });
    const now = await lift(unit, freeze, person.user);
    if (now && freeze.check_id !== null) await takeBack(world, unit, freeze.check_id);
    const words = now
      ? 'Lifted: items like this can be let through again.'
      : 'That freeze was lifted already.';
    await note(world, unit, { ...where, user: person.user }, words);
    return { done: true };
  });
  if (lifted.done === true) world.holds.drop(freeze_id);
  return lifted;
}

async function takeBack(world: World, unit: Unit, check_id: string): Promise<void> {
  const record = await loadItem(unit.db, check_id);
  const moved = record && transition(record, { type: 'cancel' }, unit.now);
  if (!record || !moved?.ok) return;
  await endItem(world, unit, {
    record,
    next: moved.state,
    by: { type: 'policy' },
    words: { error_tags: [] },
  });
}

/** The `compliance_domain` lifts freezes; where the policy has none, the managers do. */
export const mayLift = (world: World, person: Person): Answer =>
  mayDo(world.policy(), { deed: 'lift_freeze' }, person, world);
