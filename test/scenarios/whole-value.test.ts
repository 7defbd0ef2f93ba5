/** A value that Slack does not show whole: the card says so, Approve asks, and all of it can be had, privately, as a file. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDesk, refund, type Desk } from './desk.ts';

describe('the whole of a value', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk();
  });
  afterAll(async () => {
    expect(desk.slack.problems).toEqual([]);
    await desk.close();
  });

  const runs = (id: string, args: object, more: object = {}) =>
    refund(id, { action: { name: 'run', args }, ...more });
  const confirmOf = async (id: string) => {
    const { blocks } = await desk.card(id);
    const buttons = blocks.flatMap((block) => (block.elements ?? []) as Record<string, unknown>[]);
    return JSON.stringify(buttons.find((one) => one.action_id === 'item_approve')?.confirm ?? null);
  };
  const details = async (id: string) => {
    await desk.slack
      .user('alice')
      .clicks('Details')
      .on(await desk.card(id));
    return desk.modal('alice', 'Details');
  };
  const filesFor = async (name: string) => {
    const files = () => [...desk.slack.workspace.files.values()].filter((one) => one.name === name);
    await desk.until('the file is there', () => files().find((one) => one.completed));
    return files().map((one) => one.content?.toString('utf8') ?? '');
  };

  it('what the card shows whole is approved without a question', async () => {
    await desk.submit(runs('short', { cmd: 'ls /srv' }));
    expect(await confirmOf('short')).toBe('null');
  });

  it('one that Details has: the confirmation says how much the card lacks, and of what', async () => {
    const cmd = `${'echo ok && '.repeat(190)}rm -rf /srv/data`;
    await desk.submit(runs('long', { cmd, why: 'nightly' }));
    const card = await desk.card('long');
    expect(desk.textOf(card)).toMatch(/… [\d,]+ more characters \(Details\)/);
    expect(desk.textOf(card)).not.toContain('rm -rf');
    const confirm = await confirmOf('long');
    expect(confirm).toContain('You haven’t seen all of it');
    expect(confirm).toMatch(/[\d,]+ characters of “cmd” aren’t shown on the card/);
    const window = await details('long');
    expect(desk.textOf(window)).toContain('rm -rf /srv/data');
    expect(JSON.stringify(window)).not.toContain('item_file');
    await desk.slack.user('alice').closes();
  });

  it('one of 100 kB, nested: the file has every character, and goes to that person alone', async () => {
    const lines = Array.from({ length: 2000 }, (_, at) => `line ${at}: ${'x'.repeat(40)}`);
    const args = { plan: { steps: [{ script: `${lines.join('\n')}\nDROP TABLE users\u200b` }] } };
    expect(JSON.stringify(args).length).toBeGreaterThan(100_000);
    await desk.submit(runs('huge', args));
    expect(await confirmOf('huge')).toMatch(/1\d\d,\d{3} characters of what would go out aren’t/);
    const window = await details('huge');
    expect(desk.textOf(window)).toContain('more characters (Send as a file, below)');
    const before = desk.slack.calls.length;
    await desk.slack.user('alice').clicks('Send as a file').in();
    const [text = ''] = await filesFor('huge.txt');
    for (const line of [...lines, 'DROP TABLE users⟨U+200B⟩']) expect(text).toContain(line);
    const sent = desk.slack.calls
      .slice(before)
      .filter((call) => call.method === 'files.completeUploadExternal');
    expect(sent.map((call) => call.args['channel_id'])).toEqual(['D0ALICE']);
    await desk.slack.user('alice').closes();
  });

  it('what is sensitive is hidden in the file too', async () => {
    const args = { iban: 'DE89370400440532013000', text: 'long '.repeat(16_000) };
    await desk.submit(runs('masked', args, { sensitive: ['$.action.args.iban'] }));
    await details('masked');
    await desk.slack.user('alice').clicks('Send as a file').in();
    const [text = ''] = await filesFor('masked.txt');
    expect(text).toContain('•••• (hidden)');
    expect(text).not.toContain(args.iban);
    await desk.slack.user('alice').closes();
  });

  it('Slack takes no file: the person is told so', async () => {
    await desk.submit(runs('refused', { text: 'long '.repeat(16_000) }));
    await details('refused');
    desk.slack.faults.next('files.getUploadURLExternal', { error: 'internal_error' });
    await desk.slack.user('alice').clicks('Send as a file').in();
    await desk.until('alice is told', () =>
      desk.slack
        .messages('D0ALICE')
        .find((one) => JSON.stringify(one).includes('Slack didn’t take the file')),
    );
    await desk.slack.user('alice').closes();
  });

  it('Markdown is shown as it was written on request, in a window above', async () => {
    const body = '**Please** see [the note](https://notes.example/x?y=1)\n\n- one\n- two';
    await desk.submit(refund('marked', { body }));
    const card = await desk.card('marked');
    expect(desk.textOf(card)).toContain(
      ' see the note (\nhttps://notes.example/x?y=1\nnotes.example\n)',
    );
    expect(desk.textOf(card)).not.toContain('**');
    await details('marked');
    await desk.slack.user('alice').clicks('Show as written').in();
    expect(JSON.stringify(await desk.modal('alice', 'As written'))).toContain(
      JSON.stringify(body).slice(1, -1),
    );
    await desk.slack.user('alice').closes({ all: true });
  });
});
