// The page's state, its connection to the server, and what is where.
import { useEffect, useMemo, useReducer } from 'preact/hooks';
import type { Deed } from '../protocol.ts';
import { ChannelView } from './channel-view.tsx';
import { HomePage } from './home-page.tsx';
import { ItemPanel } from './item-panel.tsx';
import { unread } from './messages.ts';
import { ModalStack } from './modal-stack.tsx';
import { PageContext, usePage, type Page } from './page.ts';
import { firstState, nextState, type Event } from './page-state.ts';
import { peopleOf, useNow } from './people.ts';
import { listen, send } from './server.ts';
import { rememberedPerson, rememberedReading, rememberPerson, rememberReading } from './session.ts';
import { SideBar } from './side-bar.tsx';
import { ThreadPanel } from './thread-panel.tsx';
import { TopBar } from './top-bar.tsx';
import { Tour } from './tour.tsx';
import { TroublePanel } from './trouble-panel.tsx';
import { useAnnouncements } from './use-announcements.ts';
import { useKeptFocus } from './use-kept-focus.ts';

/** How long it is said that something went wrong, in ms. */
const NOTICE_MS = 10_000;

export function App() {
  const [state, tell] = useReducer(nextState, null, () => {
    const as = rememberedPerson();
    return firstState(as, rememberedReading(as));
  });
  const { as, seen } = state;

  useEffect(() => {
    rememberPerson(as);
    return listen(as, {
      snapshot: (snapshot) => tell({ type: 'snapshot', snapshot, at: performance.now() }),
      changes: (changes) => tell({ type: 'changes', changes, at: performance.now() }),
      connection: (is_connected) => tell({ type: 'connection', is_connected }),
    });
  }, [as]);
  useEffect(() => rememberReading(as, state.read_to), [as, state.read_to]);

  const now = useNow(state);
  const people = useMemo(
    () => (seen ? peopleOf(seen.directory, now) : null),
    [seen?.directory, now],
  );
  const page = useMemo<Page | null>(() => {
    if (!seen || !people) return null;
    const perform = async (deed: Deed) => {
      const answer = await send(deed);
      if (!answer.ok && answer.error !== '') tell({ type: 'failed', words: answer.error });
      return answer;
    };
    return { state, seen, people, tell, perform };
  }, [state, seen, people]);

  useKeptFocus();
  useAnnouncements(page, tell);
  const waiting = page ? [...unread(state).values()].reduce((sum, each) => sum + each, 0) : 0;
  useEffect(() => {
    document.title = `${waiting > 0 ? `(${waiting}) ` : ''}HITL Pager: the workspace`;
  }, [waiting]);

  if (!page) return <Connecting />;
  return (
    <PageContext.Provider value={page}>
      <Workspace />
      <ModalStack />
    </PageContext.Provider>
  );
}

function Workspace() {
  const { state, tell } = usePage();
  const { place, panel, is_side_bar_open } = state;
  const classes = [
    'workspace',
    ...(panel.kind === 'none' ? [] : ['has-panel']),
    ...(is_side_bar_open ? ['shows-side-bar'] : []),
  ];
  return (
    <div class={classes.join(' ')} onClick={(event) => followPermalink(event, tell)}>
      <TopBar />
      <SideBar />
      {is_side_bar_open && (
        <div class="veil" onClick={() => tell({ type: 'side_bar', is_open: false })} />
      )}
      <main class="main">
        <Tour />
        {place?.kind === 'channel' ? <ChannelView key={place.id} id={place.id} /> : <HomePage />}
      </main>
      <SidePanel />
      <div class="heard" role="status" aria-live="polite">
        {state.said}
      </div>
      <Notices />
    </div>
  );
}

function SidePanel() {
  const { panel } = usePage().state;
  switch (panel.kind) {
    case 'none':
      return null;
    case 'thread':
      return <ThreadPanel key={panel.ts} channel={panel.channel} ts={panel.ts} />;
    case 'trouble':
      return <TroublePanel />;
    case 'items':
      return <ItemPanel />;
    default:
      return panel satisfies never;
  }
}

/** What went wrong, until it is dismissed; and that the connection is gone, while it is. */
function Notices() {
  const { state, tell } = usePage();
  const { trouble_words, is_connected } = state;
  useEffect(() => {
    if (trouble_words === null) return;
    const timer = setTimeout(() => tell({ type: 'failed', words: null }), NOTICE_MS);
    return () => clearTimeout(timer);
  }, [trouble_words]);
  return (
    <div class="notices">
      {!is_connected && (
        <div class="notice" role="status">
          The connection is gone; trying again…
        </div>
      )}
      {trouble_words !== null && (
        <div class="notice is-bad" role="alert">
          {trouble_words}
          <button
            type="button"
            class="quiet"
            aria-label="Dismiss"
            onClick={() => tell({ type: 'failed', words: null })}
          >
            ✕
          </button>
        </div>
      )}
    </div>
  );
}

function Connecting() {
  return (
    <main class="connecting" aria-busy="true">
      <h1 class="heard">HITL Pager</h1>
      <p>Opening the workspace…</p>
    </main>
  );
}

/** A link to a message of this workspace leads there, and not out of the page. */
function followPermalink(event: MouseEvent, tell: (event: Event) => void): void {
  const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
  const found = /\/archives\/([A-Z0-9]+)\/p(\d{10})(\d{6})/.exec(link?.getAttribute('href') ?? '');
  if (!found) return;
  event.preventDefault();
  const [, channel = '', seconds = '', micros = ''] = found;
  tell({ type: 'went', place: { kind: 'channel', id: channel } });
  requestAnimationFrame(() => {
    const row = document.querySelector<HTMLElement>(`[data-ts="${seconds}.${micros}"]`);
    row?.focus();
    row?.scrollIntoView({ block: 'center' });
  });
}
