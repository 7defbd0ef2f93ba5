/** In a process of its own: puts items in by HTTP over 16 connections for a while, and prints what came of it as JSON. */
import autocannon from 'autocannon';
import { sureItem, unsureItem } from './items.ts';

const given = JSON.parse(process.argv[2] ?? '{}') as {
  port: number;
  token: string;
  seconds: number;
  connections: number;
  kind: 'sure' | 'unsure';
  name: string;
};
const make = given.kind === 'sure' ? sureItem : unsureItem;
let made = 0;
const result = await autocannon({
  url: `http://127.0.0.1:${given.port}/v1/items`,
  method: 'POST',
  connections: given.connections,
  duration: given.seconds,
  headers: { 'content-type': 'application/json', authorization: `Bearer ${given.token}` },
  requests: [
    {
      setupRequest: (request) => {
        made += 1;
        return { ...request, body: JSON.stringify(make(`${given.name}-${made}`)) };
      },
    },
  ],
});
if (result.non2xx > 0 || result.errors > 0)
  throw new Error(`${result.non2xx} answers were not 2xx, ${result.errors} requests failed`);
process.stdout.write(
  JSON.stringify({
    per_second: result['2xx'] / result.duration,
    p50: result.latency.p50,
    p99: result.latency.p99,
  }),
);
