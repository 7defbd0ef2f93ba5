// One message: who, when, what, and what can be done with it.
import { useId, useMemo, useState } from 'preact/hooks';
import { Blocks } from '../blocks/blocks.tsx';
import { Mrkdwn } from '../blocks/text.tsx';
import type { Act, Surface } from '../blocks/types.ts';
import type { ShownMessage } from '../protocol.ts';
import { withEmoji } from '../text/emoji.ts';
import { Avatar } from './avatar.tsx';
import { Menu } from './menu.tsx';
import { usePage, type Page } from './page.ts';
import { keyOf } from './page-state.ts';
import { clockWords, msOf, timeWords } from './time-words.ts';

interface RowProps {
  message: ShownMessage;
  /** The day it begins; null where the day goes on. */
  day: string | null;
  in_thread: boolean;
  is_in_tab_order: boolean;
}

export function MessageRow(props: RowProps) {
  const { message, day, in_thread, is_in_tab_order } = props;
  const page = usePage();
  const [busy, setBusy] = useState<string | null>(null);
  const id = useId();
  const { people, perform, tell } = page;
  const { shortcuts } = page.seen.directory;
  const { as } = page.state;
  // What has not changed is not drawn again, however much happens around it.
  return useMemo(() => {
    const { channel, ts, version } = message;
    const onAct = async (act: Act) => {
      setBusy(act.action_id);
      await perform({ do: 'press', as, at: { channel, ts, version }, act });
      setBusy(null);
    };
    const surface: Surface = { kind: 'message', people, busy, onAct: (act) => void onAct(act) };
    const name = people.userName(message.user);
    const isApp = message.user === page.seen.directory.bot.id;
    const at = msOf(ts);
    return (
      <>
        {day !== null && (
          <div class="day" role="presentation">
            <span>{day}</span>
          </div>
        )}
        <article
          class={`message${message.is_note ? ' is-note' : ''}${isApp ? ' is-app' : ''}`}
          data-focus-home={keyOf(message)}
          data-ts={ts}
          tabIndex={is_in_tab_order ? 0 : -1}
          aria-labelledby={id}
        >
          <Avatar name={name} is_app={isApp} />
          <div class="message-main">
            <div class="message-head" id={id}>
              <b class="message-name">{name}</b>
              {isApp && <span class="app-sign">app</span>}
              <time title={clockWords(at, people.timezone)}>{timeWords(at, people.timezone)}</time>
              {message.is_edited && <span class="faint">(edited)</span>}
              {message.is_note && <span class="only-you">Only you see this</span>}
            </div>
            <div class="message-body">
              {message.blocks.length > 0 ? (
                <Blocks blocks={message.blocks} surface={surface} />
              ) : (
                <p class={`said${message.is_deleted ? ' faint' : ''}`}>
                  <Mrkdwn text={message.text} people={people} />
                </p>
              )}
            </div>
            {message.files.map((file) => (
              <a key={file.id} class="file" href={`/web/files/${file.id}`} download={file.name}>
                {file.name} <span class="faint">{file.size} bytes</span>
              </a>
            ))}
            <Reactions message={message} page={page} />
            {!in_thread && message.reply_count > 0 && (
              <button
                type="button"
                class="replies"
                onClick={() => tell({ type: 'opened', panel: { kind: 'thread', channel, ts } })}
              >
                {message.reply_count === 1 ? '1 reply' : `${message.reply_count} replies`}
                {message.latest_reply !== undefined && (
                  <span class="faint">
                    last at {timeWords(msOf(message.latest_reply), people.timezone)}
                  </span>
                )}
              </button>
            )}
          </div>
          {!message.is_note && !message.is_deleted && (
            <div class="message-tools">
              {!in_thread && (
                <button
                  type="button"
                  class="quiet"
                  aria-label="Reply in thread"
                  title="Reply in thread"
                  onClick={() =>
                    tell({
                      type: 'opened',
                      panel: { kind: 'thread', channel, ts: message.thread_ts ?? ts },
                    })
                  }
                >
                  ↩
                </button>
              )}
              <Menu
                kind="tools"
                align="right"
                label="More with this message"
                face="⋯"
                choices={shortcuts
                  .filter((each) => each.type === 'message')
                  .map((each) => ({ id: each.callback_id, words: each.name }))}
                onChoose={(callback_id) =>
                  void perform({ do: 'shortcut', as, callback_id, on: { channel, ts } })
                }
              />
            </div>
          )}
        </article>
      </>
    );
  }, [message, day, in_thread, is_in_tab_order, people, busy, as, shortcuts]);
}

function Reactions({ message, page }: { message: ShownMessage; page: Page }) {
  if (message.reactions.length === 0) return null;
  return (
    <ul class="reactions" aria-label="Reactions">
      {message.reactions.map(({ name, users }) => (
        <li key={name} title={users.map((user) => page.people.userName(user)).join(', ')}>
          {withEmoji(`:${name}:`)} {users.length}
        </li>
      ))}
    </ul>
  );
}
