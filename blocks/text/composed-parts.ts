/**
 * A message as Slack's composer sends it (`rich_text`), read into prose and code. Pure; null where something in it is of
 * a kind that is not known, so that nothing of it is lost: its text is read instead.
 */
import { z } from 'zod';
import { linkWords, type MessagePart } from './message-parts.ts';

/** An id to what the text of the message calls it. */
export type Names = ReadonlyMap<string, string>;

const style = z.object({ code: z.boolean().optional() }).loose().optional();
const inline = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string(), style }),
  z.object({ type: z.literal('link'), url: z.string(), text: z.string().optional(), style }),
  z.object({ type: z.literal('user'), user_id: z.string() }),
  z.object({ type: z.literal('usergroup'), usergroup_id: z.string() }),
  z.object({ type: z.literal('channel'), channel_id: z.string() }),
  z.object({ type: z.literal('broadcast'), range: z.string() }),
  z.object({ type: z.literal('team'), team_id: z.string() }),
  z.object({ type: z.literal('emoji'), name: z.string(), unicode: z.string().optional() }),
  z.object({ type: z.literal('color'), value: z.string() }),
  z.object({ type: z.literal('date'), timestamp: z.number(), fallback: z.string().optional() }),
]);
const inlines = z.array(inline);
const section = z.object({ type: z.literal('rich_text_section'), elements: inlines });
const element = z.discriminatedUnion('type', [
  section,
  z.object({ type: z.literal('rich_text_quote'), elements: inlines }),
  z.object({ type: z.literal('rich_text_preformatted'), elements: inlines }),
  z.object({
    type: z.literal('rich_text_list'),
    style: z.enum(['bullet', 'ordered']),
    elements: z.array(section),
    indent: z.number().int().min(0).max(20).optional(),
    offset: z.number().int().min(0).optional(),
  }),
]);
const message = z
  .array(z.object({ type: z.literal('rich_text'), elements: z.array(element) }))
  .min(1);

type Inline = z.output<typeof inline>;
type Element = z.output<typeof element>;

/** The parts of a message without the mentions of `bot`. */
export function composedParts(blocks: unknown, bot: string, names: Names): MessagePart[] | null {
  const read = message.safeParse(blocks);
  if (!read.success) return null;
  const parts: MessagePart[] = [];
  for (const one of read.data.flatMap(({ elements }) => elements)) {
    const last = parts.at(-1);
    // The composer ends a section with a line break before what follows, or leaves it out.
    if (last !== undefined && last.as !== 'block' && !last.text.endsWith('\n'))
      parts.push({ as: 'words', text: '\n' });
    parts.push(...partsOf(one, bot, names));
  }
  return parts;
}

const BULLETS = ['•', '◦', '▪︎'];
const INDENT = '    ';

function partsOf(one: Element, bot: string, names: Names): MessagePart[] {
  switch (one.type) {
    case 'rich_text_section':
      return one.elements.map((part) => partOf(part, bot, names));
    case 'rich_text_preformatted':
      return [{ as: 'block', text: one.elements.map((part) => codeOf(part, names)).join('') }];
    case 'rich_text_quote':
      return quoted(one.elements.map((part) => partOf(part, bot, names)));
    case 'rich_text_list': {
      const { indent = 0, offset = 0 } = one;
      return one.elements.flatMap(({ elements }, at) => [
        ...(at === 0 ? [] : [{ as: 'words' as const, text: '\n' }]),
        {
          as: 'mark' as const,
          text: `${INDENT.repeat(indent)}${one.style === 'ordered' ? `${offset + at + 1}.` : (BULLETS[indent % BULLETS.length] ?? '•')} `,
        },
        ...elements.map((part) => partOf(part, bot, names)),
      ]);
    }
    default:
      return one satisfies never;
  }
}

/** `> ` before each line, as it was typed. */
const quoted = (parts: readonly MessagePart[]): MessagePart[] => [
  { as: 'words', text: '> ' },
  ...parts.map(({ as, text }) => ({
    as,
    text: as === 'words' ? text.replace(/\n/g, '\n> ') : text,
  })),
];

function partOf(one: Inline, bot: string, names: Names): MessagePart {
  if ((one.type === 'text' || one.type === 'link') && one.style?.code === true)
    return { as: 'code', text: codeOf(one, names) };
  if (one.type === 'user' && one.user_id === bot) return { as: 'words', text: '' };
  return { as: 'words', text: wordsOf(one, names) };
}

/** In code what was typed counts, not where it leads. */
const codeOf = (one: Inline, names: Names): string => {
  if (one.type === 'link') return one.text ?? one.url;
  return one.type === 'emoji' ? `:${one.name}:` : wordsOf(one, names);
};

function wordsOf(one: Inline, names: Names): string {
  switch (one.type) {
    case 'text':
      return one.text;
    case 'link':
      return linkWords(one.url, one.text);
    case 'user':
      return `@${names.get(one.user_id) ?? one.user_id}`;
    case 'usergroup':
      return `@${names.get(one.usergroup_id) ?? one.usergroup_id}`;
    case 'channel':
      return `#${names.get(one.channel_id) ?? one.channel_id}`;
    case 'broadcast':
      return `@${one.range}`;
    case 'team':
      return `@${one.team_id}`;
    case 'emoji':
      return emojiOf(one.name, one.unicode);
    case 'color':
      return one.value;
    case 'date':
      return one.fallback ?? String(one.timestamp);
    default:
      return one satisfies never;
  }
}

/** As it is seen, where it is in Unicode; one of the workspace's own by its name. */
function emojiOf(name: string, unicode: string | undefined): string {
  const points = (unicode ?? '').split('-').map((hex) => Number.parseInt(hex, 16));
  return points.length > 0 && points.every((one) => one > 0 && one <= 0x10ffff)
    ? String.fromCodePoint(...points)
    : `:${name}:`;
}
