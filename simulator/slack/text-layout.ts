// Laying text out in a terminal: how wide it is, wrapping it, boxing it.

const ZERO_WIDTH = /^(?:\p{Mn}|\u200d)$/u;
const WIDE =
  /^[\p{Emoji_Presentation}\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]$/u;

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Columns a text takes in a terminal. */
export function columns(text: string): number {
  let total = 0;
  for (const { segment } of segmenter.segment(text)) {
    const [first = ''] = segment;
    if (ZERO_WIDTH.test(first)) continue;
    total += WIDE.test(first) || segment.includes('\ufe0f') ? 2 : 1;
  }
  return total;
}

/** Lines of at most `width` columns; breaks between words, and within one only where it has to. */
export function wrap(text: string, width: number, hanging = ''): string[] {
  return text.split('\n').flatMap((line) => wrapLine(line, Math.max(8, width), hanging));
}

function wrapLine(line: string, width: number, hanging: string): string[] {
  const lines: string[] = [];
  let current = '';
  for (const word of line.split(' ')) {
    const candidate = current === '' ? word : `${current} ${word}`;
    if (columns(candidate) <= width) {
      current = candidate;
      continue;
    }
    if (current.trim() !== '') lines.push(current);
    current = lines.length > 0 ? hanging + word : word;
    while (columns(current) > width) {
      const graphemes = [...segmenter.segment(current)].map(({ segment }) => segment);
      let head = '';
      while (graphemes.length > 0 && columns(head + (graphemes[0] ?? '')) <= width) {
        head += graphemes.shift() ?? '';
      }
      lines.push(head);
      current = hanging + graphemes.join('');
    }
  }
  return [...lines, current];
}

export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columns(text)));
}

/** A box around lines, `width` columns over all; a line that is `RULE` becomes a rule across. */
export function box(lines: readonly string[], width: number, caption = ''): string[] {
  const inner = width - 4;
  const top = caption === '' ? '' : ` ${caption} `;
  return [
    `╭─${top}${'─'.repeat(Math.max(0, width - 3 - columns(top)))}╮`,
    ...lines.map((line) =>
      line === RULE ? `├${'─'.repeat(width - 2)}┤` : `│ ${padEnd(line, inner)} │`,
    ),
    `╰${'─'.repeat(width - 2)}╯`,
  ];
}

/** No text can say this: control characters are taken out of texts before they get here. */
export const RULE = '\u0000';

/** Two texts beside each other, wrapped in halves. */
export function beside(left: string[], right: string[], width: number): string[] {
  const half = Math.floor((width - 2) / 2);
  const rows = Math.max(left.length, right.length);
  return Array.from({ length: rows }, (_, row) =>
    `${padEnd(left[row] ?? '', half)}  ${right[row] ?? ''}`.trimEnd(),
  );
}
