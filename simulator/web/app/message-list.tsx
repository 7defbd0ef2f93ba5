// Messages one under the other: it keeps to the newest while one is there, and arrow keys walk it.
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ShownMessage } from '../protocol.ts';
import { MessageRow } from './message-row.tsx';
import { usePage } from './page.ts';
import { keyOf } from './page-state.ts';
import { dayWords, msOf } from './time-words.ts';

const TABBABLE = 'a[href], button:not(:disabled), input, select, textarea, summary, [tabindex="0"]';

/** So near the end counts as there, in px. */
const NEAR = 60;

export function MessageList(props: {
  messages: readonly ShownMessage[];
  label: string;
  empty: string;
  in_thread?: boolean;
}) {
  const { messages, label, empty, in_thread = false } = props;
  const { people } = usePage();
  const box = useRef<HTMLDivElement>(null);
  const before = useRef<HTMLSpanElement>(null);
  const after = useRef<HTMLSpanElement>(null);
  const isByPointer = useRef(false);
  const isAtEnd = useRef(true);
  const [hasNewBelow, setNewBelow] = useState(false);
  const [at, setAt] = useState<string | null>(null);
  const newest = messages.at(-1);

  const toEnd = () => {
    const { current } = box;
    if (current) current.scrollTop = current.scrollHeight;
  };
  useLayoutEffect(() => {
    if (isAtEnd.current) toEnd();
    else setNewBelow(true);
  }, [newest?.ts]);
  // A card that changes its height must not push the newest out of sight.
  useLayoutEffect(() => {
    if (isAtEnd.current) toEnd();
  }, [messages]);

  useEffect(() => {
    const byKey = () => {
      isByPointer.current = false;
    };
    document.addEventListener('keydown', byKey, true);
    return () => document.removeEventListener('keydown', byKey, true);
  }, []);

  const onScroll = () => {
    const { current } = box;
    if (!current) return;
    isAtEnd.current = current.scrollHeight - current.scrollTop - current.clientHeight < NEAR;
    if (isAtEnd.current) setNewBelow(false);
  };
  const rows = () => [...(box.current?.querySelectorAll<HTMLElement>('article') ?? [])];
  const onKeyDown = (event: KeyboardEvent) => {
    const { target } = event;
    if (!(target instanceof HTMLElement)) return;
    const row = target.closest('article');
    if (event.key === 'Tab' && row) {
      // The list is one stop of the Tab key: from its message's first and last control one leaves it.
      if (event.shiftKey && target === row) before.current?.focus();
      const last = [...row.querySelectorAll<HTMLElement>(TABBABLE)].at(-1) ?? row;
      if (!event.shiftKey && target === last) after.current?.focus();
      return;
    }
    if (target !== row) {
      if (event.key === 'Escape' && row && !event.defaultPrevented) row.focus();
      return;
    }
    const all = rows();
    const here = all.indexOf(row);
    const next = {
      ArrowUp: all[here - 1],
      ArrowDown: all[here + 1],
      Home: all[0],
      End: all.at(-1),
      Enter: row.querySelector<HTMLElement>('.bk-blocks button, .bk-blocks a, .bk-blocks input'),
    }[event.key];
    if (!next) return;
    event.preventDefault();
    next.focus();
    if (next.tagName === 'ARTICLE') next.scrollIntoView({ block: 'nearest' });
  };
  const onFocusIn = (event: FocusEvent) => {
    const row = event.target instanceof Element && event.target.closest('article');
    if (!row) return;
    const from = event.relatedTarget;
    const isEntering = from instanceof Node && !box.current?.contains(from);
    const current = box.current?.querySelector<HTMLElement>('article[tabindex="0"]');
    if (isEntering && !isByPointer.current && current && !current.contains(row)) current.focus();
    else setAt(row.getAttribute('data-focus-home'));
  };
  const known = messages.some((each) => keyOf(each) === at);
  const inTabOrder = known ? at : newest ? keyOf(newest) : null;
  return (
    <div class="list-frame">
      <span ref={before} tabIndex={-1} />
      <div
        class="message-list"
        // A feed that holds no article is none.
        role={messages.length === 0 ? 'group' : 'feed'}
        aria-label={label}
        ref={box}
        onScroll={onScroll}
        onKeyDown={onKeyDown}
        onPointerDown={() => {
          isByPointer.current = true;
        }}
        onFocusIn={onFocusIn}
      >
        {messages.length === 0 && <p class="empty">{empty}</p>}
        {messages.map((message, index) => {
          const day = dayWords(msOf(message.ts), people.timezone);
          const before = messages[index - 1];
          const isNewDay = !before || dayWords(msOf(before.ts), people.timezone) !== day;
          const key = keyOf(message);
          return (
            <MessageRow
              key={key}
              message={message}
              day={isNewDay && !in_thread ? day : null}
              in_thread={in_thread}
              is_in_tab_order={key === inTabOrder}
            />
          );
        })}
      </div>
      <span ref={after} tabIndex={-1} />
      {hasNewBelow && (
        <button
          type="button"
          class="new-below"
          onClick={() => {
            toEnd();
            setNewBelow(false);
          }}
        >
          ↓ New messages
        </button>
      )}
    </div>
  );
}
