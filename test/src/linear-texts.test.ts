/**
 * No text stops the process: each exported function that is given one goes over a megabyte of adversarial texts within a
 * bound of steps a character.
 *
 * `steps.ts` counts them. A linear function takes 5 to 300 steps a character; one that looks along each run again takes
 * 3,500 to 17,000 on texts of this length. The bound lies between.
 *
 * The functions are found by themselves (`text-functions.ts`). One that needs more than the text must have a row here, or
 * the test fails: with its arguments, or with the reason why it is given no text of others.
 */
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { compileCondition } from '../../policies/conditions/condition.ts';
import { adversarial } from './adversarial.ts';
import { stepsBeyond, stepTime } from './steps.ts';
import { textFunctions, type TextFunction } from './text-functions.ts';

const LENGTH = 32_768;
const STEPS_A_CHARACTER = 1000;
/** What reads YAML or Markdown, or compares: its parser takes some 1,000 steps a character, and more before it is warm. */
const SEVERAL_PASSES = [
  'applyEdit',
  'draftThreshold',
  'isFormatted',
  'markdownParts',
  'markdownTree',
  'parsePolicy',
  'proseParts',
  'readItems',
  'readPolicyTests',
  'readYaml',
  'saidElements',
];

const TEXTS = adversarial(LENGTH);

const NOW = Date.UTC(2026, 10, 20, 10);
const typed = { now: NOW, timezone: 'Europe/Berlin' };
const filled = (text: string) => ({ field: { value: { type: 'plain_text_input', value: text } } });
const composed = (text: string) => [
  {
    type: 'rich_text',
    elements: [
      { type: 'rich_text_quote', elements: [{ type: 'text', text }] },
      { type: 'rich_text_preformatted', elements: [{ type: 'text', text }] },
    ],
  },
];
const who = {
  user_id: 'U024BE7LH',
  user_name: 'ann',
  team_id: 'T024BE7LD',
  channel_id: 'C024BE7LH',
};

/** The arguments of a function for a text; without a row it is called with the text alone. */
const ARGUMENTS: Record<string, (text: string) => unknown[]> = {
  answerElements: (text) => [text, 3000],
  applyEdit: (text) => [text, `${text}!`],
  buttonValue: (text) => [text, { safeParse: (value: unknown) => ({ success: false, value }) }],
  callbackProblem: (text) => [text, { allowedHosts: [], allowed_hosts: [] }],
  changedElements: (text) => [{ a: text }, { a: `${text}!` }, 3000],
  changes: (text) => [{ a: text }, { a: `${text}!` }],
  closestName: (text) => [text.slice(0, 60), [text, 'billing']],
  codeParts: (text) => [text, { max: 3000, lines: 30, more: 'Details' }],
  composedParts: (text) => [composed(text), 'U0BOT', new Map()],
  compareNumbers: (text) => [digits(text), `${digits(text)}1`],
  conditionFault: (text) => {
    const compiled = compileCondition(text.slice(0, 2000));
    return [new Error(text), compiled.ok ? text : text.slice(0, 2000)];
  },
  cut: (text) => [text, LENGTH / 2],
  cutLines: (text) => [text, 10],
  cutMiddle: (text) => [text, 40],
  didYouMean: (text) => [text.slice(0, 60), [text, 'billing']],
  digestOf: (text) => ['salt', text],
  isMadeId: (text) => [text],
  isReplyQueue: (text) => [
    text,
    { patterns: [text.slice(0, 100)], items: 'hitl-items', redis: true },
  ],
  isSampled: (text) => ['key', 0.5, 'rule', text],
  keyedHash: (text) => ['key', text],
  duplicateKey: (text) => [JSON.stringify({ [text]: [text] })],
  guideBlocks: (text) => [text, null],
  isAllowedHost: (text) => [text, { bind: '127.0.0.1', public_hosts: ['pager.example'] }],
  isDigestOf: (text) => ['sha256:0', 'salt', text, (written: string) => written],
  jsonParts: (text) => [{ a: text }, { max: 3000, lines: 30, more: 'Details' }],
  linkWords: (text) => [text, text],
  link: (text) => ['https://example.com/', text],
  losesNothing: (text) => [text, [{ kind: 'code', text, info: '' }]],
  markdownParts: (text) => [text, { quoted: true, most: 300 }],
  noticeModal: (text) => [text, text],
  oneLine: (text) => [text, 60],
  ownSentences: (text) => [text, 3000],
  plain: (text) => [text, 75],
  proseParts: (text) => [text, { max: LENGTH, more: 'Details' }],
  putBack: (text) => [{ a: text }, { a: text }, [], []],
  rawText: (text) => [filled(text), 'field'],
  readCommand: (text) => [{ ...who, command: '/hitl', trigger_id: 't', text }],
  readField: (text) => [filled(text), 'field'],
  readMentionedText: (text) => [text, 'U0BOT'],
  readJob: (text) => [JSON.stringify({ a: text, state: [text] }), 'item', 'state'],
  readJson: (text) => [JSON.stringify({ a: text, state: [text] }), 'item', 'state'],
  readMoment: (text) => [text, NOW],
  readOverride: (text) => [text, typed],
  readText: (text) => [filled(text), 'field'],
  readWhen: (text) => [text, NOW, 'Europe/Berlin'],
  reasonsOf: (text) => [new Error(text), './data'],
  replyProblem: (text) => [
    text,
    { patterns: [text.slice(0, 100)], items: 'hitl-items', redis: true },
  ],
  retryAfterMs: (text) => [text, NOW],
  said: (text) => [text, 3000],
  saidBlock: (text) => [text, 3000],
  saidElements: (text) => [text, { max: LENGTH, more: 'Details' }, true],
  saltedDigest: (text) => ['salt', text],
  scanJson: (text) => [JSON.stringify({ a: text, state: [text] }), () => true, 'state'],
  shapeProblems: (text) => [text, []],
  shownStart: (text) => [text, { max: 3000, lines: 30, more: 'Details' }],
  textParts: (text) => [text, { max: 3000, lines: 30, more: 'Details' }],
  textDiff: (text) => [text, [...text].toReversed().join(''), 3000],
  titleDigest: (text) => ['salt', text],
  wrong: (text) => ['field', text],
  wrongNode: (text) => [text, '>=20.19'],
};

/** As many digits. */
function digits(text: string): string {
  return '1'.repeat(text.length);
}

/** Functions that no text of others reaches. */
const OUR_OWN: Record<string, string> = {
  announcedProcess: 'a path',
  calendarLink: 'an address that the operator sets',
  calendarToken: 'a token of ours',
  compare: 'the name of a table',
  createFigures: 'a path',
  dayBegins: 'a date that was read',
  draftThreshold: 'the policy file that is in force',
  entryHash: 'a digest',
  isCalendarToken: 'compares digests',
  instantOfWall: 'a time that was read',
  keepReload: 'a path',
  lastReload: 'a path',
  lockDataDir: 'a path',
  makePrivateFile: 'a path',
  openDatabase: 'a path',
  openQueueFile: 'a path',
  personOptions: 'an address that the operator sets',
  conditionScope: 'a time zone',
  readTokens: 'a variable that the operator sets',
  slackClients: 'a token',
  startThread: 'a path',
  textDigest: 'a salt',
};

/** The first text on which a function takes more steps than it may; null where there is none. */
function slowText(
  run: (text: string) => unknown,
  step: number,
  { texts = TEXTS, most = STEPS_A_CHARACTER } = {},
): string | null {
  for (const { unit, text } of texts) {
    const steps = stepsBeyond(most * LENGTH, step, () => run(text));
    if (steps !== null) return `${unit} × n: ${Math.round(steps / LENGTH)} steps a character`;
  }
  return null;
}

const found = textFunctions();
const isTried = ({ name, needs }: TextFunction): boolean =>
  !Object.hasOwn(OUR_OWN, name) && (needs <= 1 || Object.hasOwn(ARGUMENTS, name));

test('every function that is given a text is in the table', () => {
  const names = new Set(found.map(({ name }) => name));
  const without = found.filter((one) => !Object.hasOwn(OUR_OWN, one.name) && !isTried(one));
  expect(without.map(({ file, name }) => `${file}: ${name}`)).toEqual([]);
  const rows = [...Object.keys(ARGUMENTS), ...Object.keys(OUR_OWN)];
  expect(rows.filter((name) => !names.has(name))).toEqual([]);
  expect(found.length).toBeGreaterThan(100);
});

// A busy machine can slow one measurement; what is quadratic is slow each time.
test('each takes steps in proportion to the text', { timeout: 300_000, retry: 2 }, async () => {
  const step = stepTime();
  const slow: string[] = [];
  for (const { file, name } of found.filter(isTried)) {
    const module = (await import(resolve(file))) as Record<
      string,
      (...given: unknown[]) => unknown
    >;
    const run = module[name];
    const args = ARGUMENTS[name];
    if (run === undefined) throw new Error(`${file} has no ${name}`);
    const most = STEPS_A_CHARACTER * (SEVERAL_PASSES.includes(name) ? 5 : 1);
    const text = slowText((text) => run(...(args?.(text) ?? [text])), step, { most });
    if (text !== null) slow.push(`${file} ${name}, ${text}`);
  }
  expect(slow).toEqual([]);
});

test('the count tells a quadratic function from a linear one', () => {
  const step = stepTime();
  const texts = TEXTS.filter(({ unit }) => unit === '" "');
  const quadratic = (text: string) => text.replace(/[^\S\n]+\n/g, '\n');
  expect(slowText(quadratic, step, { texts })).toContain('steps a character');
  expect(slowText((text) => text.replace(/[^\S\n]+/g, ' '), step, { texts })).toBeNull();
});
