/** How an item ended, for the card, its details and the lines in a thread. Pure. */
import type { RichTextBlockElement, RichTextElement } from '@slack/types';
import { canonicalJson } from '../src/digest.ts';
import type { Compared, Decision, ItemRecord, RungTried } from '../src/decision.ts';
import type { Item, Outcome } from '../src/item.ts';
import { approvalLines } from './approval-lines.ts';
import { candidateLetter, candidateOrder } from './candidate-order.ts';
import { changes } from './changes.ts';
import { editableOf } from './editable.ts';
import { safeLine, cut } from './escape.ts';
import { shownJson, valueWords } from './json-text.ts';
import { maskDecision, maskSensitive } from '../src/domain/redact.ts';
import {
  bold,
  bullets,
  date,
  ours,
  preformatted,
  quote,
  said,
  saidBlock,
  section,
  user,
} from './rich-text.ts';
import { DECIDER_WORDS, OUTCOME_WORDS, TAG_WORDS, joined, spanWords } from './words.ts';

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
  tail?: string;
  beside?: boolean;
}

/** Where the answer goes to whoever asked: there are no Details to open, so that it comes whole, or says that it does not. */
export const WHOLE_ANSWER: OutcomeRoom = { max: 4000, tail: '… (cut here)' };

/**
 * The outcome as rich text: the line, what was answered, chosen or changed, the reason, the tags.
 * @param room `max`: how long each text may be, and `tail`: what a cut one ends with; `beside`: the candidates stand
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
      quote(saidBlock(decision.rationale, room.max, room.tail)),
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
  { max, tail, beside = false }: OutcomeRoom,
): RichTextBlockElement[] {
  if (choice === undefined || choice === 'tie') return [];
  const chosen = item?.candidates?.find((one) => one.id === choice);
  if (!chosen) return [section(bold('Choice: '), said(choice, 200))];
  return beside ? [] : [quote(saidBlock(chosen.text, max, tail))];
}

/** A text as a quote, a form as a list of its fields. */
export function answerElements(
  answer: string | Record<string, unknown>,
  { max, tail }: OutcomeRoom,
): RichTextBlockElement[] {
  if (typeof answer === 'string') return [quote(saidBlock(answer, max, tail))];
  const fields = Object.entries(answer);
  if (fields.length === 0) return [section(ours('Every field was left empty.'))];
  const each = Math.max(40, Math.floor(max / fields.length));
  return [
    bullets(
      fields.map(([name, value]) => [
        said(name, 80, { bold: true }),
        ours(': '),
        said(Array.isArray(value) ? value.map(valueWords).join(', ') : yesNo(value), each),
      ]),
    ),
  ];
}

const yesNo = (value: unknown): string =>
  value === true ? 'yes' : value === false ? 'no' : valueWords(value);

const MOST_CHANGES = 8;

/** Before → after: each changed field of an object, or the two texts. */
function editElements(
  item: Item | null,
  decision: Decision,
  room: OutcomeRoom,
): RichTextBlockElement[] {
  const { max, tail } = room;
  const before = item ? editableOf(item)?.value : undefined;
  const after = decision.action?.args ?? decision.answer;
  if (after === undefined) return [];
  if (typeof after === 'string') {
    const was =
      typeof before === 'string'
        ? [section(bold('Before')), quote([said(before, Math.min(200, max), { strike: true })])]
        : [];
    return [...was, section(bold('After')), quote(saidBlock(after, max, tail))];
  }
  return changedElements(before, after, room);
}

/** Each field of an object that changed; the whole of it where there is nothing to hold it against. */
export function changedElements(
  before: unknown,
  after: unknown,
  { max, tail }: OutcomeRoom,
): RichTextBlockElement[] {
  if (
    before === undefined ||
    typeof before === 'string' ||
    canonicalJson(before) === canonicalJson(after)
  )
    return [section(bold('After')), preformatted(saidBlock(shownJson(after), max, tail))];
  const all = changes(before, after);
  const lines: RichTextElement[][] = all
    .slice(0, MOST_CHANGES)
    .map(({ path, was, is }) => [
      said(path, 100, { bold: true }),
      ours(': '),
      ours(cut(safeLine(valueWords(was)), 80), { strike: true }),
      ours(' → '),
      said(valueWords(is), 120),
    ]);
  if (all.length > MOST_CHANGES)
    lines.push([
      ours(`and ${all.length - MOST_CHANGES} more${tail === undefined ? ' (Details)' : ''}`),
    ]);
  return [section(bold('Changed')), bullets(lines)];
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
