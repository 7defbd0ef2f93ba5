/**
 * The page's server: hands the built page out, tells each open page what its person sees, and does
 * what they do. It stands on the simulated Slack's own port, as `startSlack`'s `page`.
 *
 * @example
 * let web: WebServer | undefined;
 * const slack = await startSlack({ now: clock.now, page: (q, a) => web?.page(q, a) ?? false });
 * web = createWebServer(slack, { clock, producer, manifest });
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { MovableClock } from './movable-clock.ts';
import type { Slack } from '../../slack/slack.ts';
import { BUILT_PAGE } from '../built-page.ts';
import type { Answer, Change, Snapshot } from '../protocol.ts';
import type { AppManifest } from './app-manifest.ts';
import { deedSchema } from './action-schema.ts';
import { performAction, type Hands } from './perform-action.ts';
import type { Dirty, EventStream } from './event-stream.ts';
import { openEventStream } from './event-stream.ts';
import { serveUpload } from './file-bytes.ts';
import { galleryJson } from './gallery-json.ts';
import { refusal, SAFE_HEADERS } from './guard.ts';
import type { Producer } from './producer.ts';
import {
  canSee,
  directoryOf,
  shownHome,
  shownMessage,
  shownMessages,
  shownModals,
  shownNotes,
  type Offers,
} from './seen.ts';
import { directMessage } from '../../slack/workspace.ts';
import { staticFiles } from './static-files.ts';
import { createTroubleMaker } from './trouble.ts';
import { rememberVersions } from './versions.ts';

const BODY_MAX_BYTES = 1_000_000;
/** Where results are delivered as webhooks. */
export const HOOK_PATH = '/web/hook';

export interface WebServerOptions {
  /** The clock that the workspace and the product run by; null where it cannot be moved. */
  clock: MovableClock | null;
  /** Has what is due now done, after the clock was moved: the product's sweep. */
  settle?(): Promise<unknown>;
  producer: Producer;
  manifest: Pick<AppManifest, 'commands' | 'shortcuts'>;
  /** What a person is to the product, in a few words. */
  hintOf?(user: string): string;
  /** The built page's folder. */
  files?: string;
}

export interface WebServer {
  /** Takes every request there is; true where it answered or will. */
  page(request: IncomingMessage, response: ServerResponse): boolean;
  /** Ends the streams; the producer is the caller's. */
  close(): void;
}

export function createWebServer(slack: Slack, options: WebServerOptions): WebServer {
  const { clock, producer, manifest } = options;
  const { workspace } = slack;
  const serveFile = staticFiles(options.files ?? BUILT_PAGE);
  const streams = new Map<EventStream, string>();
  const markAll = (dirty: Dirty) => {
    for (const stream of streams.keys()) stream.mark(dirty);
  };
  const markOf = (user: string, dirty: Dirty) => {
    for (const [stream, me] of streams) if (me === user) stream.mark(dirty);
  };
  const offers: Offers = { ...manifest, hintOf: options.hintOf ?? (() => '') };
  const hands: Hands = {
    slack,
    clock,
    versions: rememberVersions(slack),
    troubles: createTroubleMaker(slack),
    producer,
    clockMoved: async () => {
      markAll('clock');
      await options.settle?.();
    },
  };

  const clockInfo = () => ({
    now: workspace.clock.now(),
    offset: clock?.offset() ?? 0,
    can_move: clock !== null,
  });

  const snapshotOf = (me: string): Snapshot => ({
    directory: directoryOf(workspace, me, offers),
    messages: [...shownMessages(workspace, me), ...shownNotes(workspace, me)],
    modals: shownModals(workspace, me),
    home: shownHome(workspace, me),
    clock: clockInfo(),
    trouble: hands.troubles.info(),
    items: producer.info(),
  });

  function changeOf(me: string, dirty: Dirty): Change {
    switch (dirty) {
      case 'directory':
        return { what: 'directory', directory: directoryOf(workspace, me, offers) };
      case 'notes':
        return { what: 'notes', notes: shownNotes(workspace, me) };
      case 'modals':
        return { what: 'modals', modals: shownModals(workspace, me) };
      case 'home':
        return { what: 'home', home: shownHome(workspace, me) };
      case 'clock':
        return { what: 'clock', clock: clockInfo() };
      case 'trouble':
        return { what: 'trouble', trouble: hands.troubles.info() };
      case 'items': {
        const { entries, next } = producer.info();
        return { what: 'items', entries, next };
      }
      default: {
        const [, channel = '', ts = ''] = dirty.split(' ');
        const message = slack.message(channel, ts);
        return message
          ? { what: 'message', message: shownMessage(message) }
          : { what: 'gone', channel, ts };
      }
    }
  }

  const stopWatching = slack.onChange((change) => {
    switch (change.type) {
      case 'message': {
        const channel = workspace.channels.get(change.channel);
        if (!channel) return;
        const parent = slack.message(change.channel, change.ts)?.thread_ts;
        for (const [stream, me] of streams) {
          if (!canSee(channel, me)) continue;
          stream.mark(`message ${change.channel} ${change.ts}`);
          // A reply changes what its parent says of its thread.
          if (parent !== undefined) stream.mark(`message ${change.channel} ${parent}`);
        }
        return;
      }
      case 'ephemeral':
        return markOf(change.user, 'notes');
      case 'view':
        return markOf(change.user, 'modals');
      case 'home':
        return markOf(change.user, 'home');
      case 'directory':
        return markAll('directory');
      case 'socket':
      case 'call':
      case 'problem':
        return markAll('trouble');
      default:
        return change satisfies never;
    }
  });
  const stopFollowing = producer.onChange(() => markAll('items'));

  function events(url: URL, response: ServerResponse): void {
    const me = url.searchParams.get('as') ?? '';
    const user = workspace.users.get(me);
    if (!user || user.is_bot || user.deleted) {
      return answer(response, 404, { ok: false, error: 'There is no such person.' });
    }
    // Everyone has a conversation with the app, before anything was said in it.
    directMessage(workspace, me);
    const stream = openEventStream(response, {
      snapshot: () => snapshotOf(me),
      change: (dirty) => changeOf(me, dirty),
      closed: () => streams.delete(stream),
    });
    streams.set(stream, me);
  }

  async function deed(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readText(request);
    if (body === null) return answer(response, 413, { ok: false, error: 'That is too long.' });
    const read = deedSchema.safeParse(jsonOf(body));
    if (!read.success) {
      const [issue] = read.error.issues;
      const where = issue?.path.join('.') ?? '';
      const error = `${where === '' ? '' : `${where}: `}${issue?.message ?? 'is not understood'}`;
      return answer(response, 400, { ok: false, error });
    }
    const done = await performAction(hands, read.data);
    if (read.data.do === 'trouble' || read.data.do === 'mishap') markAll('trouble');
    // Whoever is on call by then.
    if (read.data.do === 'move_clock') markAll('directory');
    answer(response, 200, done);
  }

  async function hook(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readText(request);
    const isTaken = body !== null && producer.receive(request.headers, body);
    response.writeHead(isTaken ? 204 : 401, SAFE_HEADERS).end();
  }

  function page(request: IncomingMessage, response: ServerResponse): boolean {
    const method = request.method ?? 'GET';
    const asked = `${workspace.origin}${request.url ?? '/'}`;
    const url = URL.canParse(asked) ? new URL(asked) : null;
    if (!url) {
      answer(response, 400, { ok: false, error: 'That is no address.' });
      return true;
    }
    if (url.pathname === HOOK_PATH && method === 'POST') {
      settle(hook(request, response), response);
      return true;
    }
    const refused = refusal(
      { method, headers: request.headers },
      Number(new URL(workspace.origin).port),
    );
    if (refused) {
      answer(response, refused.status, { ok: false, error: refused.why });
      return true;
    }
    if (url.pathname === '/web/events' && method === 'GET') {
      events(url, response);
      return true;
    }
    if (url.pathname === '/gallery.json' && method === 'GET') {
      const served = galleryJson().then((body) => sendJson(response, 200, body));
      settle(served, response);
      return true;
    }
    if (url.pathname === '/web/do' && method === 'POST') {
      settle(deed(request, response), response);
      return true;
    }
    if (method === 'GET' && serveUpload(workspace, url.pathname, response)) return true;
    if (method === 'GET' && serveFile(url.pathname, response)) return true;
    answer(response, 404, { ok: false, error: 'There is nothing here.' });
    return true;
  }

  return {
    page,
    close() {
      stopWatching();
      stopFollowing();
      hands.versions.stop();
      hands.troubles.stop();
      for (const stream of streams.keys()) stream.end();
    },
  };
}

/** A bug of the server's own is the page's to show, and must not end the process. */
function settle(work: Promise<void>, response: ServerResponse): void {
  work.catch((error: unknown) => {
    const words = error instanceof Error ? error.message : String(error);
    if (response.headersSent) response.destroy();
    else answer(response, 500, { ok: false, error: `The simulator failed: ${words}` });
  });
}

const answer = (response: ServerResponse, status: number, body: Answer): void =>
  sendJson(response, status, JSON.stringify(body));

function sendJson(response: ServerResponse, status: number, body: string): void {
  response
    .writeHead(status, { ...SAFE_HEADERS, 'content-type': 'application/json; charset=utf-8' })
    .end(body);
}

/** The body as text; null where it is too long. */
async function readText(request: IncomingMessage): Promise<string | null> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request) {
    const bytes = Buffer.from(part as Uint8Array);
    length += bytes.length;
    // What is too long is read to its end all the same: the connection serves the next request too.
    if (length <= BODY_MAX_BYTES) parts.push(bytes);
  }
  return length > BODY_MAX_BYTES ? null : Buffer.concat(parts).toString('utf8');
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
