/**
 * How the demo is told: prose, cards, presses and results as lines of a terminal. Readable without colour; knows nothing
 * of what it tells.
 */
import type { Message, View } from '../slack/slack.ts';
import { mrkdwnToText } from '../slack/inline-text.ts';
import { wrap } from '../slack/text-layout.ts';
import { messageAsText, viewAsText } from '../slack/text.ts';

export interface Terminal {
  /** A title with a line through the page. */
  heading(text: string): void;
  /** A paragraph. */
  prose(text: string): void;
  /** Something that happens: who, and what they do. */
  happens(who: string, what: string): void;
  /** What comes of it, indented. */
  answers(text: string): void;
  /** Words, mrkdwn, that only one person sees. */
  note(to: string, words: string): void;
  card(message: Message, caption: string): void;
  form(view: View): void;
  /** A record as JSON, one line a field. */
  record(value: object): void;
  /** Text that is to be copied: never wrapped or indented. */
  verbatim(text: string): void;
  good(text: string): void;
  bad(text: string): void;
  /** From now on nothing more is said. */
  mute(): void;
  /** What is done around each printing, for a prompt that stands below. */
  around(before: () => void, after: () => void): void;
}

interface TerminalOptions {
  write(text: string): void;
  /** Columns; held between 80 and 100. */
  width?: number;
  colour: boolean;
  /** What an id in Slack is called. */
  nameOf(id: string): string;
}

const STYLES = { bold: 1, dim: 2, red: 31, green: 32, cyan: 36 };

export function createTerminal(options: TerminalOptions): Terminal {
  const width = Math.min(100, Math.max(80, options.width ?? 92));
  const paint = (style: keyof typeof STYLES, text: string): string =>
    options.colour ? `\u001b[${STYLES[style]}m${text}\u001b[0m` : text;
  let muted = false;
  let before = () => {};
  let after = () => {};
  const print = (lines: string[]) => {
    if (muted) return;
    before();
    options.write(`${lines.join('\n')}\n`);
    after();
  };
  const indented = (text: string, by: string, first = by): string[] =>
    wrap(text, width - by.length).map((line, at) => (at === 0 ? first : by) + line);
  const reading = () => ({
    now: Date.now(),
    nameOf: (id: string) => options.nameOf(id),
    width: width - 2,
  });
  const framed = (text: string): string[] => text.split('\n').map((line) => `  ${line}`);

  const answers = (text: string) =>
    print(indented(text, '    ', '  ↳ ').map((line) => paint('dim', line)));

  return {
    heading: (text) =>
      print(['', paint('bold', `━━ ${text} ${'━'.repeat(Math.max(2, width - 4 - text.length))}`)]),
    prose: (text) => print(['', ...wrap(text, width)]),
    happens(who, what) {
      const [first = '', ...rest] = wrap(`${who} ${what}`, width - 4);
      const named = paint('bold', who) + first.slice(who.length);
      print(['', `${paint('cyan', '→')} ${named}`, ...rest.map((line) => `  ${line}`)]);
    },
    answers,
    note: (to, words) => answers(`only ${to} sees: “${mrkdwnToText(words, reading())}”`),
    card: (message, caption) =>
      print([`  ${paint('dim', caption)}`, ...framed(messageAsText(message, reading()))]),
    form: (view) => print(framed(viewAsText(view, reading()))),
    record(value) {
      const fields = Object.entries(value).filter(([, one]) => one !== undefined);
      const longest = Math.max(0, ...fields.map(([name]) => name.length));
      print(
        fields.flatMap(([name, one]) => {
          const start = `    ${name.padEnd(longest)}  `;
          return indented(oneLine(one), ' '.repeat(start.length), start);
        }),
      );
    },
    verbatim: (text) => print([text]),
    good: (text) => print(['', ...indented(text, '  ', '✔ ').map((line) => paint('green', line))]),
    bad: (text) => print(['', ...indented(text, '  ', '✘ ').map((line) => paint('red', line))]),
    mute() {
      muted = true;
    },
    around(next, then) {
      before = next;
      after = then;
    },
  };
}

/** JSON on one line, with spaces where a line may break. */
const oneLine = (value: unknown): string => JSON.stringify(value, null, 1).replace(/\n\s*/g, ' ');
