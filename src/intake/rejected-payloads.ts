/**
 * What cannot be understood is kept as it came and shown to the data team's channel; many alike share one notice that
 * counts them. It can be looked at and closed, not decided.
 */
import { sha256 } from '../domain/hash.ts';
import { FIELDS, type FieldError } from '../domain/item.ts';
import { drawCard } from '../outbox/enqueue.ts';
import { keepable } from '../domain/keepable-json.ts';
import { evaluate } from '../../policies/routing/evaluate.ts';
import { insertCard, wantCardAgain, wantRawCardsAgain } from '../store/cards.ts';
import {
  closeRawPayload,
  countAlike,
  insertRawPayload,
  loadRawPayload,
  openAlike,
} from '../store/raw-payloads.ts';
import type { Person, Refused } from '../access/refused.ts';
import { mayDo } from '../access/may-do.ts';
import type { World } from '../world/world.ts';

export interface RawArrival {
  source: 'queue' | 'http';
  job_id: string | null;
  /** The id that the payload itself names, where it names one. */
  item_id: string | null;
  /** The text as it came. */
  payload: string;
  errors: FieldError[];
}

/** More of it is of no use to anyone who looks. */
const PAYLOAD_MOST = 300 * 1024;
const ALIKE_FOR_MS = 3_600_000;

/**
 * Alike is what fails first at the same field, wherever in it; fields that items do not have are one kind. A producer
 * that breaks in a hundred ways (keys made of ids, say) still gets as many notices as an item has fields, and no more.
 */
function kindOfField(field: string): string {
  const [name = ''] = field.split(/[.[]/, 1);
  return name === 'item' || FIELDS.has(name) ? name : 'unknown';
}

/** Keeps it. Returns its id. */
export async function keepRejectedPayload(world: World, arrival: RawArrival): Promise<string> {
  const policy = world.policy();
  const { domain } = evaluate(
    policy,
    { valid: false, errors: arrival.errors },
    { now: world.clock.now(), override_rate: 0, queue_depth: 0, sampling_key: world.samplingKey },
  );
  const likeness = sha256(
    JSON.stringify([arrival.source, domain.id, kindOfField(arrival.errors[0]?.field ?? 'item')]),
  );
  const id = world.ids.uuid();
  const job_id = arrival.job_id && keepable(arrival.job_id);
  await world.commit(async (unit) => {
    const alike = await openAlike(unit.db, likeness, unit.now - ALIKE_FOR_MS);
    await insertRawPayload(unit.db, {
      ...arrival,
      id,
      received_at: unit.now,
      job_id,
      item_id: arrival.item_id && keepable(arrival.item_id),
      payload: keepable(arrival.payload.slice(0, PAYLOAD_MOST)),
      likeness,
      seen: 1,
      channel: domain.channel,
      closed_at: null,
      closed_by: null,
    });
    await unit.audit({
      event: 'raw.kept',
      item_id: null,
      facts: {
        raw_id: id,
        source: arrival.source,
        characters: arrival.payload.length,
        // A field that items do not have was named by whoever sent it, and what they write is no fact of ours.
        fields: [...new Set(arrival.errors.map((one) => kindOfField(one.field)))],
      },
    });
    if (alike) {
      await countAlike(unit.db, alike.id);
      for (const card of await wantCardAgain(unit.db, alike.card_id))
        await drawCard(world, unit, null, card);
      return;
    }
    const card = {
      id: world.ids.uuid(),
      purpose: 'raw' as const,
      channel: domain.channel,
      raw_id: id,
    };
    await insertCard(unit.db, card);
    await drawCard(world, unit, null, { ...card, ts: null });
  });
  world.log.warn(
    { raw_id: id, job_id, fields: arrival.errors.map((one) => one.field) },
    'payload not understood: kept and shown to the data team',
  );
  return id;
}

export type Closed =
  | { done: true }
  | { done: false; refusal: Refused; record: null; decision: null }
  | { done: 'unknown'; look: string[] };

/** A person of the data team (or a manager) has looked at it. */
export async function closeRejectedPayload(
  world: World,
  raw_id: string,
  person: Person,
): Promise<Closed> {
  return world.commit(async (unit): Promise<Closed> => {
    const refuse = (refusal: Refused): Closed => ({
      done: false,
      refusal,
      record: null,
      decision: null,
    });
    const raw = await loadRawPayload(unit.db, raw_id);
    if (!raw) return refuse({ refused: 'gone' });
    const policy = world.policy();
    const domain = Object.values(policy.domains).find((one) => one.channel === raw.channel);
    const deed = { deed: 'close_raw', domain: domain?.id ?? null } as const;
    const may = mayDo(policy, deed, person, world);
    if (may.may === 'unknown') return { done: 'unknown', look: may.look };
    if (may.may === 'no') return refuse(may.refusal);
    if (!(await closeRawPayload(unit.db, raw_id, person.user, unit.now))) return { done: true };
    await unit.audit({
      event: 'raw.closed',
      item_id: null,
      facts: { raw_id, slack_user: person.user },
    });
    for (const card of await wantRawCardsAgain(unit.db, raw_id))
      await drawCard(world, unit, null, card);
    return { done: true };
  });
}
