import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { rawCall } from '../simulator/raw-call.ts';
import { question, refund } from '../scenarios/desk.ts';
import {
  become,
  chromePath,
  eventually,
  goTo,
  messageWith,
  openScreen,
  write,
  type Screen,
} from './browser.ts';

describe.runIf(chromePath !== undefined)('windows, files, what comes in, and trouble', () => {
  let screen: Screen;
  beforeAll(async () => {
    screen = await openScreen();
  }, 60_000);
  afterEach(() => screen.leave());
  afterAll(async () => {
    expect(screen.complaints).toEqual([]);
    expect(screen.stand.slack.problems).toEqual([]);
    await screen.close();
  });
  const put = (item: object) => screen.stand.producer.put(item);

  it('windows lie over each other: the one on top is left by Escape or Back, all of them by the cross', async () => {
    const page = await screen.as('erin');
    const { slack } = screen.stand;
    const opens = async (method: string, title: string) => {
      const { trigger_id } = await slack
        .user('erin')
        .types('/hitl help', { channel: 'compliance' });
      const text = { type: 'plain_text', text: `The words of ${title}` };
      const view = {
        type: 'modal',
        title: { type: 'plain_text', text: title },
        close: { type: 'plain_text', text: 'Leave' },
        blocks: [{ type: 'section', text }],
      };
      expect((await rawCall(slack, method, { trigger_id, view })).body).toMatchObject({ ok: true });
      await page.getByRole('dialog', { name: title }).waitFor();
    };
    const shown = () => page.getByRole('dialog').count();
    await opens('views.open', 'First');
    await opens('views.push', 'Second');
    await opens('views.push', 'Third');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog', { name: 'Third' }).waitFor({ state: 'detached' });
    const second = page.getByRole('dialog', { name: 'Second' });
    expect(await page.locator('dialog:focus-within').last().textContent()).toContain('Second');
    await second.getByRole('button', { name: 'Back to First' }).click();
    await second.waitFor({ state: 'detached' });
    await page.getByRole('dialog', { name: 'First' }).getByText('The words of First').waitFor();

    await opens('views.push', 'Fourth');
    await page.getByRole('button', { name: 'Close Fourth' }).click();
    await eventually(shown).toBe(0);
  });

  it('pictures and files that the app uploaded are there to be looked at and saved', async () => {
    await put(refund('drawn', { title: 'Refund 28 EUR?' }));
    const page = await screen.as('alice');
    const card = messageWith(page, 'Refund 28 EUR?');
    await card.getByRole('button', { name: 'Approve' }).click();
    await card.getByText('Approved').waitFor();
    await become(page, 'Mia Meyer');
    await write(page, '/hitl stats');
    await messageWith(page, 'Only you see this')
      .getByRole('img', { name: /by domain/ })
      .waitFor();
    await eventually(() =>
      page.evaluate<number>("document.querySelector('img.bk-picture').naturalWidth"),
    ).toBeGreaterThan(300);

    await write(page, '/hitl export items');
    await goTo(page, 'Messages');
    const file = page.getByRole('link', { name: /^items-.*csv/ });
    const [saved] = await Promise.all([page.waitForEvent('download'), file.click()]);
    expect(saved.suggestedFilename()).toMatch(/^items-.*\.csv$/);
    expect(await readFile(await saved.path(), 'utf8')).toContain('Refund 28 EUR?');
  });

  it('badges count what a person has not read, for each on their own', async () => {
    const page = await screen.as('alice');
    const support = page.getByRole('navigation').getByRole('button', { name: /support-experts/ });
    await put(question('unread', { title: 'Is it waterproof?' }));
    await eventually(() => support.textContent()).toMatch(/[1-9]\d* unread/);
    await goTo(page, 'support-experts');
    expect(await support.textContent()).not.toContain('unread');
    await goTo(page, 'general');
    await become(page, 'Carol Costa');
    await eventually(() => support.textContent()).toMatch(/unread/);
    await become(page, 'Alice Adler');
    await eventually(() => support.textContent()).not.toContain('unread');
  });

  it('an item goes in by form, by JSON and by “next”, and what came back stands beside it', async () => {
    const page = await screen.as('alice');
    await page.getByRole('button', { name: 'Put an item in', exact: true }).click();
    const panel = page.getByRole('complementary', { name: 'Put an item in' });
    await panel.getByRole('textbox', { name: 'Title' }).fill('Refund 23 EUR?');
    await panel.getByRole('button', { name: 'Put it in' }).click();
    const card = messageWith(page, 'Refund 23 EUR?');
    await card.getByRole('button', { name: 'Approve' }).click();
    const entry = panel.getByRole('listitem').filter({ hasText: 'Refund 23 EUR?' });
    await eventually(() => entry.textContent()).toMatch(/approved.*webhook delivered/s);
    expect(await entry.textContent()).toContain('"slack_user": "U0ALICE"');

    await panel.getByRole('button', { name: 'JSON', exact: true }).click();
    const json = panel.getByRole('textbox', { name: 'The item as JSON' });
    await json.fill('{"id": "mine", "kind": "approval", "title": ""}');
    await panel.getByRole('button', { name: 'Put it in' }).click();
    await eventually(() => panel.getByRole('alert').textContent()).toMatch(/title.*action/s);

    await panel.getByRole('button', { name: /Next of 30/ }).click();
    await messageWith(page, 'Refund 89 EUR for a parcel that never came?').waitFor();
  });

  it('trouble: a post whose answer is lost is not posted twice, and the counters show it', async () => {
    const page = await screen.as('alice');
    await page.getByRole('button', { name: 'Make trouble' }).click();
    const panel = page.getByRole('complementary', { name: 'Make trouble' });
    await panel.getByRole('button', { name: 'Lose the next answer' }).click();
    await put(refund('lost', { title: 'Refund 24 EUR?' }));
    const card = messageWith(page, 'Refund 24 EUR?');
    await card.waitFor();
    await eventually(() => panel.textContent()).toMatch(/conversations\.history[1-9]/);
    expect(await card.count()).toBe(1);

    const limited = panel.getByRole('switch', { name: /429/ });
    await Promise.all([page.waitForResponse(/web\/do/), limited.check()]);
    await put(refund('limited', { title: 'Refund 25 EUR?' }));
    await eventually(() => panel.textContent()).toMatch(/[1-9]\d*429 answers|429 answers[1-9]/);
    await limited.uncheck();
    await eventually(() => messageWith(page, 'Refund 25 EUR?').count()).toBe(1);
  });

  it('a connection that is gone is said, and what was missed is there when it is back', async () => {
    const page = await screen.as('alice');
    await page.context().setOffline(true);
    await page.getByRole('textbox', { name: /^Message to/ }).fill('hello?');
    await page.getByRole('textbox', { name: /^Message to/ }).press('Enter');
    await page.getByRole('alert').waitFor();
    // What could not be sent is still there to be sent.
    expect(await page.getByRole('textbox', { name: /^Message to/ }).inputValue()).toBe('hello?');
    await page.context().setOffline(false);
    const expected = /ERR_INTERNET_DISCONNECTED/;
    const others = screen.complaints.splice(0).filter((words) => !expected.test(words));
    screen.complaints.push(...others);
    await put(refund('back', { title: 'Refund 26 EUR?' }));
    await messageWith(page, 'Refund 26 EUR?').waitFor();
  });

  it('hostile texts do nothing: they are text', async () => {
    const evil = [
      '<script>document.title="owned"</script><img src=x onerror=alert(1)>',
      '[click](javascript:alert(1)) <javascript:alert(1)|click> javascript:alert(1)',
      '\u202Eevorppa\u202C \u2066isolated',
      'W'.repeat(5_000),
      `z${'\u0324\u0361\u035a\u0316'.repeat(200)}`,
      '<!channel> <@U0ALICE> *bold* `code`',
    ].join('\n');
    await put(
      question('hostile', {
        title: `Hostile? ${evil}`.slice(0, 300),
        body: evil,
        options: [{ id: 'a', label: '<b onclick=alert(1)>yes</b>' }],
        evidence: [
          {
            label: evil.slice(0, 200),
            text: evil.slice(0, 4_000),
            url: 'https://example.com/"><script>',
          },
        ],
      }),
    );
    const page = await screen.as('carol', { width: 390 });
    await eventually(() => messageWith(page, 'Hostile?').count()).toBe(1);
    await write(page, evil.slice(0, 3_000));
    await eventually(() => messageWith(page, 'isolated').count()).toBeGreaterThan(1);
    await messageWith(page, 'Hostile?').getByRole('button', { name: 'Details' }).click();
    await page.getByRole('dialog').waitFor();
    expect(
      await page.evaluate(`({
        title: document.title,
        scripts: document.querySelectorAll('#app script, #app img[src="x"], #app [onclick], #app iframe').length,
        links: [...document.querySelectorAll('a[href]')].map((a) => a.protocol).filter((p) => p !== 'https:' && p !== 'http:'),
        wider: document.documentElement.scrollWidth > innerWidth,
      })`),
    ).toEqual({ title: expect.not.stringContaining('owned'), scripts: 0, links: [], wider: false });
    await page.keyboard.press('Escape');
  });

  it('axe finds no serious violation: a channel, a form, the panels, light and dark, wide and narrow', async () => {
    await put(refund('axe', { title: 'Refund 27 EUR?' }));
    const source = await readFile(
      createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
      'utf8',
    );
    const violations = async (page: Page) => {
      await page.evaluate(source);
      return page.evaluate(`axe.run(document, {resultTypes: ['violations']}).then(({violations}) => violations
        .filter(({impact}) => impact === 'serious' || impact === 'critical')
        .map(({id, nodes}) => id + ': ' + nodes.map((node) => node.html.slice(0, 160)).join(' | ')))`);
    };
    const page = await screen.as('alice');
    await messageWith(page, 'Refund 27 EUR?').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Put an item in', exact: true }).click();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Make trouble' }).click();
    await page.getByRole('button', { name: /be someone else/ }).click();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');

    const dark = await screen.as('alice', { dark: true, width: 900 });
    await dark.getByRole('button', { name: 'Put an item in', exact: true }).click();
    expect(await violations(dark)).toEqual([]);
    await dark.getByRole('button', { name: /^Close/ }).click();
    await messageWith(dark, 'Refund 27 EUR?').getByRole('button', { name: 'Reject' }).click();
    await dark.getByRole('dialog').locator('button[type=submit]').click();
    await dark.getByRole('alert').first().waitFor();
    expect(await violations(dark)).toEqual([]);
    await dark.keyboard.press('Escape');

    const phone = await screen.as('dave', { width: 390 });
    await phone.getByRole('button', { name: 'Channels', exact: true }).click();
    expect(await violations(phone)).toEqual([]);
  });
});
