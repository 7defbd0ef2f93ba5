/**
 * A strict Slack workspace on this machine: Web API, Socket Mode and signed HTTP events for one
 * installed app, and words for the people in it. Start-up and wiring only.
 *
 * @example
 * const slack = await startSlack();
 * // start the app with slack.apiUrl, slack.botToken, slack.appToken
 * const card = await slack.until(() => slack.messages('billing-experts')[0]);
 * await slack.user('alice').clicks('Approve').on(card);
 * await slack.close();
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { Ack, Delivery } from './delivery.ts';
import { createDelivery } from './delivery.ts';
import type { Json } from './controls.ts';
import { addChannel, addUser, addUsergroup, changeUser, setUsergroupUsers } from './directory.ts';
import { messageEvents } from './events.ts';
import type { Faults } from './faults.ts';
import { createFaults } from './faults.ts';
import { channelId, userId } from './form-values.ts';
import { httpTransport, verifyUrl } from './http-events.ts';
import { requestListener } from './http-server.ts';
import type { Message } from './message-store.ts';
import type { PaceOptions } from './pace.ts';
import { createPace } from './pace.ts';
import type { Person } from './people.ts';
import { person } from './people.ts';
import type { Seed, SeedChannel, SeedUser, SeedUsergroup } from './seed.ts';
import { demoWorkspace } from './seed.ts';
import { createSocketMode } from './socket-mode.ts';
import type { UntilOptions, Waiting } from './until.ts';
import { createWaiting } from './until.ts';
import { connectionMethods } from './web-api/auth.ts';
import { chatMethods, permalink } from './web-api/chat.ts';
import { conversationMethods } from './web-api/conversations.ts';
import { directoryMethods } from './web-api/directory.ts';
import { fileMethods } from './web-api/files.ts';
import { viewMethods } from './web-api/views.ts';
import type { Call, Change, Clock, Ephemeral, Problem, Workspace } from './records.ts';
import { conversationOf, directMessage, emptyWorkspace, onChange } from './workspace.ts';

export type { Message } from './message-store.ts';
export type { Outcome, Person } from './people.ts';
export type { Call, Change, Ephemeral, Problem, View, Workspace } from './records.ts';

export interface SlackOptions {
  /** People, channels, groups; the demo's where nothing is said. */
  seed?: Seed;
  /** 0, any free port, where nothing is said. */
  port?: number;
  /** Epoch milliseconds for ts, trigger ids, response_url and pace; the system's where nothing is said. */
  now?: () => number;
  botScopes?: string[];
  /** Event types as in a manifest (`message.channels`); by default app_home_opened, app_mention, message.im, user_change. */
  subscribed?: string[];
  /** Slack's pace from the start: about one post a second in a channel, tiers for the rest. */
  strictPace?: boolean;
  /** How many calls `slack.calls` remembers at least; 50,000 where nothing is said. */
  keepCalls?: number;
  /** Requests outside Slack's paths, for a page that shows this workspace; true where it answered. */
  page?: (request: IncomingMessage, response: ServerResponse) => boolean;
}

export interface Slack {
  apiUrl: string;
  botToken: string;
  appToken: string;
  signingSecret: string;
  botUserId: string;
  teamId: string;
  /** The records behind it all, and what changes in them; for pages and for tests of the simulator. */
  workspace: Workspace;
  onChange(listener: (change: Change) => void): () => void;
  addUser(user: SeedUser): void;
  /** An admin changes an account: its flags, its workspace. The app hears of it where it is subscribed. */
  changeUser(id: string, change: Partial<Omit<SeedUser, 'id'>>): void;
  addChannel(channel: SeedChannel): void;
  addUsergroup(group: SeedUsergroup): void;
  setUsergroupUsers(id: string, users: string[]): void;
  /** From now on everything goes to this URL, signed, instead of to sockets; null: sockets again. */
  events(url: string | null): void;
  /** Slack's challenge to the URL given to `events`. */
  verifyUrl(): Promise<boolean>;
  messages(channel: string): Message[];
  message(channel: string, ts: string): Message | undefined;
  ephemerals(channel?: string, user?: string): Ephemeral[];
  dm(user: string): Message[];
  permalink(channel: string, ts: string): string | undefined;
  /** What a user, channel or user group id is called; for `messageAsText`. */
  nameOf(id: string): string;
  until: Waiting['until'];
  user(nameOrId: string): Person;
  /** Hands the app a payload that nobody's client made: what a forger who had Slack's signature could send. */
  deliver(kind: 'interactive' | 'slash_commands' | 'event', payload: Json): Promise<Ack>;
  faults: Pick<Faults, 'next' | 'every' | 'clear'>;
  pace(options: PaceOptions | null): void;
  connections(): number;
  cutSockets(): void;
  requestReconnect(): void;
  deliverTwice(): void;
  calls: Call[];
  problems: Problem[];
  close(): Promise<void>;
}

const DEFAULT_PACE: PaceOptions = { per_channel_ms: 1_000, burst: 1 };

export async function startSlack(options: SlackOptions = {}): Promise<Slack> {
  const clock: Clock = { now: options.now ?? (() => Date.now()) };
  const workspace = emptyWorkspace(clock, {
    bot_scopes: options.botScopes,
    subscribed: options.subscribed,
  });
  const faults = createFaults();
  const pace = createPace(workspace, options.strictPace ? DEFAULT_PACE : null);
  const tickets = new Set<string>();
  const api = requestListener({
    workspace,
    faults,
    pace,
    keepCalls: options.keepCalls ?? 50_000,
    methods: {
      ...connectionMethods(tickets),
      ...chatMethods,
      ...conversationMethods,
      ...directoryMethods,
      ...viewMethods,
      ...fileMethods,
    },
  });
  const server = createServer((request, response) => {
    const own = /^\/(api|upload|respond)\//.test(request.url ?? '');
    if (own || !options.page?.(request, response)) api(request, response);
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  workspace.origin = `http://127.0.0.1:${address.port}`;

  let eventsUrl: string | null = null;
  const socketMode = createSocketMode(workspace, server, tickets, () => delivery.connected());
  const delivery: Delivery = createDelivery((envelope, copies) =>
    eventsUrl === null
      ? socketMode.transport(envelope, copies)
      : httpTransport(workspace, eventsUrl)(envelope, copies),
  );
  const waiting = createWaiting(workspace, () => lastMessages(workspace));
  // Slack tells an app of its own messages too, where it is subscribed to that kind of channel.
  onChange(workspace, (change) => {
    if (change.type !== 'message' || change.what !== 'posted') return;
    const channel = workspace.channels.get(change.channel);
    const message = conversationOf(workspace, change.channel).by_ts.get(change.ts);
    if (channel && message?.user === workspace.app.bot_user_id) {
      messageEvents(workspace, delivery, channel, message);
    }
  });

  const slack: Slack = {
    apiUrl: `${workspace.origin}/api/`,
    botToken: workspace.app.bot_token,
    appToken: workspace.app.app_token,
    signingSecret: workspace.app.signing_secret,
    botUserId: workspace.app.bot_user_id,
    teamId: workspace.team.id,
    workspace,
    onChange: (listener) => onChange(workspace, listener),
    addUser: (user) => addUser(workspace, user),
    changeUser: (id, change) => changeUser(workspace, delivery, id, change),
    addChannel: (channel) => addChannel(workspace, channel),
    addUsergroup: (group) => addUsergroup(workspace, group),
    setUsergroupUsers: (id, users) => setUsergroupUsers(workspace, delivery, id, users),
    events(url) {
      eventsUrl = url;
    },
    async verifyUrl() {
      if (eventsUrl === null) throw new Error('no URL was given to events()');
      return verifyUrl(workspace, eventsUrl);
    },
    messages: (channel) => [
      ...conversationOf(workspace, channelId(workspace, channel)).by_ts.values(),
    ],
    message: (channel, ts) =>
      conversationOf(workspace, channelId(workspace, channel)).by_ts.get(ts),
    ephemerals(channel, user) {
      const inChannel = channel === undefined ? undefined : channelId(workspace, channel);
      const to = user === undefined ? undefined : userId(workspace, user);
      return workspace.ephemerals.filter(
        (note) =>
          (inChannel === undefined || note.channel === inChannel) &&
          (to === undefined || note.to === to),
      );
    },
    dm(user) {
      const channel = directMessage(workspace, userId(workspace, user));
      return [...conversationOf(workspace, channel.id).by_ts.values()];
    },
    permalink: (channel, ts) => permalink(workspace, channelId(workspace, channel), ts),
    nameOf: (id) =>
      workspace.users.get(id)?.name ??
      workspace.channels.get(id)?.name ??
      workspace.usergroups.get(id)?.handle ??
      id,
    until: <T>(predicate: () => T, untilOptions?: UntilOptions) =>
      waiting.until(predicate, untilOptions),
    user: (nameOrId) => person(workspace, delivery, nameOrId),
    deliver: (kind, payload) =>
      kind === 'event'
        ? delivery.sendEvent(payload, 'a made-up event')
        : delivery.send(kind, payload, 'a made-up payload'),
    faults,
    pace: (next) => pace.set(next),
    connections: () => socketMode.connections(),
    cutSockets: () => socketMode.cut(),
    requestReconnect: () => socketMode.requestReconnect(),
    deliverTwice: () => delivery.twice(),
    calls: workspace.calls,
    problems: workspace.problems,
    async close() {
      waiting.close();
      faults.clear();
      delivery.close();
      await socketMode.close();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
  const seed = options.seed ?? demoWorkspace;
  for (const user of seed.users) slack.addUser(user);
  for (const channel of seed.channels) slack.addChannel(channel);
  for (const group of seed.usergroups) slack.addUsergroup(group);
  return slack;
}

/** The last things said anywhere, for errors. */
function lastMessages(workspace: Workspace): string {
  const all = [...workspace.conversations.entries()].flatMap(([channel, conversation]) =>
    [...conversation.by_ts.values()].slice(-3).map((message) => ({ channel, message })),
  );
  const lines = all
    .toSorted((a, b) => (a.message.ts < b.message.ts ? -1 : 1))
    .slice(-6)
    .map(
      ({ channel, message }) =>
        `  ${workspace.channels.get(channel)?.name ?? channel} ${message.ts} ${message.user}: ${message.text.slice(0, 100)}`,
    );
  const notes = workspace.ephemerals
    .slice(-3)
    .map((note) => `  (only ${note.to}) ${note.text.slice(0, 100)}`);
  const problems = workspace.problems.slice(-3).map((problem) => `  problem: ${problem.message}`);
  const refused = workspace.calls
    .slice(-20)
    .filter((call) => !call.ok && call.status !== 0)
    .map((call) => `  ${call.method} answered ${call.error ?? call.status}`);
  const parts = [...lines, ...notes, ...problems, ...refused];
  return parts.length > 0
    ? `the workspace's last words:\n${parts.join('\n')}`
    : 'nothing was posted';
}
