// rich_text: sections, lists, quotations and code, each as the element of the page that it is.
import type { Json } from '../../slack/controls.ts';
import { Inlines } from './inlines.tsx';
import { listOf, numberOf } from './payload.ts';
import { richInlines } from './rich-inlines.ts';
import type { People } from './types.ts';
import { Unknown } from './unknown.tsx';

export function RichText({ block, people }: { block: Json; people: People }) {
  return (
    <div class="bk-rich-text">
      {listOf(block['elements']).map((element, at) => (
        <Element key={at} element={element} people={people} />
      ))}
    </div>
  );
}

const DEEPEST = 8;

function Element({ element, people }: { element: Json; people: People }) {
  const inlines = <Inlines inlines={richInlines(element['elements'])} people={people} />;
  const bordered = element['border'] === 1 ? ' bk-bordered' : '';
  switch (element['type']) {
    case 'rich_text_section':
      return <div class="bk-paragraph">{inlines}</div>;
    case 'rich_text_quote':
      return <blockquote class={`bk-quote${bordered}`}>{inlines}</blockquote>;
    case 'rich_text_preformatted':
      return <pre class={`bk-pre${bordered}`}>{inlines}</pre>;
    case 'rich_text_list': {
      const indent = Math.min(DEEPEST, Math.max(0, numberOf(element['indent']) ?? 0));
      const ordered = element['style'] === 'ordered';
      const List = ordered ? 'ol' : 'ul';
      return (
        <List
          class={`bk-list bk-indent-${indent} bk-mark-${indent % 3}${bordered}`}
          {...(ordered ? { start: (numberOf(element['offset']) ?? 0) + 1 } : {})}
        >
          {listOf(element['elements']).map((item, at) => (
            <li key={at}>
              <Inlines inlines={richInlines(item['elements'])} people={people} />
            </li>
          ))}
        </List>
      );
    }
    default:
      return <Unknown what="rich text element" payload={element} />;
  }
}
