// A markdown block: standard markdown, as text nodes.
import { parseMarkdown } from '../text/markdown.ts';
import type { MarkdownPart } from '../text/markdown.ts';
import type { BlockProps } from './blocks.tsx';
import { Inlines } from './inlines.tsx';
import { stringOf } from './payload.ts';
import type { People } from './types.ts';

export const Markdown = ({ block, surface }: BlockProps) => (
  <div class="bk-rich-text">
    {parseMarkdown(stringOf(block['text'])).map((part, at) => (
      <Part key={at} part={part} people={surface.people} />
    ))}
  </div>
);

function Part({ part, people }: { part: MarkdownPart; people: People }) {
  switch (part.kind) {
    case 'heading':
      return (
        <div class={`bk-heading bk-heading-${part.level}`}>
          <Inlines inlines={part.inlines} people={people} />
        </div>
      );
    case 'paragraph':
      return (
        <div class="bk-paragraph">
          <Inlines inlines={part.inlines} people={people} />
        </div>
      );
    case 'quote':
      return (
        <blockquote class="bk-quote">
          <Inlines inlines={part.inlines} people={people} />
        </blockquote>
      );
    case 'list': {
      const List = part.ordered ? 'ol' : 'ul';
      return (
        <List class="bk-list" {...(part.ordered ? { start: part.start } : {})}>
          {part.items.map((item, at) => (
            <li key={at} class={`bk-indent-${item.depth}`}>
              <Inlines inlines={item.inlines} people={people} />
            </li>
          ))}
        </List>
      );
    }
    case 'pre':
      return <pre class="bk-pre">{part.text}</pre>;
    case 'rule':
      return <hr class="bk-divider" />;
    default:
      return part satisfies never;
  }
}
