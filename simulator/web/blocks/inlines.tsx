// Running text as elements of the page: text nodes only, whatever is in it.
import type { ComponentChildren } from 'preact';
import { dateWords, fullDateWords } from '../text/date-words.ts';
import type { Inline, InlineStyle } from '../text/inline.ts';
import type { People } from './types.ts';

export function Inlines({ inlines, people }: { inlines: readonly Inline[]; people: People }) {
  return (
    <>
      {inlines.map((inline, at) => (
        <One key={at} inline={inline} people={people} />
      ))}
    </>
  );
}

function One({ inline, people }: { inline: Inline; people: People }) {
  switch (inline.kind) {
    case 'text':
      return <span class="bk-run">{inline.text}</span>;
    case 'styled':
      return (
        <Styled style={inline.style}>
          <Inlines inlines={inline.children} people={people} />
        </Styled>
      );
    case 'link':
      return <SafeLink href={inline.href}>{inline.text}</SafeLink>;
    case 'user':
      return <Mention sign="@" name={nameOf(people.userName(inline.id), inline)} />;
    case 'usergroup':
      return <Mention sign="@" name={nameOf(people.usergroupHandle(inline.id), inline)} />;
    case 'channel':
      return <Mention sign="#" name={nameOf(people.channelName(inline.id), inline)} />;
    case 'broadcast':
      return <span class="bk-mention bk-broadcast">@{inline.range}</span>;
    case 'date': {
      const words = dateWords(inline, people);
      const shown = (
        <time class="bk-run" title={fullDateWords(inline.seconds, people)}>
          {words}
        </time>
      );
      return inline.href === undefined ? shown : <SafeLink href={inline.href}>{shown}</SafeLink>;
    }
    case 'color':
      return (
        <span class="bk-color">
          <span
            class="bk-color-chip"
            style={{ backgroundColor: inline.value }}
            aria-hidden="true"
          />
          {inline.value}
        </span>
      );
    default:
      return inline satisfies never;
  }
}

/** What the workspace calls it; where it knows nothing, what the text called it, else the id. */
const nameOf = (known: string, { id, label }: { id: string; label?: string }): string =>
  (known === id || known === '' ? (label ?? id) : known).replace(/^[@#]/, '');

const Mention = ({ sign, name }: { sign: string; name: string }) => (
  <span class="bk-mention bk-run">
    {sign}
    {name}
  </span>
);

/** A link out of the page. `href` has been through `safeHref`. */
export const SafeLink = ({ href, children }: { href: string; children: ComponentChildren }) => (
  <a class="bk-link bk-run" href={href} target="_blank" rel="noopener noreferrer nofollow">
    {children}
  </a>
);

function Styled({ style, children }: { style: InlineStyle; children: ComponentChildren }) {
  switch (style) {
    case 'bold':
      return <strong>{children}</strong>;
    case 'italic':
      return <em>{children}</em>;
    case 'strike':
      return <s>{children}</s>;
    case 'code':
      return <code class="bk-code">{children}</code>;
    case 'underline':
      return <u>{children}</u>;
    case 'highlight':
    case 'client_highlight':
      return <mark class="bk-highlight">{children}</mark>;
    default:
      return style satisfies never;
  }
}
