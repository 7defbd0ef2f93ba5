// The records of a workspace: people, channels, windows, calls, problems, and what can change. Types only.
import type { Conversation } from './message-store.ts';
import type { Trigger } from './trigger.ts';

/** Epoch milliseconds. Message ts, trigger ids and the pace are told by it; transports use real time. */
export interface Clock {
  now(): number;
}

export interface User {
  id: string;
  name: string;
  real_name: string;
  email: string;
  tz: string;
  team_id: string;
  is_bot: boolean;
  /** A guest: of some channels, or (ultra) of one. */
  is_restricted: boolean;
  is_ultra_restricted: boolean;
  deleted: boolean;
}

export interface Channel {
  id: string;
  name: string;
  members: Set<string>;
  is_archived: boolean;
  is_private: boolean;
  /** The person at the other end, where this is a direct message with the bot. */
  im_user?: string;
}

export interface Usergroup {
  id: string;
  handle: string;
  name: string;
  users: string[];
}

/** A block as it is kept: block_id and action_ids filled in. */
export interface Block {
  type: string;
  block_id: string;
  [key: string]: unknown;
}

/** What a person holds in one interactive element, in Slack's wire shape. */
export interface StateValue {
  type: string;
  [key: string]: unknown;
}

export type StateValues = Record<string, Record<string, StateValue>>;

export interface TextObject {
  type: string;
  text: string;
  emoji?: boolean;
}

/** A modal in someone's stack, or their Home. */
export interface View {
  id: string;
  type: 'modal' | 'home';
  user: string;
  callback_id: string;
  external_id: string;
  private_metadata: string;
  title?: TextObject;
  submit?: TextObject;
  close?: TextObject;
  clear_on_close: boolean;
  notify_on_close: boolean;
  blocks: Block[];
  hash: string;
  root_view_id: string;
  previous_view_id: string | null;
  /** What the person has entered so far; initial values are not in here. */
  entered: StateValues;
}

/** A message only one person sees; gone from history. */
export interface Ephemeral {
  ts: string;
  channel: string;
  /** Who sees it. */
  to: string;
  user: string;
  text: string;
  blocks: Block[];
  thread_ts?: string;
}

interface ResponseUrl {
  channel: string;
  user: string;
  message_ts?: string;
  is_ephemeral: boolean;
  thread_ts?: string;
  uses: number;
  expires_at: number;
}

export interface UploadedFile {
  id: string;
  name: string;
  title: string;
  size: number;
  /** What a picture shows, in words. */
  alt_text?: string;
  content?: Buffer;
  completed: boolean;
  /** Whether Slack has looked at it: until then no message may show it. The first look at `files.info` finds it unready. */
  processed?: boolean;
}

/** One thing the app did that Slack would not have put up with. */
export interface Problem {
  kind: string;
  message: string;
  at: number;
}

/** One Web API call as it arrived; the token is not kept. */
export interface Call {
  method: string;
  at: number;
  ok: boolean;
  error?: string;
  /** HTTP status answered; 0 where the connection was cut instead. */
  status: number;
  args: Record<string, unknown>;
  channel?: string;
}

export type Change =
  | { type: 'message'; what: 'posted' | 'changed' | 'deleted'; channel: string; ts: string }
  | { type: 'ephemeral'; channel: string; user: string }
  | { type: 'view'; user: string }
  | { type: 'home'; user: string }
  | { type: 'directory' }
  | { type: 'socket' }
  | { type: 'call'; method: string; call: Call }
  | { type: 'problem' };

export interface Workspace {
  clock: Clock;
  /** `http://127.0.0.1:PORT`, set when the server listens. */
  origin: string;
  team: { id: string; name: string; domain: string };
  app: {
    id: string;
    bot_id: string;
    bot_user_id: string;
    bot_name: string;
    bot_token: string;
    app_token: string;
    signing_secret: string;
    verification_token: string;
    bot_scopes: string[];
    /** Event types the app is subscribed to, in the manifest's words (`message.channels`). */
    subscribed: Set<string>;
  };
  users: Map<string, User>;
  channels: Map<string, Channel>;
  usergroups: Map<string, Usergroup>;
  conversations: Map<string, Conversation>;
  ephemerals: Ephemeral[];
  views: Map<string, View>;
  /** Open modals of each person, top last. */
  stacks: Map<string, string[]>;
  homes: Map<string, string>;
  triggers: Map<string, Trigger>;
  response_urls: Map<string, ResponseUrl>;
  files: Map<string, UploadedFile>;
  calls: Call[];
  problems: Problem[];
  last_micros: number;
  listeners: Set<(change: Change) => void>;
}
