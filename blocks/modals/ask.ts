/** A person's question to an expert: the form, what it says, and what the asker sees of it. Pure. */
import type { KnownBlock, ModalView } from '@slack/types';
import type { EpochMs } from '../../src/domain/clock.ts';
import type { Decision, ItemRecord } from '../../src/domain/decision.ts';
import { INPUT_ACTION } from './answer-form.ts';
import type { CardDomain } from '../cards/card-input.ts';
import { cut, escapeMrkdwn } from '../text/escape.ts';
import { webLink } from '../text/web-link.ts';
import { readField, readText } from './form-values.ts';
import { maskSensitive } from '../../src/domain/redact.ts';
import type { Message } from '../text/message.ts';
import { readJsonObject } from './modal-metadata.ts';
import { labelsWithin, numbersWithin } from '../text/numbered.ts';
import { WHOLE_ANSWER, endWords, outcomeElements } from '../cards/outcome.ts';
import {
  date,
  label,
  link,
  mrkdwn,
  ours,
  plain,
  richText,
  said,
  section,
} from '../text/rich-text.ts';

export const ASK_EXPERT = 'ask_expert';
const QUESTION_MAX = 300;
const BODY_MAX = 3000;
const OPTION_VALUE_MAX = 75;

export interface AskInput {
  domains: { id: string; title: string }[];
  prefill?: {
    question?: string;
    domain?: string;
    /** The message that is put to the expert; `text` fills the second input, `label` and `url` travel along. */
    evidence?: { label: string; text: string; url?: string };
    thread?: { channel: string; ts: string };
  };
  /** One line of ours above the form, mrkdwn. */
  note?: string;
}

/** What the form carries of where it was opened. */
interface AskMetadata {
  thread?: { channel: string; ts: string };
  evidence?: { label: string; url?: string };
}

/** The form for a question. Domains whose id Slack could not carry (over 75 characters) are left out. */
export function askModal({ domains, prefill, note }: AskInput): ModalView {
  const asked = domains
    .filter((one) => one.id.length > 0 && one.id.length <= OPTION_VALUE_MAX)
    .slice(0, 100);
  const titles = asked.map((one) => one.title);
  const labels = labelsWithin(titles, 75);
  const alike = numbersWithin(titles, 75).some((number) => number !== '');
  const options = asked.map((one, at) => ({
    text: labels[at] ?? plain(one.title, 75),
    value: one.id,
    // Where titles look alike, the id tells which domain is which.
    ...(alike ? { description: plain(one.id, 75) } : {}),
  }));
  const chosen =
    options.find((one) => one.value === prefill?.domain) ??
    (options.length === 1 ? options[0] : undefined);
  const evidence = prefill?.evidence;
  const blocks: KnownBlock[] = [];
  if (note !== undefined && note !== '')
    blocks.push({ type: 'section', text: mrkdwn(cut(note, 3000)) });
  const where = evidence?.url === undefined ? null : webLink(evidence.url);
  if (evidence && where)
    blocks.push(
      richText(
        section(said(evidence.label, 200), ours(' ('), link(where.href, where.host), ours(')')),
      ),
    );
  if (options.length === 0) {
    blocks.push({
      type: 'section',
      text: mrkdwn('No domain can be asked: the policy names none.'),
    });
    return { type: 'modal', title: label('Ask an expert'), close: label('Close'), blocks };
  }
  blocks.push(
    {
      type: 'input',
      block_id: 'domain',
      label: label('Whom do you ask?'),
      element: {
        type: 'static_select',
        action_id: INPUT_ACTION,
        options,
        ...(chosen ? { initial_option: chosen } : {}),
      },
    },
    textInput('question', 'Your question, in one sentence', QUESTION_MAX, prefill?.question),
    {
      ...textInput('body', 'What the expert should know', BODY_MAX, evidence?.text),
      optional: true,
    },
  );
  return {
    type: 'modal',
    callback_id: ASK_EXPERT,
    title: label('Ask an expert'),
    submit: label('Ask'),
    close: label('Cancel'),
    private_metadata: askMetadata(prefill),
    blocks,
  };
}

const textInput = (block_id: string, name: string, max_length: number, start?: string) => {
  const initial_value = start === undefined ? '' : cut(start.trim(), max_length);
  return {
    type: 'input' as const,
    block_id,
    label: label(name),
    element: {
      type: 'plain_text_input' as const,
      action_id: INPUT_ACTION,
      multiline: true,
      max_length,
      ...(initial_value === '' ? {} : { initial_value }),
    },
  };
};

function askMetadata(prefill: AskInput['prefill']): string {
  const { thread, evidence } = prefill ?? {};
  const url = evidence?.url !== undefined && evidence.url.length <= 1000 ? evidence.url : undefined;
  const metadata: AskMetadata = {
    ...(thread ? { thread: { channel: thread.channel, ts: thread.ts } } : {}),
    ...(evidence ? { evidence: { label: cut(evidence.label, 200), ...(url ? { url } : {}) } } : {}),
  };
  return JSON.stringify(metadata);
}

/** What the form was opened with; empty where the text is not ours. Never throws. */
export function readAskMetadata(text: unknown): AskMetadata {
  const read = readJsonObject(text);
  const thread = objectIn(read, 'thread');
  const evidence = objectIn(read, 'evidence');
  const { channel, ts } = thread ?? {};
  const { label: name, url } = evidence ?? {};
  return {
    ...(typeof channel === 'string' && typeof ts === 'string' ? { thread: { channel, ts } } : {}),
    ...(typeof name === 'string' && name !== ''
      ? { evidence: { label: name, ...(typeof url === 'string' && url !== '' ? { url } : {}) } }
      : {}),
  };
}

function objectIn(read: Record<string, unknown> | null, key: string) {
  const value = read && Object.hasOwn(read, key) ? read[key] : null;
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
}

type ReadAsk =
  | { ok: true; domain: string; question: string; body?: string }
  | { ok: false; errors: Record<string, string> };

/** What was asked, or what is wrong by block id. Whether the domain exists is the caller's to check. Never throws. */
export function readAsk(values: unknown): ReadAsk {
  const domain = readField(values, 'domain');
  const question = readText(values, 'question');
  const body = readText(values, 'body');
  const errors: Record<string, string> = {};
  if (domain.kind !== 'one' || domain.value === '') errors.domain = 'Choose whom to ask.';
  if (question === '') errors.question = 'Write your question.';
  else if (question.length > QUESTION_MAX)
    errors.question = `At most ${QUESTION_MAX} characters; the rest fits below.`;
  if (body.length > BODY_MAX) errors.body = `At most ${BODY_MAX} characters.`;
  return Object.keys(errors).length > 0 || domain.kind !== 'one'
    ? { ok: false, errors }
    : { ok: true, domain: domain.value, question, ...(body === '' ? {} : { body }) };
}

/** What the asker sees: who has the question now, and later how it ended. */
export function askedCard(input: {
  record: ItemRecord;
  domain: Pick<CardDomain, 'title'>;
  decision: Decision | null;
  now: EpochMs;
}): Message {
  const { record, domain, decision } = input;
  const item = record.item && maskSensitive(record.item);
  const title = item ? item.title : `Item ${record.id}`;
  const question = section(said(title, 300, { bold: true }));
  const outcome = decision?.outcome ?? record.outcome;
  if (record.status === 'decided' && outcome !== null) {
    const { sign, word } = endWords(record, decision);
    return {
      text: `${sign} ${word}: ${escapeMrkdwn(cut(title, 300))}`,
      blocks: [richText(question, ...outcomeElements(record, decision, WHOLE_ANSWER))],
    };
  }
  const ends = [record.due_at, record.expires_at].filter((time) => time !== null);
  return {
    text: `Your question is with ${escapeMrkdwn(domain.title)}: ${escapeMrkdwn(cut(title, 300))}`,
    blocks: [
      richText(
        section(
          ours('📨 Your question is with '),
          said(domain.title, 80, { bold: true }),
          ours('.'),
        ),
        question,
        section(
          ...(ends.length === 0
            ? []
            : [ours('An answer is due '), date(Math.min(...ends)), ours('. ')]),
          ours('It comes back here.'),
        ),
      ),
      { type: 'context', elements: [plain(record.id, 140)] },
    ],
  };
}
