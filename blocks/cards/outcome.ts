/** How an item ended, for the card, its details and the lines in a thread. Pure. */
import type { RichTextBlockElement, RichTextElement } from '@slack/types';
import { canonicalJson } from '../../src/domain/hash.ts';
import type { Compared, Decision, ItemRecord } from '../../src/domain/decision.ts';
import type { RungTried } from '../../src/domain/wire.ts';
import type { Item, Outcome } from '../../src/domain/item.ts';
import { approvalLines } from './approval-lines.ts';
import { candidateLetter, candidateOrder } from './candidate-order.ts';
import { changes } from '../text/changes.ts';
import { editableOf } from './editable.ts';
import { maskDecision, maskSensitive } from '../../src/domain/redact.ts';
import {
  bold,
  bullets,
  date,
  ours,
  quote,
  said,
  saidBlock,
  section,
  user,
} from '../text/rich-text.ts';
import { fieldElements, jsonParts, textParts, type ValueRoom } from '../text/shown-parts.ts';
import { DECIDER_WORDS, OUTCOME_WORDS, TAG_WORDS, joined, spanWords } from '../text/words.ts';

/** How it ended in a sign and a few words: `OUTCOME_WORDS`, where a preference says for which candidate, or for none. */
export function endWords(
  record: Pick<ItemRecord, 'item' | 'outcome'>,
  decision: Decision | null,
): (typeof OUTCOME_WORDS)[keyof typeof OUTCOME_WORDS] {
  const outcome = decision?.outcome ?? record.outcome ?? 'expired';
  const words = OUTCOME_WORDS[outcome];
  if (outcome !== 'preferred' || decision?.choice === undefined) return words;
  if (decision.choice === 'tie') return { ...words, word: 'Called a tie' };
  const at = chosenAt(record.item, decision.choice);
  return at < 0 ? words : { ...words, word: `${candidateLetter(at)} preferred` };
}

/** The place in which the chosen candidate is shown; -1 where it is not known. */
const chosenAt = (item: Item | null, choice: string): number =>
  item ? candidateOrder(item).findIndex((one) => one.id === choice) : -1;

const UNASKED: ReadonlySet<Outcome> = new Set(['auto_approved', 'auto_rejected', 'auto_answered']);

/** "✅ Approved by @bob · 21 Nov 10:04 · after 4 min", or why nobody decided. */
function outcomeLine(record: ItemRecord, decision: Decision | null): RichTextElement[] {
  const outcome = decision?.outcome ?? record.outcome ?? 'expired';
  const at = decision?.decided_at ?? record.decided_at;
  const { sign, word, more } = endWords(record, decision);
  const line: RichTextElement[] = [ours(`${sign} `)];
  if (more === null) {
    line.push(bold(word), ...deciderElements(decision));
  } else {
    line.push(bold(word), ours(more));
    if (outcome === 'cancelled' && decision?.decided_by.type === 'human')
      line.push(ours(' · by '), user(decision.decided_by.slack_user));
  }
  if (at !== null) {
    line.push(ours(' · '), date(at));
    // What nobody was asked took no time of anybody's.
    if (!UNASKED.has(outcome)) line.push(ours(` · after ${spanWords(at - record.requested_at)}`));
  }
  return line;
}

function deciderElements(decision: Decision | null): RichTextElement[] {
  if (!decision) return [];
  const by = decision.decided_by;
  return by.type === 'human'
    ? [ours(' by '), user(by.slack_user)]
    : [ours(` by ${DECIDER_WORDS[by.type]}`)];
}

/** Item and decision with what is sensitive hidden in both: an edit carries the same fields. */
function masked(record: ItemRecord, decision: Decision): { item: Item | null; decision: Decision } {
  const { item } = record;
  if (!item) return { item, decision };
  return { item: maskSensitive(item), decision: maskDecision(item, decision) };
}

export interface OutcomeRoom {
  max: number;
  /** Where the rest of what is cut can be read; empty: nowhere in Slack. */
  more?: string;
  beside?: boolean;
  /** Every change of an edit, however many there are. */
  every?: boolean;
}

const valueRoom = ({ max, more = 'Details' }: OutcomeRoom): ValueRoom => ({ max, more });

/** Where the answer goes to whoever asked: there are no Details to open, so that it comes whole, or says that it does not. */
export const WHOLE_ANSWER: OutcomeRoom = { max: 4000, more: '' };

/**
 * The outcome as rich text: the line, what was answered, chosen or changed, the reason, the tags.
 * @param room `max`: how long each text may be, and `more`: where the rest of a cut one is; `beside`: the candidates stand
 * beside it, so that naming the chosen one is enough
 */
export function outcomeElements(
  record: ItemRecord,
  given: Decision | null,
  room: OutcomeRoom,
): RichTextBlockElement[] {
  const elements: RichTextBlockElement[] = [section(...outcomeLine(record, given))];
  const outcome = given?.outcome ?? record.outcome;
  if (outcome === 'expired' && record.fallback)
    elements.push(section(ours(`The policy advises the AI to ${record.fallback}.`)));
  if (outcome === 'expired') elements.push(...triedElements(given));
  if (!given) return elements;
  const { item, decision } = masked(record, given);
  if (decision.approvals !== undefined && decision.approvals.length > 1)
    elements.push(section(bold('Signed')), approvalLines(decision.approvals));
  if (record.blind && decision.decided_by.type === 'human')
    elements.push(section(ours(BLIND_WORDS[decision.compared ?? 'not_said'])));
  if (outcome === 'preferred') elements.push(...choiceElements(item, decision.choice, room));
  if (outcome === 'edited') elements.push(...editElements(item, decision, room));
  else if (decision.answer !== undefined) elements.push(...answerElements(decision.answer, room));
  if (decision.rationale !== undefined) {
    elements.push(
      section(bold('Reason')),
      quote(saidBlock(decision.rationale, room.max, room.more)),
    );
  }
  if (decision.error_tags.length > 0) {
    const tags = decision.error_tags.map((tag) => TAG_WORDS[tag]).join(', ');
    elements.push(section(bold('What was wrong: '), ours(tags)));
  }
  return elements;
}

const BLIND_WORDS: Record<Compared | 'not_said', string> = {
  same: '🙈 Answered blind; the AI said the same.',
  different: '🙈 Answered blind; the AI said something different.',
  not_said: '🙈 Answered blind.',
};

/** The chosen candidate's words, where they are not beside it; its id, where its words are gone. */
function choiceElements(
  item: Item | null,
  choice: string | undefined,
  room: OutcomeRoom,
): RichTextBlockElement[] {
  if (choice === undefined || choice === 'tie') return [];
  const chosen = item?.candidates?.find((one) => one.id === choice);
  if (!chosen) return [section(bold('Choice: '), said(choice, 200))];
  return room.beside ? [] : textParts(chosen.text, valueRoom(room)).elements;
}

/** A text as a quote, a form as a list of its fields. */
export function answerElements(
  answer: string | Record<string, unknown>,
  room: OutcomeRoom,
): RichTextBlockElement[] {
  if (typeof answer === 'string') return textParts(answer, valueRoom(room)).elements;
  const fields = Object.entries(answer);
  if (fields.length === 0) return [section(ours('Every field was left empty.'))];
  const max = Math.max(40, Math.floor(room.max / fields.length));
  return fieldElements(
    fields.map(([name, value]) => ({ name, value, yes_no: true })),
    { ...valueRoom(room), max },
  );
}

const MOST_CHANGES = 8;

/** Before → after: each changed field of an object, or the two texts. */
function editElements(
  item: Item | null,
  decision: Decision,
  room: OutcomeRoom,
): RichTextBlockElement[] {
  const before = item ? editableOf(item)?.value : undefined;
  const after = decision.action?.args ?? decision.answer;
  if (after === undefined) return [];
  if (typeof after === 'string') {
    const was =
      typeof before === 'string'
        ? [
            section(bold('Before')),
            ...textParts(
              before,
              valueRoom(room.every ? room : { ...room, max: Math.min(200, room.max) }),
            ).elements,
          ]
        : [];
    return [...was, section(bold('After')), ...textParts(after, valueRoom(room)).elements];
  }
  return changedElements(before, after, room);
}

/** Each field of an object that changed; the whole of it where there is nothing to hold it against. */
export function changedElements(
  before: unknown,
  after: unknown,
  room: OutcomeRoom,
): RichTextBlockElement[] {
  if (
    before === undefined ||
    typeof before === 'string' ||
    canonicalJson(before) === canonicalJson(after)
  )
    return [section(bold('After')), ...jsonParts(after, valueRoom(room)).elements];
  const all = changes(before, after);
  const shown = room.every ? all : all.slice(0, MOST_CHANGES);
  const max = room.every
    ? Math.max(120, Math.floor(room.max / Math.max(1, 2 * shown.length)))
    : 120;
  const elements = fieldElements(
    shown.map(({ path, was, is }) => ({ name: path, was, value: is })),
    { ...valueRoom(room), max },
  );
  const more = all.length - shown.length;
  return [
    section(bold('Changed')),
    ...elements,
    ...(more > 0 ? [bullets([[ours(`and ${more} more (Details)`)]])] : []),
  ];
}

const RUNG_WORDS: Record<RungTried['state'], string> = {
  paged: '',
  skipped: ' (nobody on call)',
  missed: ' (the pager was away)',
  not_reached: ' (not reached)',
};

/** "Tried: level 1, level 2 (nobody on call) and level 3." One rung alone needs no saying. */
function triedElements(decision: Decision | null): RichTextBlockElement[] {
  const rungs = decision?.rungs ?? [];
  if (rungs.length < 2) return [];
  const words = rungs.map(({ level, state }) => [`level ${level}${RUNG_WORDS[state]}`]);
  return [section(ours(`Tried: ${joined(words, ', ', ' and ').join('')}.`))];
}
