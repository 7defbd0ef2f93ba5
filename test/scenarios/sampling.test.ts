/** A sample is chosen by a secret of the installation: the same item falls the same way, and nobody is told the key. */
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { EXPORTS } from '../../src/store/export-pages.ts';
import { loadSecret } from '../../src/store/secrets.ts';
import { hitl } from '../src/cli/terminal.ts';
import { ONE_RUNG } from './one-rung.ts';
import { openDesk, question, type Desk } from './desk.ts';

const POLICY = `${ONE_RUNG.slice(0, ONE_RUNG.indexOf('rules:\n'))}rules:
  - {id: spot-check, when: "true", sample: 50%, route: {ask: {}}}
  - {id: rest, when: "true", route: {let_through: {}}}
`;
const IDS = Array.from({ length: 40 }, (_, at) => `ticket-${at}`);

let desk: Desk;
let key: string | null;
beforeAll(async () => {
  desk = await openDesk({ policy: POLICY });
  key = await loadSecret(desk.pager.world.db, 'sampling');
  for (const id of IDS) await desk.api('POST', '/v1/items', question(id));
}, 60_000);
afterAll(async () => {
  expect(desk.slack.problems).toEqual([]);
  await desk.close();
});

/** In the order of the ids, as they were accepted. */
async function rulesNow({ pager }: Desk = desk): Promise<string[]> {
  const rows = await pager.world.db.selectFrom('items').select(['id', 'rule']).execute();
  return IDS.map((id) => rows.find((row) => row.id === id)?.rule ?? 'none');
}
const explained = async (id: string, args: string[] = []) =>
  hitl(['policy', 'explain', 'item.json', '--policy', 'p.yaml', '--json', ...args], {
    files: { 'item.json': JSON.stringify(question(id)), 'p.yaml': POLICY },
    env: { HITL_DATA_DIR: desk.data_dir },
  });

it('is made at the first start, is long, and stays through restarts', async () => {
  expect(key).toMatch(/^[0-9a-f]{64}$/);
  const before = await rulesNow();
  await desk.restart();
  expect(await loadSecret(desk.pager.world.db, 'sampling')).toBe(key);
  const again = await Promise.all(IDS.map((id) => desk.api('POST', '/v1/items', question(id))));
  expect(again.map(({ status }) => status)).toEqual(IDS.map(() => 200));
  expect(again.map(({ body }) => body.rule)).toEqual(before);
});

it('what the running pager takes is what `policy explain` says beside its database', async () => {
  const told = await Promise.all(IDS.map(async (id) => (await explained(id)).json));
  expect(told).toEqual((await rulesNow()).map((rule) => expect.objectContaining({ rule })));
});

it('another installation takes others, and `explain` without a database says that it cannot tell', async () => {
  const other = await openDesk({ policy: POLICY });
  try {
    for (const id of IDS) await other.api('POST', '/v1/items', question(id));
    expect(await rulesNow(other)).not.toEqual(await rulesNow());
  } finally {
    await other.close();
  }
  const away = await hitl(['policy', 'explain', 'item.json', '--policy', 'p.yaml'], {
    files: { 'item.json': JSON.stringify(question('a')), 'p.yaml': POLICY },
    env: { HITL_DATA_DIR: join(desk.data_dir, 'nowhere') },
  });
  expect(away.err).toContain('is a secret of each installation');
});

it('no log, export, audit entry, answer or message has the key', async () => {
  const db = join(desk.data_dir, 'hitl.db');
  const exports = await Promise.all(
    EXPORTS.map((what) => hitl(['export', what, '--db', db, '--format', 'jsonl'])),
  );
  const item = IDS[0] ?? '';
  const said = [
    desk.logs,
    exports.map(({ out, err }) => [out, err]),
    (await explained(item)).out,
    (await hitl(['audit', 'item', item, '--db', db])).out,
    await desk.status(item),
    (await desk.api('GET', '/metrics')).body,
    desk.slack.messages('C0SUPPORT'),
    await desk.pager.world.db.selectFrom('audit_log').selectAll().execute(),
  ];
  expect(exports.map(({ code }) => code)).toEqual(EXPORTS.map(() => 0));
  expect(JSON.stringify(said)).not.toContain(key);
  expect((await hitl(['audit', 'verify', '--db', db])).code).toBe(0);
});
