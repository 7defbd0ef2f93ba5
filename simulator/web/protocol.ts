// What the page and its server say to each other: one snapshot and its changes one way, deeds and
// their answers the other. Types only, read by both sides.
import type { Act, FormValues } from './blocks/types.ts';

export interface PersonInfo {
  id: string;
  name: string;
  real_name: string;
  /** IANA zone. */
  tz: string;
  is_bot: boolean;
  /** What they are here, in a few words: "decides Billing and Support". */
  hint: string;
}

export interface ChannelInfo {
  id: string;
  name: string;
  /** A direct message is with the app. */
  kind: 'channel' | 'direct';
  is_private: boolean;
  is_archived: boolean;
  is_member: boolean;
  /** Without the app. */
  member_count: number;
}

export interface CommandInfo {
  command: string;
  description: string;
  usage_hint: string;
}

export interface ShortcutInfo {
  type: 'message' | 'global';
  name: string;
  callback_id: string;
  description: string;
}

/** Who and what is there, as one person sees it. */
export interface Directory {
  me: string;
  team: string;
  bot: { id: string; name: string };
  people: PersonInfo[];
  channels: ChannelInfo[];
  usergroups: { id: string; handle: string }[];
  commands: CommandInfo[];
  shortcuts: ShortcutInfo[];
}

export interface ShownBlock {
  type: string;
  block_id: string;
  [key: string]: unknown;
}

/** A message, or a note that only this person sees. */
export interface ShownMessage {
  channel: string;
  ts: string;
  user: string;
  text: string;
  blocks: ShownBlock[];
  /** Which version of it this is: a press says what was seen. */
  version: string;
  is_note: boolean;
  is_edited: boolean;
  is_deleted: boolean;
  /** The parent's ts, on replies only. */
  thread_ts?: string;
  /** A reply that the channel shows too. */
  is_broadcast: boolean;
  reply_count: number;
  reply_users: string[];
  latest_reply?: string;
  reactions: { name: string; users: string[] }[];
  files: { id: string; name: string; size: number }[];
}

/** A modal or the Home. */
export interface ShownView {
  id: string;
  title: string;
  /** Words of its buttons; null: it has no such button. */
  submit: string | null;
  close: string | null;
  blocks: ShownBlock[];
  values: FormValues;
  hash: string;
}

export interface ClockInfo {
  /** The workspace's time, epoch milliseconds. */
  now: number;
  /** How far it was moved, in ms. */
  offset: number;
  can_move: boolean;
}

export const TROUBLES = ['rate_limited', 'server_error', 'slow'] as const;
/** What stays wrong until it is switched off. */
export type Trouble = (typeof TROUBLES)[number];
export const MISHAPS = ['cut_sockets', 'lose_answer', 'deliver_twice'] as const;
/** What goes wrong once. */
export type Mishap = (typeof MISHAPS)[number];

export interface TroubleInfo {
  on: Trouble[];
  connections: number;
  /** How the app's calls went, by method. */
  methods: {
    method: string;
    ok: number;
    rate_limited: number;
    refused: number;
    lost: number;
  }[];
  /** Calls that said again what had not come through before. */
  retries: number;
  /** What Slack would not have put up with. */
  problems: { kind: string; message: string }[];
}

/** One item that was put in from here, and what came back. */
export interface ItemEntry {
  id: string;
  title: string;
  kind: string;
  /** `open`, `claimed`, `decided`, or `refused`, where the pager did not take it. */
  status: string;
  rule: string | null;
  result: unknown;
  /** The webhook that carried the result; null where none has come. */
  delivery: { id: string; at: number; is_signed: boolean } | null;
}

export interface ItemsInfo {
  entries: ItemEntry[];
  samples: { name: string; item: object }[];
  /** The one that "next" puts in. */
  next: { title: string; number: number; of: number };
  /** JSON Schema of an item. */
  schema: object;
}

export interface Snapshot {
  directory: Directory;
  messages: ShownMessage[];
  modals: ShownView[];
  home: ShownView | null;
  clock: ClockInfo;
  trouble: TroubleInfo;
  items: ItemsInfo;
}

export type Change =
  | { what: 'directory'; directory: Directory }
  | { what: 'message'; message: ShownMessage }
  | { what: 'gone'; channel: string; ts: string }
  | { what: 'notes'; notes: ShownMessage[] }
  | { what: 'modals'; modals: ShownView[] }
  | { what: 'home'; home: ShownView | null }
  | { what: 'clock'; clock: ClockInfo }
  | { what: 'trouble'; trouble: TroubleInfo }
  | { what: 'items'; entries: ItemEntry[]; next: ItemsInfo['next'] };

/** Where something is pressed: a version of a message, or an open view. */
export type PressedAt = { channel: string; ts: string; version: string } | { view: string };

/** What a person does. `as` is whom the page is at the time. */
export type Deed =
  | { do: 'press'; as: string; at: PressedAt; act: Act; values?: FormValues }
  | { do: 'submit'; as: string; view: string; values: FormValues }
  | { do: 'close'; as: string; view: string; all: boolean }
  | { do: 'command'; as: string; channel: string; text: string }
  | { do: 'say'; as: string; channel: string; thread_ts?: string; text: string }
  | { do: 'shortcut'; as: string; callback_id: string; on?: { channel: string; ts: string } }
  | { do: 'open_home'; as: string }
  | { do: 'move_clock'; ms: number }
  | { do: 'trouble'; trouble: Trouble; on: boolean }
  | { do: 'mishap'; mishap: Mishap }
  | { do: 'put_item'; item: unknown }
  | { do: 'next_item' };

export type Answer =
  | { ok: true; item_id?: string }
  /** `error` in words for the person; `errors` at fields, by block id. */
  | { ok: false; error: string; errors?: Record<string, string> };
