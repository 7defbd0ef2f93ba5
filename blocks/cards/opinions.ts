/** What several people have said of an item that is still open: who, what where that may be seen, and what is missing. Pure. */
import type { RichTextBlock, RichTextBlockElement, RichTextElement } from '@slack/types';
import { isBlindNow, type ItemRecord, type Opinion } from '../../src/domain/decision.ts';
import type { Several } from '../../src/domain/lifecycle.ts';
import { signaturesOf, standingItem, type Signature } from '../../src/domain/signatures.ts';
import { agreementKey } from '../../src/domain/agreement.ts';
import { candidateLetter, candidateOrder } from './candidate-order.ts';
import type { CardInput } from './card-input.ts';
import { editableOf } from './editable.ts';
import { endorsable } from './endorsable.ts';
import { answerElements, changedElements } from './outcome.ts';
import { maskAnswer, maskEdited } from '../../src/domain/redact.ts';
import { bold, ours, quote, richText, said, saidBlock, section, user } from '../text/rich-text.ts';
import { textDiff } from '../text/text-diff.ts';
import { TAG_WORDS, joined } from '../text/words.ts';

const TEXT_MAX = 500;
const REASON_MAX = 300;

/** By opinion: the number that its "Same as …" button has, where the buttons need one. */
type Numbers = ReadonlyMap<string, string>;

/** Nothing where one person decides, or where it has ended. */
export function opinionBlocks({
  record,
  opinions = [],
}: Pick<CardInput, 'record' | 'opinions'>): RichTextBlock[] {
  const { several } = record;
  if (several === null || record.status === 'decided') return [];
  const signatures = signaturesOf(opinions, several);
  const numbers: Numbers = new Map(
    endorsable(record, opinions).map(({ opinion, number }) => [opinion.id, number]),
  );
  const elements =
    several.stages.length > 0
      ? stageElements(record, several, signatures, opinions, numbers)
      : quorumElements(record, several, signatures, numbers);
  return [richText(...elements)];
}

function quorumElements(
  record: ItemRecord,
  several: Several,
  signatures: readonly Signature[],
  numbers: Numbers,
): RichTextBlockElement[] {
  if (several.singly)
    return [
      section(
        bold('They could not agree. '),
        ours('One of those called now decides. What was said:'),
      ),
      ...signatures.flatMap((one) => numberedElements(record, one, numbers)),
    ];
  const heading = bold(`${several.quorum} people have to agree`);
  if (signatures.length === 0) return [section(heading, ours('. Nobody has answered yet.'))];
  if (isBlindNow(record)) {
    const missing = Math.max(1, several.quorum - signatures.length);
    return [
      section(
        heading,
        ours('. Answered: '),
        ...joined(
          signatures.map((one) => [user(one.person)]),
          ours(', '),
          ours(' and '),
        ),
        ours(`. ${missing} more ${missing === 1 ? 'is' : 'are'} needed at least.`),
      ),
    ];
  }
  const sizes = new Map<string, number>();
  for (const { verdict } of signatures) {
    const key = agreementKey(verdict);
    sizes.set(key, (sizes.get(key) ?? 0) + 1);
  }
  const missing = several.quorum - Math.max(...sizes.values());
  return [
    section(heading, ours(`. ${missing} more ${missing === 1 ? 'person' : 'people'} must agree.`)),
    ...signatures.flatMap((one) => numberedElements(record, one, numbers)),
  ];
}

function stageElements(
  record: ItemRecord,
  several: Several,
  signatures: readonly Signature[],
  opinions: readonly Opinion[],
  numbers: Numbers,
): RichTextBlockElement[] {
  const { stages, stage } = several;
  const rest = stages.slice(stage + 1).map((one) => one.name);
  const elements: RichTextBlockElement[] = [
    section(
      ours(`Stage ${stage + 1} of ${stages.length}: `),
      said(stages[stage]?.name ?? '', 64, { bold: true }),
      ...(rest.length > 0 ? [ours(', then '), said(rest.join(', '), 200)] : []),
    ),
    ...signatures.flatMap((one) => numberedElements(record, one, numbers, several)),
  ];
  const sent = opinions.findLast((one) => one.word === 'send_back');
  if (sent !== undefined && sent.stage > stage)
    elements.push(
      section(
        ours('↩️ '),
        said(stages[sent.stage]?.name ?? '', 64, { bold: true }),
        ours(': sent back by '),
        user(sent.slack_user),
      ),
      quote(saidBlock(sent.rationale ?? '', REASON_MAX)),
    );
  return elements;
}

function numberedElements(
  record: ItemRecord,
  signature: Signature,
  numbers: Numbers,
  several?: Several,
): RichTextBlockElement[] {
  const number = numbers.get(signature.opinion.id) ?? '';
  const elements = signatureElements(record, signature, several);
  const [line, ...rest] = elements;
  return number === '' || line?.type !== 'rich_text_section'
    ? elements
    : [section(bold(number), ...line.elements), ...rest];
}

/** "review: ✏️ @alice edited", with what was changed, and why. */
export function signatureElements(
  record: ItemRecord,
  { opinion, verdict, person }: Signature,
  several?: Several,
): RichTextBlockElement[] {
  const stage = several?.stages[opinion.stage]?.name;
  const { item } = record;
  const line: RichTextElement[] = [
    ...(stage === undefined ? [] : [said(stage, 64, { bold: true }), ours(': ')]),
    user(person),
    ours(' '),
  ];
  const more: RichTextBlockElement[] = [];
  switch (verdict.word) {
    case 'approve':
      line.push(ours('approves ✅'));
      break;
    case 'reject':
      line.push(ours('rejects ❌'));
      if (verdict.error_tags.length > 0)
        line.push(ours(` (${verdict.error_tags.map((tag) => TAG_WORDS[tag]).join(', ')})`));
      break;
    case 'edit': {
      line.push(ours('edits and approves ✏️'));
      const before = item ? editableOf(item)?.value : undefined;
      const was = item && before !== undefined ? maskEdited(item, before) : undefined;
      const is = item ? maskEdited(item, verdict.edited) : verdict.edited;
      more.push(
        ...(typeof was === 'string' && typeof is === 'string'
          ? textDiff(was, is, TEXT_MAX)
          : changedElements(was, is, { max: TEXT_MAX })),
      );
      break;
    }
    case 'answer':
      line.push(ours('answers 💬'));
      more.push(
        ...answerElements(
          item ? maskAnswer(item, verdict.answer, verdict.choice) : verdict.answer,
          {
            max: TEXT_MAX,
          },
        ),
      );
      break;
    case 'prefer': {
      const at = item ? candidateOrder(item).findIndex((one) => one.id === verdict.choice) : -1;
      line.push(
        verdict.choice === 'tie'
          ? ours('calls a tie ⚖️')
          : at < 0
            ? ours('has chosen ⚖️')
            : ours(`prefers ${candidateLetter(at)} ⚖️`),
      );
      break;
    }
    default:
      return verdict satisfies never;
  }
  const reason = verdict.rationale ?? '';
  return [
    section(...line),
    ...more,
    ...(reason === '' ? [] : [quote([ours('Reason: '), ...saidBlock(reason, REASON_MAX)])]),
  ];
}

/** A card's input with the item as the earlier stages left it: where an edit begins. */
export function standingInput(input: CardInput): CardInput {
  const { record, opinions = [] } = input;
  const { several, item } = record;
  if (several === null || item === null) return input;
  return {
    ...input,
    record: { ...record, item: standingItem(item, signaturesOf(opinions, several)) },
  };
}
