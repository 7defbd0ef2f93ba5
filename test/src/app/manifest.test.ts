import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, SocketModeReceiver } from '@slack/bolt';
import { WebClient, type AppsManifestCreateArguments } from '@slack/web-api';
import { Ajv } from 'ajv';
import { describe, expect, it, vi } from 'vitest';
import { parse } from 'yaml';
import type { HandlerContext } from '../../../handlers/context/handler-context.ts';
import { registerHandlers } from '../../../handlers/register.ts';
import { galleryEntries } from '../../gallery/fixtures.ts';
import { SLACK_PATH } from '../../../src/http/listen.ts';
import { BOT_SCOPES } from '../../../src/slack/scopes.ts';
import { actionIds } from '../../blocks/seen.ts';

/** Slack's own schema, beside the checkout. */
const SCHEMA = '../shared/data/slack-manifest.schema.2.0.0.json';

type Manifest = AppsManifestCreateArguments['manifest'];
type ManifestEvent = NonNullable<
  NonNullable<NonNullable<Manifest['settings']>['event_subscriptions']>['bot_events']
>[number];

const written = readFileSync('manifest.yml', 'utf8');
const manifest = parse(written) as Manifest;
const scopes = manifest.oauth_config?.scopes?.bot ?? [];

/** Which scopes a Web API method needs; all of them, where it is called for all sorts of conversations. */
const METHODS: Record<string, readonly (keyof typeof BOT_SCOPES)[]> = {
  'apps.connections.open': [], // connections:write, of the app-level token
  'auth.test': [],
  'bots.info': ['users:read'],
  'chat.getPermalink': [],
  'chat.postEphemeral': ['chat:write'],
  'chat.postMessage': ['chat:write'],
  'chat.update': ['chat:write'],
  'conversations.history': ['channels:history', 'groups:history', 'im:history', 'mpim:history'],
  'conversations.info': ['channels:read', 'groups:read'], // the policy names channels, no direct messages
  'conversations.open': ['im:write'],
  'conversations.replies': ['channels:history', 'groups:history', 'im:history', 'mpim:history'],
  'files.completeUploadExternal': ['files:write'],
  'files.getUploadURLExternal': ['files:write'],
  'files.info': ['files:read'],
  'usergroups.list': ['usergroups:read'],
  'usergroups.users.list': ['usergroups:read'],
  'usergroups.users.update': ['usergroups:write'],
  'users.info': ['users:read'],
  'views.open': [],
  'views.publish': [],
  'views.push': [],
  'views.update': [],
};
const EVENTS: Partial<Record<ManifestEvent, readonly (keyof typeof BOT_SCOPES)[]>> = {
  app_mention: ['app_mentions:read'],
  app_home_opened: [],
  user_change: ['users:read'],
};

/** Every Web API method that the product's source calls. */
function calledMethods(): Set<string> {
  // The namespaces are read off a client: `chat`, `conversations`, …
  const namespaces = Object.entries(new WebClient())
    .filter(([, value]) => typeof value === 'object' && value !== null)
    .map(([name]) => name)
    .filter((name) => /^[a-z]+$/.test(name));
  expect(namespaces).toEqual(expect.arrayContaining(['chat', 'conversations', 'views']));
  const call = new RegExp(String.raw`\.((?:${namespaces.join('|')})(?:\s*\.\w+)+)\(`, 'g');
  const called = new Set<string>();
  for (const folder of ['src', 'handlers']) {
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      if (!name.endsWith('.ts')) continue;
      const source = readFileSync(join(folder, name), 'utf8');
      expect(source, `${name} calls a method that no test can see`).not.toMatch(/\.apiCall\(/);
      for (const [, method] of source.matchAll(call))
        if (isMethod(method ?? '')) called.add((method ?? '').replace(/\s/g, ''));
    }
  }
  return called;
}

/** Whether the client has it: `world.files.read` is no call to Slack. */
function isMethod(path: string): boolean {
  let at: unknown = new WebClient();
  for (const name of path.replace(/\s/g, '').split('.'))
    at = typeof at === 'object' && at !== null ? Reflect.get(at, name) : undefined;
  return typeof at === 'function';
}

/** What the handlers listen for, as they say it to Bolt. */
function registered() {
  const app = new App({
    token: 'xoxb-nothing',
    tokenVerificationEnabled: false,
    receiver: new SocketModeReceiver({ appToken: 'xapp-nothing' }),
  });
  const heard = (['event', 'command', 'shortcut', 'action', 'options', 'message'] as const).map(
    (way) => [way, vi.spyOn(app, way)] as const,
  );
  registerHandlers(app, {} as HandlerContext);
  const first = (way: string): unknown[] =>
    heard.flatMap(([name, spy]) =>
      name === way ? (spy.mock.calls as unknown[][]).map((call) => call[0]) : [],
    );
  return {
    events: first('event'),
    commands: first('command'),
    shortcuts: first('shortcut'),
    actions: first('action'),
    others: [...first('options'), ...first('message')],
  };
}

describe('manifest.yml', () => {
  // Slack's schema is not ours to ship: it stands beside the checkout, or not.
  if (existsSync(SCHEMA)) {
    it(`is valid against Slack's own schema (${SCHEMA})`, () => {
      const validate = new Ajv({ strict: false, allErrors: true, logger: false }).compile(
        JSON.parse(readFileSync(SCHEMA, 'utf8')) as object,
      );
      validate(manifest);
      expect(validate.errors).toBeNull();
      expect(validate({ ...manifest, features: { slash_commands: [{ command: 'hitl' }] } })).toBe(
        false,
      );
    });
  } else process.stderr.write(`${SCHEMA} is not here: the manifest is not held against it\n`);

  it('keeps to what the schema does not say', () => {
    for (const shortcut of manifest.features?.shortcuts ?? []) {
      expect(shortcut.name.length).toBeLessThanOrEqual(24);
      expect(shortcut.description.length).toBeLessThanOrEqual(150);
    }
    expect(manifest.features?.bot_user?.display_name).toMatch(/^[a-z0-9._-]{1,80}$/);
    expect(manifest.display_information.name.length).toBeLessThanOrEqual(35);
    expect(manifest.display_information.description?.length).toBeLessThanOrEqual(140);
    expect(manifest.settings).toMatchObject({
      socket_mode_enabled: true,
      org_deploy_enabled: false,
      token_rotation_enabled: false,
      interactivity: { is_enabled: true },
    });
    // For whoever does not use Socket Mode.
    expect(written).toContain(SLACK_PATH);
  });

  it('asks for the scopes that the methods in the source need, and no other', () => {
    const called = calledMethods();
    expect([...called].filter((method) => !Object.hasOwn(METHODS, method))).toEqual([]);
    const needed = new Set<string>(['commands']);
    for (const method of called) for (const scope of METHODS[method] ?? []) needed.add(scope);
    for (const event of manifest.settings?.event_subscriptions?.bot_events ?? [])
      for (const scope of EVENTS[event] ?? []) needed.add(scope);
    expect(scopes.toSorted()).toEqual([...needed].toSorted());
    expect(manifest.oauth_config?.scopes).toEqual({ bot: scopes });
  });

  it('asks for what `hitl doctor` checks, and says beside each scope what it is for', () => {
    expect(scopes).toEqual(Object.keys(BOT_SCOPES));
    for (const scope of scopes) expect(written).toMatch(new RegExp(`- ${scope} # \\S`));
  });

  it('subscribes to the events, and has the command and the shortcuts, that are handled', () => {
    const { events, commands, shortcuts, others } = registered();
    expect(manifest.settings?.event_subscriptions?.bot_events).toEqual(events);
    expect(Object.keys(EVENTS)).toEqual(events);
    expect(manifest.features?.slash_commands?.map((one) => one.command)).toEqual(commands);
    for (const command of manifest.features?.slash_commands ?? [])
      expect(command.should_escape).toBe(true);
    expect(manifest.features?.shortcuts?.map((one) => one.callback_id).toSorted()).toEqual(
      shortcuts.map(String).toSorted(),
    );
    expect(others).toEqual([]);
  });
});

describe('what a card can be pressed on', () => {
  it('is handled: no button is dead, and no handler waits for a button that no card has', () => {
    const { actions } = registered();
    const shown = new Set(
      galleryEntries()
        .filter(({ surface, group }) => surface !== 'modal' && group !== 'Every block')
        .flatMap(({ payload }) => actionIds(payload)),
    );
    const handles = (action: unknown, id: string) =>
      action instanceof RegExp ? action.test(id) : action === id;
    expect([...shown].filter((id) => !actions.some((action) => handles(action, id)))).toEqual([]);
    // What is pressed outside of cards (a page, a list, a window) is looked for where it is drawn.
    const drawn = readdirSync('blocks', { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => readFileSync(join('blocks', file), 'utf8'))
      .join('\n');
    const named = (action: unknown) =>
      /^\^?([a-z_]+)/.exec(action instanceof RegExp ? action.source : String(action))?.[1] ?? '';
    expect(
      actions
        .filter((action) => ![...shown].some((id) => handles(action, id)))
        .filter((action) => !new RegExp(`['\`]${named(action)}['\`:]`).test(drawn))
        .map(String),
    ).toEqual([]);
  });
});
