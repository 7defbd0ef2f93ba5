// What Slack's composer makes of what a person types: a rich_text block, and the text that Slack derives from it.
import { EMOJI } from './inline-text.ts';
import type { Block, Workspace } from './records.ts';
import { styledSpans, type Style } from './styled-spans.ts';
import { escapedText, named } from './typed-text.ts';
import { randomId } from './workspace.ts';

interface Inline {
  type: string;
  text?: string;
  style?: Style;
  [key: string]: unknown;
}
interface Section {
  type: 'rich_text_section';
  elements: Inline[];
}
type Element =
  | Section
  | { type: 'rich_text_quote'; elements: Inline[] }
  | { type: 'rich_text_preformatted'; elements: Inline[]; border: 0 }
  | {
      type: 'rich_text_list';
      style: 'bullet' | 'ordered';
      elements: Section[];
      indent: number;
      border: 0;
    };

const FENCE = '```';

/** The message that is sent when `typed` is entered: code in fences or backticks, lists, quotes, styles, names, links. */
export function composedMessage(
  workspace: Workspace,
  typed: string,
): { text: string; blocks: Block[] } {
  const elements: Element[] = [];
  let from = 0;
  while (from < typed.length) {
    const open = typed.indexOf(FENCE, from);
    const close = open < 0 ? -1 : typed.indexOf(FENCE, open + FENCE.length);
    const words = typed.slice(from, close < 0 ? typed.length : open);
    elements.push(...linesOf(workspace, from === 0 ? words : words.replace(/^\n/, '')));
    if (close < 0) break;
    const code = typed
      .slice(open + FENCE.length, close)
      .replace(/^\n/, '')
      .replace(/\n$/, '');
    elements.push({
      type: 'rich_text_preformatted',
      elements: code === '' ? [] : [{ type: 'text', text: code }],
      border: 0,
    });
    from = close + FENCE.length;
  }
  return {
    text: textOf(elements),
    blocks: elements.length === 0 ? [] : [{ type: 'rich_text', block_id: randomId('b'), elements }],
  };
}

const LIST_ITEM = /^( {0,32})(?:([-*•])|(\d{1,4})[.)]) (?=\S)/;
const QUOTE = /^>[ ]?/;

/** Lines of prose as sections, quotes and lists: neighbours of one kind together. */
function linesOf(workspace: Workspace, text: string): Element[] {
  const elements: Element[] = [];
  let prose: string[] = [];
  const endProse = (follows: boolean) => {
    if (prose.length > 0) {
      const words = prose.join('\n') + (follows ? '\n' : '');
      const inlines = inlinesOf(workspace, words);
      if (inlines.length > 0) elements.push({ type: 'rich_text_section', elements: inlines });
    }
    prose = [];
  };
  for (const line of text.split('\n')) {
    const item = LIST_ITEM.exec(line);
    const last = prose.length === 0 ? elements.at(-1) : undefined;
    if (item) {
      endProse(true);
      const [mark, blanks = '', bullet] = item;
      const style = bullet === undefined ? 'ordered' : 'bullet';
      const indent = Math.min(8, Math.floor(blanks.length / 2));
      const section: Section = {
        type: 'rich_text_section',
        elements: inlinesOf(workspace, line.slice(mark.length)),
      };
      if (last?.type === 'rich_text_list' && last.style === style && last.indent === indent)
        last.elements.push(section);
      else elements.push({ type: 'rich_text_list', style, elements: [section], indent, border: 0 });
    } else if (QUOTE.test(line)) {
      endProse(true);
      const words = line.replace(QUOTE, '');
      if (last?.type === 'rich_text_quote')
        last.elements.push(...inlinesOf(workspace, `\n${words}`));
      else elements.push({ type: 'rich_text_quote', elements: inlinesOf(workspace, words) });
    } else prose.push(line);
  }
  endProse(false);
  return elements;
}

/** Slack's own form in angle brackets, an address, a name, or an emoji by its name. */
const TOKEN =
  /<([^<>\n]{1,3000})>|\bhttps?:\/\/[^\s<>|]+|(?<![^\s(])[@#][a-z0-9][a-z0-9._-]*|:[a-z0-9_+-]{1,60}:/g;

function inlinesOf(workspace: Workspace, text: string): Inline[] {
  return styledSpans(text).flatMap(({ text: span, style }): Inline[] => {
    const styled = style === undefined ? {} : { style };
    if (style?.code) return [{ type: 'text', text: span, style }];
    const list: Inline[] = [];
    let from = 0;
    for (const match of span.matchAll(TOKEN)) {
      const inline = tokenOf(workspace, match[0], match[1]);
      if (inline === null) continue;
      const [element, length] = inline;
      if (match.index > from)
        list.push({ type: 'text', text: span.slice(from, match.index), ...styled });
      list.push({ ...element, ...styled });
      from = match.index + length;
    }
    if (from < span.length) list.push({ type: 'text', text: span.slice(from), ...styled });
    return list;
  });
}

/** The element that a token stands for, and how much of it that takes; null where it is a text like any other. */
function tokenOf(
  workspace: Workspace,
  token: string,
  inside: string | undefined,
): [Inline, number] | null {
  const whole = (inline: Inline): [Inline, number] => [inline, token.length];
  if (inside !== undefined) {
    const inline = bracketed(workspace, inside);
    return inline && whole(inline);
  }
  if (token.startsWith(':')) {
    const name = token.slice(1, -1);
    const sign = EMOJI[name];
    const unicode = [...(sign ?? '')].map((one) => one.codePointAt(0)?.toString(16)).join('-');
    return sign === undefined ? null : whole({ type: 'emoji', name, unicode });
  }
  if (token.startsWith('http')) return whole({ type: 'link', url: token });
  const word = nameIn(token);
  if (token.startsWith('@') && ['here', 'channel', 'everyone'].includes(word))
    return [{ type: 'broadcast', range: word }, word.length + 1];
  const found = token.startsWith('@') ? named(workspace, word) : undefined;
  if (found)
    return [
      found.kind === 'user'
        ? { type: 'user', user_id: found.id }
        : { type: 'usergroup', usergroup_id: found.id },
      word.length + 1,
    ];
  const channel = token.startsWith('#')
    ? [...workspace.channels.values()].find(({ name }) => name === word)
    : undefined;
  return channel ? [{ type: 'channel', channel_id: channel.id }, word.length + 1] : null;
}

/** Without its sign, and without what ends a sentence. */
function nameIn(token: string): string {
  let end = token.length;
  while ('._-'.includes(token.charAt(end - 1))) end -= 1;
  return token.slice(1, end);
}

/** `<@U…>`, `<#C…>`, `<!here>`, `<https://…|label>`: as a client sends what was chosen from its menus. */
function bracketed(workspace: Workspace, inside: string): Inline | null {
  const [target = '', label] = inside.split('|');
  if (target === '@bot') return { type: 'user', user_id: workspace.app.bot_user_id };
  if (/^@[UW][A-Z0-9]+$/.test(target)) return { type: 'user', user_id: target.slice(1) };
  if (/^#[CG][A-Z0-9]+$/.test(target)) return { type: 'channel', channel_id: target.slice(1) };
  if (/^!subteam\^S[A-Z0-9]+$/.test(target))
    return { type: 'usergroup', usergroup_id: target.slice('!subteam^'.length) };
  if (/^!(?:here|channel|everyone)$/.test(target))
    return { type: 'broadcast', range: target.slice(1) };
  return /^(?:https?:\/\/|mailto:|tel:)/.test(target)
    ? { type: 'link', url: target, ...(label ? { text: label } : {}) }
    : null;
}

/** The `text` beside the blocks. */
function textOf(elements: readonly Element[]): string {
  const inlines = (list: readonly Inline[]) => list.map(inlineText).join('');
  return elements
    .map((element, at) => {
      switch (element.type) {
        case 'rich_text_section':
          return inlines(element.elements);
        case 'rich_text_quote':
          return `&gt; ${inlines(element.elements).replace(/\n/g, '\n&gt; ')}${at < elements.length - 1 ? '\n' : ''}`;
        case 'rich_text_preformatted':
          return `${FENCE}${inlines(element.elements)}${FENCE}${at < elements.length - 1 ? '\n' : ''}`;
        case 'rich_text_list':
          return element.elements
            .map(
              (section, place) =>
                `${'    '.repeat(element.indent)}${element.style === 'ordered' ? `${place + 1}.` : (['•', '◦', '▪︎'][element.indent % 3] ?? '•')} ${inlines(section.elements)}\n`,
            )
            .join('');
        default:
          return element satisfies never;
      }
    })
    .join('');
}

function inlineText({ type, text = '', style, ...held }: Inline): string {
  switch (type) {
    case 'text': {
      const marks = [
        ...(style?.bold ? ['*'] : []),
        ...(style?.italic ? ['_'] : []),
        ...(style?.strike ? ['~'] : []),
        ...(style?.code ? ['`'] : []),
      ];
      return `${marks.join('')}${escapedText(text)}${marks.toReversed().join('')}`;
    }
    case 'link':
      return text === ''
        ? `<${String(held['url'])}>`
        : `<${String(held['url'])}|${escapedText(text)}>`;
    case 'user':
      return `<@${String(held['user_id'])}>`;
    case 'usergroup':
      return `<!subteam^${String(held['usergroup_id'])}>`;
    case 'channel':
      return `<#${String(held['channel_id'])}|${text}>`;
    case 'broadcast':
      return `<!${String(held['range'])}>`;
    default:
      return `:${String(held['name'])}:`;
  }
}
