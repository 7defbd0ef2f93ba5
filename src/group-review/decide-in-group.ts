/**
 * Where several people decide: what they have said so far, and what one more word comes to. It waits for others, passes
 * the item to the next stage, or ends it. One transaction, the caller's.
 */
import { drawCardsAgain } from '../outbox/enqueue.ts';
import type { Person } from '../access/refused.ts';
import type { Approval, Decision, ItemRecord, Opinion } from '../domain/decision.ts';
import { endItem, wordsOf } from '../outcome/end-item.ts';
import type { ErrorTag } from '../domain/item.ts';
import type { ItemState, LifeEvent, Several, Verdict } from '../domain/lifecycle.ts';
import { fallBackToSingle } from './fall-back-to-single.ts';
import {
  effectiveVerdict,
  signaturesOf,
  standingItem,
  type Signature,
} from '../domain/signatures.ts';
import type { Unit } from '../store/commit.ts';
import type { Db } from '../store/database.ts';
import { swapItem } from '../store/items.ts';
import { opinionsOf } from '../store/opinions.ts';
import { rungsOfItem } from '../store/rungs.ts';
import { agreementKey, agreementOf } from '../domain/agreement.ts';
import type { Seen } from '../outbox/seen-view.ts';
import { changeStage } from './change-stage.ts';
import { askedOf } from './who-is-asked.ts';
import { writeOpinion } from './write-opinion.ts';
import type { World } from '../world/world.ts';

/** What was said before, and what this word comes to beside it. */
export interface Together {
  several: Several;
  /** The item as earlier stages left it. */
  record: ItemRecord;
  /** What it comes to; what the person said where nobody edited before. */
  verdict: Verdict;
  signatures: Signature[];
  /** The person has said something else before. */
  changes_mind: boolean;
  event: Pick<
    Extract<LifeEvent, { type: 'decide' }>,
    'agreed' | 'repeats' | 'signed' | 'next_rung'
  >;
}

/** Looks at what was said before. */
export async function gather(
  db: Db,
  record: ItemRecord & { several: Several },
  person: Person,
  verdict: Verdict,
): Promise<Together> {
  const { several, item } = record;
  const opinions = await opinionsOf(db, record.id);
  const signatures = signaturesOf(opinions, several);
  const standing = item && standingItem(item, signatures);
  const others = signatures.filter((one) => one.person !== person.user);
  const key = agreementKey(verdict);
  const own =
    several.stages.length === 0
      ? signatures.find((one) => one.person === person.user)?.verdict
      : undefined;
  return {
    several,
    record: { ...record, item: standing },
    verdict: item && standing ? effectiveVerdict(item, standing, verdict) : verdict,
    signatures: several.stages.length === 0 ? others : signatures,
    changes_mind: own !== undefined,
    event: {
      repeats:
        own !== undefined &&
        agreementKey(own) === key &&
        (verdict.rationale ?? own.rationale) === own.rationale,
      agreed: 1 + others.filter((one) => agreementKey(one.verdict) === key).length,
      signed: signedBy(opinions),
      next_rung: (await rungsOfItem(db, record.id)).length + 1,
    },
  };
}

/** Who has had a word at which stage. */
export const signedBy = (opinions: readonly Opinion[]) =>
  opinions
    .filter((one) => one.word !== 'own_words')
    .map((one) => ({ by: one.slack_user, stage: one.stage }));

type Signed =
  | { signed: true; record: ItemRecord; decision: Decision | null }
  | { signed: 'unknown'; look: string[] };

/** Stores one more word. `next` is what `transition` made of it; `unknown` names what is to be looked up first. */
export async function sign(
  world: World,
  unit: Unit,
  word: {
    record: ItemRecord;
    next: ItemState;
    together: Together;
    person: Person;
    verdict: Verdict;
    seen: Seen;
    compared?: Decision['compared'];
  },
): Promise<Signed> {
  const { record, next, together, person, seen } = word;
  const { several } = together;
  const waits = next.status !== 'decided' && next.several?.stage === several.stage;
  const asked = waits ? await askedOf(world, unit.db, record) : null;
  const standing = waits
    ? agreementOf(
        [
          ...together.signatures.map(({ verdict, person }) => ({
            person,
            key: agreementKey(verdict),
          })),
          { person: person.user, key: agreementKey(word.verdict) },
        ],
        several.quorum,
        asked && asked.people,
      )
    : null;
  if (standing?.agreement === 'out_of_reach' && asked && asked.unknown.length > 0)
    return { signed: 'unknown', look: asked.unknown };
  const opinion = await writeOpinion(
    world,
    unit,
    said(record, several, person, word.verdict),
    seen,
    waits ? next : null,
  );
  if (next.status === 'decided') {
    const decision = await endItem(world, unit, {
      record,
      next,
      by: { type: 'human', slack_user: person.user, name: person.name, level: record.level },
      words: wordsTogether(together, word.verdict),
      approvals: [...together.signatures.map((one) => one.opinion), opinion].map((one) =>
        approvalOf(one, several),
      ),
      seen,
      compared: word.compared,
    });
    return { signed: true, record: { ...record, ...next }, decision };
  }
  if (!waits)
    return { signed: true, record: await changeStage(world, unit, record, next), decision: null };
  await swapItem(unit.db, record, next);
  const waiting = { ...record, ...next };
  await drawCardsAgain(world, unit, record);
  const opened =
    standing?.agreement === 'out_of_reach' ? await fallBackToSingle(world, unit, waiting) : waiting;
  return { signed: true, record: opened, decision: null };
}

function said(
  record: ItemRecord,
  several: Several,
  person: Person,
  verdict: Verdict,
): Parameters<typeof writeOpinion>[2] {
  const { word, rationale } = verdict;
  return {
    item_id: record.id,
    slack_user: person.user,
    name: person.name,
    level: record.level,
    stage: several.stage,
    word,
    answer: word === 'answer' ? verdict.answer : undefined,
    edited: word === 'edit' ? verdict.edited : undefined,
    choice: word === 'answer' || word === 'prefer' ? verdict.choice : undefined,
    rationale,
    error_tags: word === 'reject' ? verdict.error_tags : [],
  };
}

const approvalOf = (opinion: Opinion, several: Several): Approval => ({
  slack_user: opinion.slack_user,
  stage: several.stages[opinion.stage]?.name ?? 'decide',
  // Signatures are verdicts.
  verdict: opinion.word as Verdict['word'],
  at: opinion.said_at,
});

/** The words of the end: of whoever completed it; the reason of those who agreed where they gave none, and all their tags. */
function wordsTogether({ record, verdict, signatures }: Together, own: Verdict) {
  const words = wordsOf(record, verdict);
  const key = agreementKey(own);
  const agreeing = signatures.filter(
    (one) =>
      one.opinion.stage > 0 || record.several?.stages.length || agreementKey(one.verdict) === key,
  );
  const reason = agreeing.findLast((one) => one.verdict.rationale)?.verdict.rationale;
  const tags = new Set<ErrorTag>(words.error_tags);
  for (const { verdict: one } of agreeing)
    if (one.word === 'reject') for (const tag of one.error_tags) tags.add(tag);
  return { ...words, rationale: words.rationale ?? reason, error_tags: [...tags] };
}
