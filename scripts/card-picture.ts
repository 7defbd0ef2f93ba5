/**
 * One card as a picture in Slack's look: Block Kit in, SVG out. Only what a card is made of (header, context, rich text,
 * actions); anything else throws, so that no picture is drawn without it. Pure.
 */
import { isJson, type Json } from '../simulator/controls.ts';
import { inlineToText, textObjectToText, type Reading } from '../simulator/inline-text.ts';

/** A stretch of text in one style. */
interface Run {
  text: string;
  look?: 'bold' | 'code' | 'link' | 'strike';
}

const WIDTH = 720;
const LEFT = 68;
const RIGHT = 24;
const CLOCK = '⏰ ';
const INK = '#1d1c1d';
const GREY = '#616061';
const SANS = "Lato, 'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', sans-serif";
const MONO = "Menlo, Consolas, 'Liberation Mono', monospace";
/** Widths of Helvetica's letters in thousandths of the size, where they are not 556. */
const NARROW: [string, number][] = [
  ['ijl’‘', 222],
  ["'|", 250],
  [' .,:;/!ftI[]', 278],
  ['-r()“”"', 340],
  ['ckvxyzsJ', 500],
  ['FTZLP', 610],
  ['ABEKSVXY€', 667],
  ['wCDHNRU', 722],
  ['GOQ', 778],
  ['mM%', 860],
  ['W▰▱', 944],
];

const widthOf = ({ text, look }: Run, size: number): number =>
  [...text].reduce((sum, letter) => {
    if (look === 'code') return sum + 0.6 * size * 0.88;
    const units = NARROW.find(([letters]) => letters.includes(letter))?.[1] ?? 556;
    return sum + ((letter > '\u2fff' ? 1300 : units) / 1000) * size * (look === 'bold' ? 1.06 : 1);
  }, 0);

/** @param reading `timezone` and `now` set, so that the picture is the same everywhere */
export function cardPicture(
  message: { blocks: readonly object[] },
  reading: Reading,
  from: { name: string; at: string },
): string {
  const drawn: string[] = [];
  let y = 36;
  const line = (runs: Run[], x: number, size: number, fill: string) =>
    drawn.push(
      `<text x="${x}" y="${y}" font-size="${size}" fill="${fill}">${runs.map(tspan).join('')}</text>`,
    );
  /** Lines of running text, below each other. */
  const paragraph = (runs: Run[], x = LEFT, size = 15, fill = INK, step = 22) => {
    for (const each of wrapped(runs, WIDTH - RIGHT - x, size)) {
      line(each, x, size, fill);
      y += step;
    }
  };

  /** Small and grey. The clock is drawn: emoji look different everywhere, and are missing in some places. */
  const contextLine = ([first = { text: '' }, ...rest]: Run[]) => {
    const timed = first.text.startsWith(CLOCK);
    if (timed) {
      drawn.push(
        `<path d="M${LEFT + 6} ${y - 8}v4h3" fill="none" stroke="${GREY}"/>`,
        `<circle cx="${LEFT + 6}" cy="${y - 4}" r="5.5" fill="none" stroke="${GREY}"/>`,
      );
    }
    const words = timed ? { ...first, text: first.text.slice(CLOCK.length) } : first;
    paragraph([words, ...rest], timed ? LEFT + 17 : LEFT, 12.5, GREY, 19);
  };

  line([{ text: from.name, look: 'bold' }], LEFT, 15, INK);
  const after = Math.round(LEFT + widthOf({ text: from.name, look: 'bold' }, 15) + 8);
  drawn.push(
    `<rect x="${after}" y="${y - 12}" width="30" height="15" rx="2" fill="#e8e8e8"/>`,
    `<text x="${after + 15}" y="${y - 1}" font-size="10" font-weight="700" fill="${GREY}" text-anchor="middle">APP</text>`,
    `<text x="${after + 40}" y="${y}" font-size="12" fill="${GREY}">${escaped(from.at)}</text>`,
  );
  y += 26;
  for (const block of message.blocks.filter(isJson)) {
    switch (block['type']) {
      case 'header':
        y += 4;
        paragraph(
          [{ text: textObjectToText(block['text'], reading), look: 'bold' }],
          LEFT,
          18,
          INK,
          26,
        );
        break;
      case 'context':
        contextLine(context(block, reading));
        y += 7;
        break;
      case 'rich_text':
        for (const element of list(block['elements'])) {
          const top = y - 16;
          switch (element['type']) {
            case 'rich_text_section':
              paragraph(runsOf(element, reading));
              break;
            case 'rich_text_list':
              for (const item of list(element['elements'])) {
                drawn.push(`<circle cx="${LEFT + 10}" cy="${y - 5}" r="2.5" fill="${INK}"/>`);
                paragraph(runsOf(item, reading), LEFT + 24);
              }
              break;
            case 'rich_text_quote':
              paragraph(runsOf(element, reading), LEFT + 16);
              drawn.push(
                `<rect x="${LEFT}" y="${top}" width="4" height="${y - 22 - top + 7}" rx="2" fill="#dddddd"/>`,
              );
              break;
            default:
              throw new Error(`a ${String(element['type'])} cannot be drawn`);
          }
        }
        y += 8;
        break;
      case 'actions': {
        let x = LEFT;
        for (const button of list(block['elements'])) {
          const label: Run = { text: textObjectToText(button['text'], reading), look: 'bold' };
          const width = Math.round(widthOf(label, 14) + 26);
          drawn.push(...buttonAt(x, y - 14, width, label.text, String(button['style'] ?? '')));
          x += width + 8;
        }
        y += 34;
        break;
      }
      default:
        throw new Error(`a ${String(block['type'])} cannot be drawn`);
    }
  }
  const height = Math.round(y + 4);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family="${SANS}">
<rect x="0.5" y="0.5" width="${WIDTH - 1}" height="${height - 1}" rx="10" fill="#ffffff" stroke="#dddddd"/>
<rect x="20" y="22" width="36" height="36" rx="8" fill="#4a154b"/>
<path d="M29 40h5l3-7 4 14 3-7h5" fill="none" stroke="#ffffff" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round"/>
${drawn.join('\n')}
</svg>
`;
}

function buttonAt(x: number, y: number, width: number, text: string, style: string): string[] {
  const [fill, stroke, ink] =
    style === 'primary'
      ? ['#007a5a', '#007a5a', '#ffffff']
      : style === 'danger'
        ? ['#ffffff', '#e01e5a', '#e01e5a']
        : ['#ffffff', '#bbbabb', INK];
  return [
    `<rect x="${x}" y="${y}" width="${width}" height="32" rx="6" fill="${fill}" stroke="${stroke}"/>`,
    `<text x="${x + width / 2}" y="${y + 21}" font-size="14" font-weight="700" fill="${ink}" text-anchor="middle">${escaped(text)}</text>`,
  ];
}

/** The elements of a context line, apart from each other. */
function context(block: Json, reading: Reading): Run[] {
  return list(block['elements']).flatMap((element, at): Run[] => {
    const written = typeof element['text'] === 'string' ? element['text'] : '';
    const bold = element['type'] === 'mrkdwn' && /^\*[^*]+\*$/.test(written);
    const text = textObjectToText(element, reading);
    const own: Run = bold ? { text, look: 'bold' } : { text };
    return at === 0 ? [own] : [{ text: '   ' }, own];
  });
}

function runsOf(element: Json, reading: Reading): Run[] {
  return list(element['elements']).map((inline): Run => {
    const style = isJson(inline['style']) ? inline['style'] : {};
    if (inline['type'] === 'link')
      return { text: String(inline['text'] ?? inline['url']), look: 'link' };
    const text = inlineToText([{ ...inline, style: {} }], reading);
    if (style['bold'] === true) return { text, look: 'bold' };
    if (style['code'] === true) return { text, look: 'code' };
    return style['strike'] === true ? { text, look: 'strike' } : { text };
  });
}

/** Breaks runs into lines of at most that width, between words. */
function wrapped(runs: Run[], width: number, size: number): Run[][] {
  const lines: Run[][] = [[]];
  let used = 0;
  for (const run of runs) {
    for (const piece of run.text.split(/(?<= )|(\n)/).filter((part) => part)) {
      const own = { ...run, text: piece };
      const wide = widthOf({ ...own, text: piece.trimEnd() }, size);
      if (piece === '\n' || (used > 0 && used + wide > width)) {
        lines.push([]);
        used = 0;
      }
      if (piece === '\n') continue;
      lines.at(-1)?.push(own);
      used += widthOf(own, size);
    }
  }
  return lines.map(joined);
}

/** Neighbours of one style as one run. */
function joined(runs: Run[]): Run[] {
  return runs.reduce<Run[]>((all, run) => {
    const last = all.at(-1);
    if (last && last.look === run.look) last.text += run.text;
    else all.push({ ...run });
    return all;
  }, []);
}

function tspan({ text, look }: Run): string {
  const attributes = {
    bold: ' font-weight="700"',
    code: ` font-family="${MONO}" font-size="88%" fill="#c01343"`,
    link: ' fill="#1264a3"',
    strike: ' text-decoration="line-through"',
  };
  return `<tspan xml:space="preserve"${look === undefined ? '' : attributes[look]}>${escaped(text)}</tspan>`;
}

const escaped = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

const list = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isJson) : []);
