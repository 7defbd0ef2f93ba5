/** What a person wrote, part by part, put together as a text in which code stands to the letter. Pure, and linear. */

/** `words`: prose, whose blanks mean nothing; `mark`: of a list, indented; `code`: inside a line; `block`: lines of code. */
export interface MessagePart {
  as: 'words' | 'mark' | 'code' | 'block';
  text: string;
}

/** Code between backticks of which none is as long inside: as Markdown reads it back. */
function fenced(code: string, least: number): { fence: string; open: boolean } {
  let longest = 0;
  for (const [run] of code.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  return {
    fence: '`'.repeat(longest < least ? least : longest + 1),
    open: code.startsWith('`') || code.endsWith('`'),
  };
}

function inlineCode(code: string): string {
  const { fence, open } = fenced(code, 1);
  const room = open ? ' ' : '';
  return `${fence}${room}${code}${room}${fence}`;
}

function blockOfCode(code: string): string {
  const { fence } = fenced(code, 3);
  return `${fence}\n${code}\n${fence}`;
}

const prose = (text: string): string => text.replace(/[^\S\n]+/g, ' ').replace(/ ?\n ?/g, '\n');

/** The parts as one text: prose without stray blanks, code to the letter between its backticks. */
export function textOfParts(parts: readonly MessagePart[]): string {
  const written: string[] = [];
  let before: 'nothing' | 'words' | 'line' | 'block' = 'nothing';
  for (const { as, text } of merged(parts)) {
    switch (as) {
      case 'words': {
        // The line break between a block and what follows it is there already.
        const words: string =
          before === 'block' ? prose(text).replace(/^ ?\n? ?/, '') : prose(text);
        if (words === '') continue;
        if (before === 'block') written.push('\n');
        written.push(words);
        before = words.endsWith('\n') ? 'line' : 'words';
        break;
      }
      case 'mark':
      case 'code':
        if (before === 'block') written.push('\n');
        written.push(as === 'code' ? inlineCode(text) : text);
        before = 'words';
        break;
      case 'block':
        if (before === 'words') written.push(`${(written.pop() ?? '').replace(/ $/, '')}\n`);
        if (before === 'block') written.push('\n');
        written.push(blockOfCode(text));
        before = 'block';
        break;
      default:
        as satisfies never;
    }
  }
  return written.join('').trim();
}

/** Neighbours of one kind as one, but for blocks; empty ones left out. */
function merged(parts: readonly MessagePart[]): MessagePart[] {
  const list: { as: MessagePart['as']; texts: string[] }[] = [];
  for (const { as, text } of parts) {
    const last = list.at(-1);
    if (text === '' && as !== 'block') continue;
    if (last !== undefined && last.as === as && as !== 'block') last.texts.push(text);
    else list.push({ as, texts: [text] });
  }
  return list.map(({ as, texts }) => ({ as, text: texts.join('') }));
}

/** The address alone where it says what the label does; else both: neither the words nor where they lead are lost. */
export function linkWords(url: string, label = ''): string {
  const address = url.replace(/^(?:mailto|tel):/, '');
  const says = (text: string) => text.replace(/^https?:\/\//, '').replace(/\/$/, '');
  return label === '' || says(label) === says(address) ? address : `${label} (${address})`;
}
