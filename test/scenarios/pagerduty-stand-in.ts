/** PagerDuty's Events API v2 on this machine: as strict as its documents about an event, it keeps the alerts that follow. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

const text = (max: number) => z.string().min(1).max(max);
const eventSchema = z.discriminatedUnion('event_action', [
  z.strictObject({
    routing_key: text(100),
    event_action: z.literal('trigger'),
    dedup_key: text(255),
    client: text(255),
    client_url: z.url().optional(),
    links: z.array(z.strictObject({ href: z.url(), text: text(255) })).optional(),
    payload: z.strictObject({
      summary: text(1024),
      source: text(255),
      severity: z.enum(['critical', 'error', 'warning', 'info']),
      timestamp: z.iso.datetime(),
      component: text(255),
      class: text(255),
      custom_details: z.record(z.string(), z.unknown()),
    }),
  }),
  z.strictObject({
    routing_key: text(100),
    event_action: z.enum(['acknowledge', 'resolve']),
    dedup_key: text(255),
  }),
]);
export type Event = z.infer<typeof eventSchema>;

/** `lost`: it is taken, and the answer never comes. */
type Answer = number | 'lost' | { status: number; headers: Record<string, string> };

export interface Pagerduty {
  url: string;
  /** Every event that came in, refused ones too. */
  events: Event[];
  /** By `dedup_key`; how often each was opened anew, and how it stands. */
  alerts: Map<string, { opened: number; stands: 'triggered' | 'acknowledged' | 'resolved' }>;
  /** What the next events are answered with; then 202 again. */
  next(...answers: Answer[]): void;
  close(): Promise<void>;
}

/** @param routing_key the one that it knows; any other is 400, as an unknown key is over there */
export async function startPagerduty(routing_key: string): Promise<Pagerduty> {
  const events: Event[] = [];
  const alerts: Pagerduty['alerts'] = new Map();
  const answers: Answer[] = [];
  const take = (event: Event): void => {
    const alert = alerts.get(event.dedup_key) ?? { opened: 0, stands: 'resolved' };
    const open = alert.stands !== 'resolved';
    // A trigger of what is open changes nothing, and what is not open cannot be acknowledged.
    if (event.event_action === 'trigger' && !open) {
      alert.opened += 1;
      alert.stands = 'triggered';
    }
    if (event.event_action === 'acknowledge' && open) alert.stands = 'acknowledged';
    if (event.event_action === 'resolve') alert.stands = 'resolved';
    alerts.set(event.dedup_key, alert);
  };
  const answer = (response: ServerResponse, status: number, headers = {}): void =>
    void response
      .writeHead(status, { 'content-type': 'application/json', ...headers })
      .end(JSON.stringify({ status: status === 202 ? 'success' : 'invalid event' }));
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => (body += part));
    request.on('end', () => {
      const read = eventSchema.safeParse(JSON.parse(body));
      if (!read.success || request.url !== '/v2/enqueue' || request.method !== 'POST')
        return answer(response, 400);
      const event = read.data;
      events.push(event);
      const said = answers.shift() ?? (event.routing_key === routing_key ? 202 : 400);
      if (said === 'lost') {
        take(event);
        return void response.destroy();
      }
      if (typeof said === 'object') return answer(response, said.status, said.headers);
      if (said === 202) take(event);
      answer(response, said);
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v2/enqueue`,
    events,
    alerts,
    next: (...said) => void answers.push(...said),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
