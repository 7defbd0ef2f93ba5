// `*bold*`, `_italic_`, `~strike~` and `` `code` `` as they are typed, found in one pass over the text.

export interface Style {
  bold?: true;
  italic?: true;
  strike?: true;
  code?: true;
}

interface Span {
  text: string;
  style?: Style;
}

const STYLES: Record<string, keyof Style> = { '*': 'bold', _: 'italic', '~': 'strike' };
const OPENS_AFTER = /[\s([{"'>*_~]/;
const CLOSES_BEFORE = /[\s)\]}"'<.,:;!?*_~]/;

interface Mark {
  at: number;
  sign: string;
}

/** Where each pair of marks opens and closes, and each stretch of code; pairs lie inside each other, on one line. */
function pairsOf(text: string): Map<number, { sign: string; opens: boolean }> {
  const pairs = new Map<number, { sign: string; opens: boolean }>();
  let open: Mark[] = [];
  let at = 0;
  const codeEnd = codeEnds(text);
  while (at < text.length) {
    const sign = text.charAt(at);
    const end = codeEnd.get(at);
    if (end !== undefined) {
      pairs.set(at, { sign: '`', opens: true }).set(end, { sign: '`', opens: false });
      at = end + 1;
      continue;
    }
    if (sign === '\n') open = [];
    else if (STYLES[sign] !== undefined) {
      const before = text.charAt(at - 1);
      const after = text.charAt(at + 1);
      const known = open.findLastIndex((one) => one.sign === sign);
      const mark = open[known];
      const closes = mark !== undefined && mark.at < at - 1 && /\S/.test(before);
      if (closes && (after === '' || CLOSES_BEFORE.test(after))) {
        pairs.set(mark.at, { sign, opens: true }).set(at, { sign, opens: false });
        open = open.slice(0, known);
      } else if (
        mark === undefined &&
        /\S/.test(after) &&
        (before === '' || OPENS_AFTER.test(before))
      )
        open.push({ at, sign });
    }
    at += 1;
  }
  return pairs;
}

/** Where a backtick opens code, to where that ends: the next backtick on the line, with something between. */
function codeEnds(text: string): Map<number, number> {
  const ends = new Map<number, number>();
  let start = 0;
  let open: number | null = null;
  for (const line of text.split('\n')) {
    open = null;
    for (let at = line.indexOf('`'); at >= 0; at = line.indexOf('`', at + 1)) {
      if (open === null) open = at;
      else if (at > open + 1) {
        ends.set(start + open, start + at);
        open = null;
      }
    }
    start += line.length + 1;
  }
  return ends;
}

/** The text in spans of one style each, without the marks. */
export function styledSpans(text: string): Span[] {
  const spans: Span[] = [];
  const style: Style = {};
  let from = 0;
  const end = (to: number) => {
    if (to > from)
      spans.push({
        text: text.slice(from, to),
        ...(Object.keys(style).length > 0 ? { style: { ...style } } : {}),
      });
    from = to + 1;
  };
  for (const [at, { sign, opens }] of [...pairsOf(text)].toSorted((a, b) => a[0] - b[0])) {
    end(at);
    const name = sign === '`' ? 'code' : STYLES[sign];
    if (name === undefined) continue;
    if (opens) style[name] = true;
    else delete style[name];
  }
  end(text.length);
  return spans;
}
