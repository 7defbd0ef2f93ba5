// A text object: plain text as it is, mrkdwn as it reads.
import { withEmoji } from '../text/emoji.ts';
import { parseMrkdwn } from '../text/mrkdwn.ts';
import type { TextPart } from '../text/inline.ts';
import { Inlines } from './inlines.tsx';
import { textObjectOf } from './payload.ts';
import type { People, TextObject } from './types.ts';

/** Plain text with its emoji codes drawn, unless the app said that they are none. */
export const plainWords = (text: TextObject | null): string =>
  text === null ? '' : text.emoji === false ? text.text : withEmoji(text.text);

/** The words alone, for a name: of mrkdwn too. */
export const nameWords = (value: unknown): string => plainWords(textObjectOf(value));

/** Nothing where `value` is no text object. */
export function Text({ value, people }: { value: unknown; people: People }) {
  const text = textObjectOf(value);
  if (text === null) return null;
  if (text.type === 'plain_text') return <span class="bk-run">{plainWords(text)}</span>;
  return <Mrkdwn text={text.text} verbatim={text.verbatim === true} people={people} />;
}

/** A text in mrkdwn, as a message's own text is too. */
export function Mrkdwn({
  text,
  verbatim = false,
  people,
}: {
  text: string;
  verbatim?: boolean;
  people: People;
}) {
  const parts = parseMrkdwn(text, { verbatim });
  const [only] = parts;
  // A single run stays inline, so that it can stand in a line or a label.
  if (parts.length === 1 && only?.kind === 'lines')
    return <Inlines inlines={only.inlines} people={people} />;
  return (
    <>
      {parts.map((part, at) => (
        <Part key={at} part={part} people={people} />
      ))}
    </>
  );
}

function Part({ part, people }: { part: TextPart; people: People }) {
  switch (part.kind) {
    case 'lines':
      return (
        <span class="bk-lines">
          <Inlines inlines={part.inlines} people={people} />
        </span>
      );
    case 'quote':
      return (
        <blockquote class="bk-quote">
          <Inlines inlines={part.inlines} people={people} />
        </blockquote>
      );
    case 'pre':
      return <pre class="bk-pre">{part.text}</pre>;
    default:
      return part satisfies never;
  }
}
