/** What was taken in, though not quite as its producer may think: they are told, and nothing else changes. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { hitl } from '../src/cli/terminal.ts';
import { takeItem } from '../../src/queue/take-items.ts';
import { API_TOKEN, openDesk, refund, type Desk } from './desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(async () => {
  expect(desk.slack.problems).toEqual([]);
  await desk.close();
});

const DOMAIN =
  'The policy has no domain "biling" (did you mean `billing`?): the item is treated as one of "support", the default, unless a rule names another.';
const PATH =
  'The sensitive path "$.action.args.ibn" matches nothing in this item: it hides nothing.';
const odd = (id: string) =>
  refund(id, { domain: 'biling', sensitive: ['$.action.args.ibn', '$..amount'] });

it('an unknown domain and a path that matches nothing: accepted, routed as ever, and said', async () => {
  const warnings = [
    DOMAIN.replace('"support"', JSON.stringify(desk.pager.world.policy().default_domain)),
    PATH,
  ];
  const first = await desk.api('POST', '/v1/items', odd('odd-1'));
  expect(first).toMatchObject({ status: 202, body: { status: 'open', warnings } });
  expect(await desk.api('POST', '/v1/items', odd('odd-1'))).toMatchObject({
    status: 200,
    body: { warnings },
  });
  expect(await desk.status('odd-1')).toMatchObject({ warnings });
  const job = { id: '7', data: odd('odd-job'), timestamp: 0 };
  expect(await takeItem(desk.pager.world, job, 'hitl-items')).toMatchObject({
    item_id: 'odd-job',
    warnings,
  });
  const said = await hitl(['submit', 'item.json'], {
    files: { 'item.json': JSON.stringify(odd('odd-cli')) },
    env: { HITL_URL: `http://127.0.0.1:${desk.pager.port}`, HITL_API_TOKEN: API_TOKEN },
    clock: desk.clock,
  });
  expect(said.out).toContain('odd-cli: accepted, open');
  for (const warning of warnings) expect(said.err).toContain(`  warning: ${warning}`);
});

it('where all is as it seems there are none', async () => {
  const item = refund('plain', { sensitive: ['$.action.args.amount', '$..currency'] });
  expect((await desk.api('POST', '/v1/items', item)).body).not.toHaveProperty('warnings');
  expect(await desk.status('plain')).not.toHaveProperty('warnings');
});
