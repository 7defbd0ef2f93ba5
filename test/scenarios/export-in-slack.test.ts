import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDesk, refund, type Desk } from './desk.ts';

describe('`/hitl export`: a file for managers', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk();
    await desk.submit(
      refund('secret-1', {
        title: '=HYPERLINK("https://evil.example","Refund")',
        sensitive: ['$.action.args.currency'],
        confidence: 0.97,
        impact: 1,
      }),
    );
    await desk.submit(refund('open-1'));
    await desk.advance('1m');
  });
  afterAll(async () => {
    expect(desk.slack.problems).toEqual([]);
    await desk.close();
  });
  const types = (user: string, line: string) =>
    desk.slack.user(user).types(line, { channel: 'general' });
  const files = () => [...desk.slack.workspace.files.values()];
  const file = (name: string) =>
    desk.until(`a file ${name}`, () => {
      const found = files().find((one) => one.completed && one.name.startsWith(name));
      return found?.content?.toString();
    });

  it('comes as a direct message, to whoever asked and nobody else', async () => {
    await types('mia', '/hitl export items');
    await desk.note('mia', 'I am writing the items that came in from 2026-10-24');
    const csv = await file('items-2026-10-24-2026-11-23.csv');
    const [head = '', ...lines] = csv.trimEnd().split('\n');
    // The mark by which a spreadsheet knows UTF-8.
    expect(head).toMatch(/^\uFEFFitem_id,kind,domain,status/);
    expect(lines.map((line) => line.split(',')[0])).toEqual(['open-1', 'secret-1']);
    const [message] = desk.slack.dm('mia');
    expect(message).toMatchObject({ files: [{ title: 'items 2026-10-24 to 2026-11-23' }] });
    expect(message?.text).toContain('2 items');
    for (const other of ['alice', 'dave']) expect(desk.slack.dm(other)).toEqual([]);
  });

  it('hides what is sensitive, and no cell is run as a formula', async () => {
    const csv = await file('items');
    expect(csv.split('\n').find((line) => line.startsWith('secret-1'))).toContain(
      '""currency"":""••••""',
    );
    expect(csv).toContain(`"'=HYPERLINK(""https://evil.example"",""Refund"")"`);
  });

  it('takes decisions and the audit log, and a span of days', async () => {
    await types('mia', '/hitl export decisions 2026-11-23..2026-11-24');
    expect(await file('decisions')).toMatch(/secret-1,auto_approved,policy/);
    await types('mia', '/hitl export audit 7d');
    expect(await file('audit')).toContain('item.accepted,secret-1');
    await types('mia', '/hitl export decisions 2025-01-01..2025-02-01');
    await desk.until('a word', () =>
      desk.slack.dm('mia').some((one) => desk.textOf(one).includes('There is nothing to export')),
    );
  });

  it.each(['', 'everything', 'items 3 days', 'items 2026-02-31', 'items 1d..7d'])(
    '`export %s` is answered with how to ask',
    async (typed) => {
      const before = files().length;
      await types('mia', `/hitl export ${typed}`);
      await desk.note('mia', '2026-11-01..2026-12-01');
      expect(files()).toHaveLength(before);
    },
  );

  it.each(['alice', 'oscar', 'dave'])('%s, who is no manager, gets none', async (user) => {
    const before = files().length;
    await types(user, '/hitl export items');
    await desk.note(user, 'only managers');
    expect(files()).toHaveLength(before);
  });

  it('is itself recorded: who took what', async () => {
    const entries = await desk.pager.world.db
      .selectFrom('audit_log')
      .select('entry_json')
      .where('event', '=', 'export.asked')
      .execute();
    expect(JSON.parse(entries[0]?.entry_json ?? '{}').facts).toMatchObject({
      slack_user: 'U0BOSS',
      what: 'items',
    });
  });

  it('waits out a Slack that is away, and then comes', async () => {
    const before = files().filter((one) => one.completed).length;
    desk.slack.faults.next('files.getUploadURLExternal', { status: 500 });
    await types('mia', '/hitl export items 1d');
    await desk.until('it was tried', () =>
      desk.logs.some((line) => line['effect'] === 'export' && line['again_in_ms'] !== undefined),
    );
    await desk.advance('5s');
    await desk.until(
      'the file',
      () => files().filter((one) => one.completed).length === before + 1,
    );
  });
});
