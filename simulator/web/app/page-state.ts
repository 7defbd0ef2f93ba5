// What the page knows, and how it changes by what the server tells and by what is chosen. Pure.
import type {
  Change,
  ClockInfo,
  Directory,
  ItemsInfo,
  ShownMessage,
  ShownView,
  Snapshot,
  TroubleInfo,
} from '../protocol.ts';

export type Place = { kind: 'channel'; id: string } | { kind: 'home' };
export type Panel =
  | { kind: 'none' }
  | { kind: 'thread'; channel: string; ts: string }
  | { kind: 'trouble' }
  | { kind: 'items' };

/** What the server told of, of one person's workspace. */
export interface Seen {
  directory: Directory;
  /** By `CHANNEL TS`; what did not change keeps its identity. */
  messages: ReadonlyMap<string, ShownMessage>;
  modals: ShownView[];
  home: ShownView | null;
  clock: ClockInfo;
  trouble: TroubleInfo;
  items: ItemsInfo;
}

export interface PageState {
  /** Whom the page is. */
  as: string;
  /** Null until the first snapshot of that person. */
  seen: Seen | null;
  /** When the clock was told last, by this page's own (ms). */
  clock_heard_at: number;
  is_connected: boolean;
  place: Place | null;
  panel: Panel;
  /** By channel: the ts up to which this person has read. */
  read_to: Readonly<Record<string, string>>;
  is_side_bar_open: boolean;
  /** What a screen reader is told. */
  said: string;
  /** What went wrong last, in words; null: nothing, or it was dismissed. */
  trouble_words: string | null;
}

export type Event =
  | { type: 'snapshot'; snapshot: Snapshot; at: number }
  | { type: 'changes'; changes: Change[]; at: number }
  | { type: 'connection'; is_connected: boolean }
  | { type: 'became'; as: string; read_to: Readonly<Record<string, string>> }
  | { type: 'went'; place: Place }
  | { type: 'opened'; panel: Panel }
  | { type: 'read'; channel: string; ts: string }
  | { type: 'side_bar'; is_open: boolean }
  | { type: 'said'; words: string }
  | { type: 'failed'; words: string | null };

export const keyOf = (message: { channel: string; ts: string }): string =>
  `${message.channel} ${message.ts}`;

export function firstState(as: string, read_to: Readonly<Record<string, string>>): PageState {
  return {
    as,
    seen: null,
    clock_heard_at: 0,
    is_connected: false,
    place: null,
    panel: { kind: 'none' },
    read_to,
    is_side_bar_open: false,
    said: '',
    trouble_words: null,
  };
}

export function nextState(state: PageState, event: Event): PageState {
  switch (event.type) {
    case 'snapshot': {
      const { messages, ...rest } = event.snapshot;
      const known = state.seen?.messages;
      const seen: Seen = {
        ...rest,
        messages: new Map(messages.map((each) => [keyOf(each), sameOr(known, each)])),
      };
      return {
        ...state,
        seen,
        clock_heard_at: event.at,
        is_connected: true,
        place: placeIn(state.place, seen),
      };
    }
    case 'changes': {
      if (!state.seen) return state;
      const isClock = event.changes.some((change) => change.what === 'clock');
      return {
        ...state,
        seen: event.changes.reduce(changed, state.seen),
        clock_heard_at: isClock ? event.at : state.clock_heard_at,
      };
    }
    case 'connection':
      return { ...state, is_connected: event.is_connected };
    case 'became':
      return { ...state, as: event.as, read_to: event.read_to, panel: keptPanel(state) };
    case 'went':
      return { ...state, place: event.place, panel: keptPanel(state), is_side_bar_open: false };
    case 'opened':
      return { ...state, panel: event.panel, is_side_bar_open: false };
    case 'read':
      return { ...state, read_to: { ...state.read_to, [event.channel]: event.ts } };
    case 'side_bar':
      return { ...state, is_side_bar_open: event.is_open };
    case 'said':
      return { ...state, said: event.words };
    case 'failed':
      return { ...state, trouble_words: event.words };
    default:
      return event satisfies never;
  }
}

/** A thread belongs to where it was opened; the other panels stay. */
const keptPanel = ({ panel }: PageState): Panel =>
  panel.kind === 'thread' ? { kind: 'none' } : panel;

function changed(seen: Seen, change: Change): Seen {
  switch (change.what) {
    case 'directory':
      return { ...seen, directory: change.directory };
    case 'message': {
      const messages = new Map(seen.messages);
      messages.set(keyOf(change.message), change.message);
      return { ...seen, messages };
    }
    case 'gone': {
      const messages = new Map(seen.messages);
      messages.delete(keyOf(change));
      return { ...seen, messages };
    }
    case 'notes': {
      const others = [...seen.messages].filter(([, message]) => !message.is_note);
      const notes = change.notes.map((note) => [keyOf(note), sameOr(seen.messages, note)] as const);
      return { ...seen, messages: new Map([...others, ...notes]) };
    }
    case 'modals':
      return { ...seen, modals: change.modals };
    case 'home':
      return { ...seen, home: change.home };
    case 'clock':
      return { ...seen, clock: change.clock };
    case 'trouble':
      return { ...seen, trouble: change.trouble };
    case 'items':
      return { ...seen, items: { ...seen.items, entries: change.entries, next: change.next } };
    default:
      return change satisfies never;
  }
}

/** The record that is known already, where nothing of it has changed: what is drawn of it stays. */
function sameOr(
  known: ReadonlyMap<string, ShownMessage> | undefined,
  message: ShownMessage,
): ShownMessage {
  const before = known?.get(keyOf(message));
  return before && JSON.stringify(before) === JSON.stringify(message) ? before : message;
}

/** Where the person was, if they may be there; else the first of their channels where something was said. */
function placeIn(place: Place | null, { directory, messages }: Seen): Place {
  if (place?.kind === 'home') return place;
  if (place && directory.channels.some(({ id }) => id === place.id)) return place;
  const own = directory.channels.filter((each) => each.is_member && each.kind === 'channel');
  const spoken = own.find(({ id }) => [...messages.values()].some((each) => each.channel === id));
  const id = (spoken ?? own[0] ?? directory.channels[0])?.id;
  return id === undefined ? { kind: 'home' } : { kind: 'channel', id };
}
