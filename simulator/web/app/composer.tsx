// Where one writes: messages, and commands of the app, with what fits while one types.
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { suggestions, type Suggestion } from './suggestions.ts';
import { Menu } from './menu.tsx';
import { usePage } from './page.ts';

export function Composer(props: {
  channel: string;
  thread_ts?: string;
  label: string;
  hint?: string;
  is_archived: boolean;
}) {
  const { channel, thread_ts, label, hint, is_archived } = props;
  const { state, seen, perform } = usePage();
  const { as } = state;
  const { commands, shortcuts } = seen.directory;
  const [text, setText] = useState('');
  const [caret, setCaret] = useState(0);
  const [picked, setPicked] = useState(0);
  const [isShut, setShut] = useState(false);
  const box = useRef<HTMLTextAreaElement>(null);
  const caretWanted = useRef<number | null>(null);
  const id = useId();
  const found = isShut ? [] : suggestions(text.slice(0, caret), seen.directory);
  const at = Math.min(picked, found.length - 1);
  const shortcutsHere = shortcuts.filter((each) => each.type === 'global');

  const change = (next: string, position: number) => {
    setText(next);
    setCaret(position);
    setPicked(0);
    setShut(false);
  };
  const take = (suggestion: Suggestion) => {
    const next = suggestion.text + text.slice(caret);
    change(next, suggestion.text.length);
    caretWanted.current = suggestion.text.length;
  };
  // Before the next key is pressed, however fast one types.
  useLayoutEffect(() => {
    const wanted = caretWanted.current;
    if (wanted === null) return;
    caretWanted.current = null;
    box.current?.focus();
    box.current?.setSelectionRange(wanted, wanted);
  });
  const say = async () => {
    const words = text.trim();
    if (words === '') return;
    change('', 0);
    const isCommand = thread_ts === undefined && /^\/[a-z]/.test(words);
    const answer = isCommand
      ? await perform({ do: 'command', as, channel, text: words })
      : await perform({ do: 'say', as, channel, thread_ts, text: words });
    // What was not taken is not lost.
    if (!answer.ok) setText((now) => (now === '' ? words : now));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const suggestion = found[at];
    if (event.isComposing) return;
    if (suggestion && event.key === 'Escape') setShut(true);
    else if (suggestion && event.key === 'ArrowDown') setPicked((at + 1) % found.length);
    else if (suggestion && event.key === 'ArrowUp')
      setPicked((at + found.length - 1) % found.length);
    else if (suggestion && event.key === 'Tab' && !event.shiftKey) take(suggestion);
    else if (suggestion?.completes && event.key === 'Enter') take(suggestion);
    else if (event.key === 'Enter' && !event.shiftKey) void say();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  if (is_archived) return <p class="composer empty">This channel is archived.</p>;
  return (
    <div class="composer">
      {found.length > 0 && (
        <ul class="suggestions" role="listbox" id={`${id}-list`} aria-label="Suggestions">
          {found.map((each, index) => (
            <li
              key={each.words}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === at}
              onPointerDown={(event) => {
                event.preventDefault();
                take(each);
              }}
            >
              <b>{each.words}</b> <span class="faint">{each.more}</span>
            </li>
          ))}
        </ul>
      )}
      <div class="composer-box">
        <textarea
          ref={box}
          rows={1}
          aria-label={label}
          placeholder={hint ?? `${label}, or ${commands[0]?.command ?? '/'} …`}
          aria-controls={found.length > 0 ? `${id}-list` : undefined}
          aria-autocomplete="list"
          aria-activedescendant={found.length > 0 ? `${id}-${at}` : undefined}
          value={text}
          onInput={(event) => change(event.currentTarget.value, event.currentTarget.selectionStart)}
          onKeyUp={(event) => setCaret(event.currentTarget.selectionStart)}
          onClick={(event) => setCaret(event.currentTarget.selectionStart)}
          onBlur={() => setShut(true)}
          onKeyDown={onKeyDown}
        />
        {thread_ts === undefined && shortcutsHere.length > 0 && (
          <Menu
            kind="tools"
            align="right"
            opens="up"
            label="Shortcuts of the app"
            face="⚡"
            choices={shortcutsHere.map((each) => ({ id: each.callback_id, words: each.name }))}
            onChoose={(callback_id) => void perform({ do: 'shortcut', as, callback_id })}
          />
        )}
        <button
          type="button"
          class="strong send"
          aria-label="Send"
          disabled={text.trim() === ''}
          onClick={() => void say()}
        >
          ➤
        </button>
      </div>
    </div>
  );
}
