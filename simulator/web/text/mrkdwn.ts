// Slack's mrkdwn, read as Slack reads it: control sequences in <…>, markers at word edges, quotes and code. Pure.
import { withEmoji } from './emoji.ts';
import type { Inline, InlineStyle, TextPart } from './inline.ts';
import { safeHref } from './safe-href.ts';

/** `&lt;`, `&gt;` and `&amp;` are the only entities there are. */
export const decoded = (text: string): string =>
  text.replace(/&(lt|gt|amp);/g, (_whole, name: string) =>
    name === 'lt' ? '<' : name === 'gt' ? '>' : '&',
  );

/** @param verbatim addresses that stand in the text bare are left as words */
export function parseMrkdwn(text: string, { verbatim = false } = {}): TextPart[] {
  const parts: TextPart[] = [];
  // Odd pieces stood between fences; a fence without its end is three ordinary signs.
  const pieces = text.split(/```([\s\S]+?)```/);
  pieces.forEach((piece, at) => {
    if (at % 2 === 1) {
      parts.push({ kind: 'pre', text: codeText(piece).replace(/^\n|\n$/g, '') });
      return;
    }
    // A fence is a paragraph of its own: the line breaks around it are spent.
    let lines = piece;
    if (at > 0) lines = lines.replace(/^\n/, '');
    if (at < pieces.length - 1) lines = lines.replace(/\n$/, '');
    if (lines !== '') parts.push(...paragraphs(lines, verbatim));
  });
  return parts;
}

const QUOTED = /^(?:&gt;|>) ?/;
const QUOTED_TO_THE_END = /^(?:(?:&gt;){3}|>>>) ?/;

/** Lines of a kind that follow each other are one part. */
function paragraphs(text: string, verbatim: boolean): TextPart[] {
  const runs: { kind: 'lines' | 'quote'; lines: string[] }[] = [];
  let toTheEnd = false;
  for (const line of text.split('\n')) {
    const starts: boolean = !toTheEnd && QUOTED_TO_THE_END.test(line);
    const kind = toTheEnd || starts || QUOTED.test(line) ? 'quote' : 'lines';
    const words = toTheEnd ? line : line.replace(starts ? QUOTED_TO_THE_END : QUOTED, '');
    const last = runs.at(-1);
    if (last?.kind === kind && !starts) last.lines.push(words);
    else runs.push({ kind, lines: [words] });
    toTheEnd ||= starts;
  }
  return runs.map(({ kind, lines }) => ({
    kind,
    inlines: parseInline(lines.join('\n'), verbatim),
  }));
}

const STYLES: Record<string, InlineStyle> = { '*': 'bold', _: 'italic', '~': 'strike' };
const WORD = /[\p{L}\p{N}]/u;
const SPACE = /\s/;

/** Running text. `open`: the styles it stands in already; none nests in itself, so the depth is bounded. */
function parseInline(text: string, verbatim: boolean, open: readonly string[] = []): Inline[] {
  const found: Inline[] = [];
  let plain = '';
  const flush = () => {
    if (plain !== '') found.push(...words(plain, verbatim));
    plain = '';
  };
  // Up to where a marker is known to find no end: what did not close for one does not for the next.
  const endless = new Map<string, number>();
  let at = 0;
  while (at < text.length) {
    const sign = text[at] ?? '';
    const sequence = sign === '<' ? sequenceAt(text, at) : null;
    if (sequence !== null) {
      flush();
      found.push(control(sequence.slice(1, -1)));
      at += sequence.length;
      continue;
    }
    const tried = opens(text, at, open) && at >= (endless.get(sign) ?? 0);
    const close = tried ? closeOf(text, at) : -1;
    if (close < 0) {
      if (tried) endless.set(sign, lineEnd(text, at));
      plain += sign;
      at += 1;
      continue;
    }
    flush();
    const inner = text.slice(at + 1, close);
    found.push(
      sign === '`'
        ? { kind: 'styled', style: 'code', children: [{ kind: 'text', text: codeText(inner) }] }
        : {
            kind: 'styled',
            style: STYLES[sign] ?? 'bold',
            children: parseInline(inner, verbatim, [...open, sign]),
          },
    );
    at = close + 1;
  }
  flush();
  return found;
}

/** A marker opens at the edge of a word, and holds something. */
function opens(text: string, at: number, open: readonly string[]): boolean {
  const sign = text[at] ?? '';
  if (sign !== '`' && (!(sign in STYLES) || open.includes(sign))) return false;
  const next = text[at + 1] ?? ' ';
  const before = text[at - 1] ?? ' ';
  return !WORD.test(before) && before !== sign && !SPACE.test(next) && next !== sign;
}

const lineEnd = (text: string, at: number): number => {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
};

/** The `<…>` that starts here, if one does. */
function sequenceAt(text: string, at: number): string | null {
  const sequence = /<[^<>\n]+>/y;
  sequence.lastIndex = at;
  return sequence.exec(text)?.[0] ?? null;
}

/** Where the marker at `from` closes: on the same line, after something, before no word; -1 where it does not. */
function closeOf(text: string, from: number): number {
  const sign = text[from];
  for (let at = from + 1; at < text.length && text[at] !== '\n'; at += 1) {
    if (text[at] === '<' && sign !== '`') {
      at += (sequenceAt(text, at)?.length ?? 1) - 1;
      continue;
    }
    if (text[at] !== sign || at === from + 1) continue;
    if (sign === '`') return at;
    if (!SPACE.test(text[at - 1] ?? ' ') && !WORD.test(text[at + 1] ?? ' ')) return at;
  }
  return -1;
}

/** What stands in one `<…>`; a sequence that means nothing is shown as it was written. */
function control(inner: string): Inline {
  const bar = inner.indexOf('|');
  const target = bar < 0 ? inner : inner.slice(0, bar);
  const label = bar < 0 ? undefined : decoded(inner.slice(bar + 1));
  const named = label ? { label } : {};
  const date = /^!date\^(-?\d{1,15})\^([^^]*)(?:\^(.*))?$/s.exec(target);
  if (date) {
    const href = date[3] === undefined ? null : safeHref(decoded(date[3]));
    const format = decoded(date[2] ?? '');
    return {
      kind: 'date',
      seconds: Number(date[1]),
      format,
      fallback: label ?? '',
      ...(href === null ? {} : { href }),
    };
  }
  if (/^@[UW][A-Z0-9]+$/.test(target)) return { kind: 'user', id: target.slice(1), ...named };
  if (/^#[CDG][A-Z0-9]+$/.test(target)) return { kind: 'channel', id: target.slice(1), ...named };
  if (/^!subteam\^S[A-Z0-9]+$/.test(target))
    return { kind: 'usergroup', id: target.slice(9), ...named };
  if (/^!(?:here|channel|everyone)$/.test(target))
    return { kind: 'broadcast', range: target.slice(1) };
  const href = safeHref(decoded(target));
  if (href !== null)
    return {
      kind: 'link',
      href,
      text: withEmoji(label === '' || !label ? decoded(target) : label),
    };
  return { kind: 'text', text: decoded(`<${inner}>`) };
}

/** Inside code nothing means anything but `<…>`, which shows its words. */
const codeText = (text: string): string =>
  text
    .split(/(<[^<>\n]+>)/)
    .map((part, at) => (at % 2 === 0 ? decoded(part) : codeWords(control(part.slice(1, -1)))))
    .join('');

function codeWords(inline: Inline): string {
  switch (inline.kind) {
    case 'text':
    case 'link':
      return inline.text;
    case 'user':
    case 'usergroup':
      return `@${inline.label?.replace(/^@/, '') ?? inline.id}`;
    case 'channel':
      return `#${inline.label ?? inline.id}`;
    case 'broadcast':
      return `@${inline.range}`;
    case 'date':
      return inline.fallback || inline.format;
    default:
      return '';
  }
}

const BARE_ADDRESS = /(?<![\p{L}\p{N}])(https?:\/\/[^\s<>|]*[^\s<>|.,;:!?)'"\]])/iu;

/** Text without markers: entities undone, emoji drawn, bare addresses linked where that was asked for. */
function words(text: string, verbatim: boolean): Inline[] {
  const pieces = verbatim ? [text] : text.split(BARE_ADDRESS);
  return pieces.flatMap((piece, at): Inline[] => {
    if (piece === '') return [];
    const href = at % 2 === 1 ? safeHref(decoded(piece)) : null;
    return href === null
      ? [{ kind: 'text', text: withEmoji(decoded(piece)) }]
      : [{ kind: 'link', href, text: decoded(piece) }];
  });
}
