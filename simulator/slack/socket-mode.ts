// Socket Mode: tickets, hello, pings that go on, envelopes and their acks, disconnects.
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';
import { isJson } from './controls.ts';
import type { Ack, Envelope, Transport } from './delivery.ts';
import { watchAck } from './delivery.ts';
import type { Workspace } from './records.ts';
import { addProblem, changed } from './workspace.ts';

const PING_EVERY_MS = 5_000;
/** An app that was asked to reconnect is cut off after this. */
const REFRESH_GRACE_MS = 10_000;
const GOODBYE_MS = 200;

interface SocketMode {
  transport: Transport;
  /** How many sockets are open whose client has seen its hello. */
  connections(): number;
  cut(): void;
  requestReconnect(): void;
  /** Says goodbye to each socket, and cuts those that do not answer. */
  close(): Promise<void>;
}

interface Watched {
  watch: ReturnType<typeof watchAck>;
  socket: WebSocket;
  copies: number;
}

export function createSocketMode(
  workspace: Workspace,
  server: Server,
  tickets: Set<string>,
  onConnected: () => void,
): SocketMode {
  const sockets: WebSocket[] = [];
  const leaving = new Set<WebSocket>();
  const greeted = new Set<WebSocket>();
  const pending = new Map<string, Watched>();
  const acceptor = new WebSocketServer({ noServer: true });
  const timers = new Set<NodeJS.Timeout>();
  let turn = 0;

  function onUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const url = new URL(request.url ?? '/', workspace.origin);
    const ticket = url.searchParams.get('ticket') ?? '';
    if (url.pathname !== '/link/' || !tickets.delete(ticket)) {
      addProblem(workspace, 'bad_ticket', `a WebSocket was opened with a used or unknown ticket`);
      socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n');
      return;
    }
    acceptor.handleUpgrade(request, socket, head, (client) => open(client));
  }

  function open(client: WebSocket): void {
    sockets.push(client);
    client.on('message', (data) => receive(String(data)));
    client.on('error', () => client.terminate());
    const pings = setInterval(() => client.ping(), PING_EVERY_MS);
    client.on('close', () => {
      clearInterval(pings);
      leaving.delete(client);
      greeted.delete(client);
      const index = sockets.indexOf(client);
      if (index >= 0) sockets.splice(index, 1);
      for (const [id, entry] of pending) {
        if (entry.socket !== client) continue;
        pending.delete(id);
        entry.watch.failed('connection_lost', 'the socket closed before the ack');
      }
      changed(workspace, { type: 'socket' });
    });
    client.send(
      JSON.stringify({
        type: 'hello',
        num_connections: sockets.length,
        connection_info: { app_id: workspace.app.id },
        debug_info: { host: 'simulator', approximate_connection_time: 18_060 },
      }),
    );
    // The pong comes after the client has read the hello that was sent before the ping.
    client.once('pong', () => {
      greeted.add(client);
      changed(workspace, { type: 'socket' });
      onConnected();
    });
    client.ping();
  }

  function receive(data: string): void {
    let message: unknown;
    try {
      message = JSON.parse(data);
    } catch {
      addProblem(workspace, 'bad_socket_message', 'a message on the socket was not JSON');
      return;
    }
    const id = isJson(message) ? message['envelope_id'] : undefined;
    const entry = typeof id === 'string' ? pending.get(id) : undefined;
    if (!isJson(message) || typeof id !== 'string') {
      addProblem(workspace, 'bad_socket_message', 'a message on the socket has no envelope_id');
      return;
    }
    if (!entry) return;
    entry.copies -= 1;
    if (entry.copies <= 0) pending.delete(id);
    entry.watch.acked(message['payload']);
  }

  function usable(): WebSocket[] {
    return sockets.filter((socket) => socket.readyState === WebSocket.OPEN && !leaving.has(socket));
  }

  function goodbye(socket: WebSocket): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => socket.terminate(), GOODBYE_MS);
      socket.once('close', () => {
        clearTimeout(timer);
        resolve();
      });
      socket.close(1001);
    });
  }

  server.on('upgrade', onUpgrade);

  return {
    transport(envelope: Envelope, copies: number): Promise<Ack> {
      const candidates = usable();
      turn += 1;
      const socket = candidates[turn % Math.max(1, candidates.length)];
      if (!socket) {
        return Promise.resolve({
          ok: false,
          reason: 'no_connection',
          detail: 'no socket is connected',
        });
      }
      const watch = watchAck(workspace, envelope);
      pending.set(envelope.envelope_id, { watch, socket, copies });
      const { what: _what, ...wire } = envelope;
      const text = JSON.stringify(wire);
      for (let copy = 0; copy < copies; copy += 1) socket.send(text);
      return watch.result;
    },
    connections: () => usable().filter((socket) => greeted.has(socket)).length,
    cut() {
      for (const socket of sockets) socket.terminate();
    },
    requestReconnect() {
      for (const socket of usable()) {
        leaving.add(socket);
        socket.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested' }));
        const timer = setTimeout(() => {
          timers.delete(timer);
          socket.close();
        }, REFRESH_GRACE_MS);
        timer.unref();
        timers.add(timer);
      }
    },
    async close() {
      server.off('upgrade', onUpgrade);
      for (const timer of timers) clearTimeout(timer);
      for (const entry of pending.values()) {
        entry.watch.failed('connection_lost', 'the workspace was closed');
      }
      pending.clear();
      await Promise.all([...sockets].map(goodbye));
      acceptor.close();
    },
  };
}
