import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDesk, question, refund, type Desk } from './desk.ts';

interface Panel {
  id: number;
  type: string;
  title: string;
  gridPos: { x: number; y: number; w: number; h: number };
  targets: { refId: string; expr: string }[];
}
const dashboard = JSON.parse(readFileSync('docs/grafana.json', 'utf8')) as {
  title: string;
  schemaVersion: number;
  templating: { list: { name: string; type: string }[] };
  panels: Panel[];
};

describe('what Prometheus reads', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk();
    await desk.api('POST', '/v1/items', refund('sure', { confidence: 0.97, impact: 1 }));
    await desk.submit(refund('asked'));
    await desk.submit(question('waiting'));
    await desk.submit({ id: 'broken' });
    const card = await desk.card('asked');
    desk.clock.advance(10_000);
    await desk.slack.user('alice').clicks('Claim').on(card);
    await desk.card('asked', 'Release');
    desk.clock.advance(60_000);
    desk.slack.faults.next('chat.update', { ratelimited: 1 });
    await desk.slack.user('alice').clicks('Approve').on(card);
    await desk.result('asked');
    await desk.advance('5s');
    await desk.card('asked', 'Approved');
  });
  afterAll(() => desk.close());
  const read = async (): Promise<string> => (await desk.api('GET', '/metrics')).body as string;
  const value = (text: string, series: string): number | undefined => {
    const line = text.split('\n').find((one) => one.startsWith(`${series} `));
    return line === undefined ? undefined : Number(line.slice(series.length + 1));
  };

  it('counts what happened, each once however often it is read', async () => {
    await Promise.all([read(), read()]);
    const text = await read();
    const counted = (series: string) => [series, value(text, series)];
    for (const [series, count] of [
      ['hitl_items_accepted_total{source="http",route="let_through"}', 1],
      ['hitl_items_accepted_total{source="queue",route="ask"}', 2],
      ['hitl_decisions_total{outcome="auto_approved",by="policy"}', 1],
      ['hitl_decisions_total{outcome="approved",by="human"}', 1],
      ['hitl_sla_total{in_time="true"}', 1],
      ['hitl_decide_seconds_count{level="1"}', 1],
      ['hitl_decide_seconds_sum{level="1"}', 70],
      ['hitl_claim_seconds_sum{level="1"}', 10],
      ['hitl_raw_payloads_total', 1],
      ['hitl_items_open{level="1",age="under_1h"}', 1],
      ['hitl_slack_connected', 1],
      ['hitl_sweep_lag_seconds', 0],
      ['hitl_slack_calls_total{method="chat.update",result="rate_limited"}', 1],
    ] as const)
      expect(counted(series)).toEqual([series, count]);
    expect(
      value(text, 'hitl_slack_calls_total{method="chat.postMessage",result="ok"}'),
    ).toBeGreaterThan(1);
  });

  it('labels are few whatever comes: no id, no person, no channel, no domain’s word', async () => {
    for (let at = 0; at < 15; at += 1)
      await desk.api(
        'POST',
        '/v1/items',
        refund(`many-${at}`, { cohort: `c${at}`, tags: [`t${at}`], domain: `d${at}` }),
      );
    const text = await read();
    expect(text).not.toMatch(/many-|U0ALICE|C0BILLING|"c\d|"t\d|"d\d/);
    const series = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    expect(series.length).toBeLessThan(150);
  });

  it('the dashboard is one that Grafana loads, and each metric it asks for is there', async () => {
    expect(dashboard).toMatchObject({ title: 'HITL Pager', schemaVersion: expect.any(Number) });
    expect(dashboard.templating.list).toMatchObject([{ name: 'datasource', type: 'datasource' }]);
    const ids = dashboard.panels.map((panel) => panel.id);
    expect(new Set(ids).size).toBe(ids.length);
    const text = await read();
    const named = new Set(
      [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].flatMap(([, name = '', type]) =>
        type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
      ),
    );
    for (const { type, title, gridPos, targets } of dashboard.panels) {
      expect(['stat', 'timeseries']).toContain(type);
      expect(title).not.toBe('');
      expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
      expect(targets.length).toBeGreaterThan(0);
      for (const { expr } of targets) {
        const asked = expr.match(/hitl_[a-z_]+/g) ?? [];
        expect(asked.length).toBeGreaterThan(0);
        for (const metric of asked) expect([...named]).toContain(metric);
      }
    }
    // None that is read has no panel.
    const drawn = dashboard.panels.flatMap(({ targets }) => targets.map((one) => one.expr)).join();
    for (const [, metric = ''] of text.matchAll(/^# TYPE (hitl_\S+) /gm))
      expect(drawn).toContain(metric);
    // And what is told of in the manual is there too.
    const manual = readFileSync('docs/operating.md', 'utf8');
    for (const [metric] of manual.matchAll(/hitl_[a-z_]+/g))
      expect(text).toContain(`# TYPE ${metric}`);
  });
});
