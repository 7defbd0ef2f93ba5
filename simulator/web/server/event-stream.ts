// One server-sent event stream to one page: a snapshot first, then what changed since, gathered for
// a moment. A page that comes back gets a snapshot again: nothing of what it missed has to be kept.
import type { ServerResponse } from 'node:http';
import type { Change, Snapshot } from '../protocol.ts';
import { SAFE_HEADERS } from './guard.ts';

/** How long changes are gathered before they are sent, in ms: far below what an eye notices. */
const GATHER_MS = 8;
const HEARTBEAT_MS = 15_000;
const RETRY_MS = 700;
/** A page that is this far behind gets no more until it has caught up, in bytes. */
const BEHIND = 1_000_000;

/** What a page has to be told of again. Keys, not values: what is sent is how it stands by then. */
export type Dirty =
  | `message ${string} ${string}`
  | 'directory'
  | 'notes'
  | 'modals'
  | 'home'
  | 'clock'
  | 'trouble'
  | 'items';

export interface EventStream {
  mark(dirty: Dirty): void;
  end(): void;
}

interface StreamParts {
  snapshot(): Snapshot;
  /** How that stands now. */
  change(dirty: Dirty): Change;
  closed(): void;
}

export function openEventStream(response: ServerResponse, parts: StreamParts): EventStream {
  const marked = new Set<Dirty>();
  let timer: NodeJS.Timeout | undefined;
  let sent = 0;
  response.writeHead(200, {
    ...SAFE_HEADERS,
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
  });
  response.write(`retry: ${RETRY_MS}\n\n`);
  const send = (event: 'snapshot' | 'changes', data: Snapshot | Change[]) => {
    sent += 1;
    response.write(`id: ${sent}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  };
  const flush = () => {
    timer = undefined;
    if (response.writableLength > BEHIND) return later();
    const dirty = [...marked];
    marked.clear();
    if (dirty.length > 0) send('changes', dirty.map(parts.change));
  };
  const later = () => {
    timer ??= setTimeout(flush, GATHER_MS);
  };
  const heartbeat = setInterval(() => response.write(': \n\n'), HEARTBEAT_MS);
  heartbeat.unref();
  const stop = () => {
    clearInterval(heartbeat);
    clearTimeout(timer);
    parts.closed();
  };
  response.on('close', stop);
  send('snapshot', parts.snapshot());
  return {
    mark(dirty) {
      marked.add(dirty);
      later();
    },
    end: () => response.end(),
  };
}
