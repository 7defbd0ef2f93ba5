import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertHistory, pastItem, seeded } from '../history.ts';
import { chromePath, eventually, openScreen, write, type Screen } from './browser.ts';

const DAY = 86_400_000;

describe.runIf(chromePath !== undefined)('figures on the page', () => {
  let screen: Screen;
  beforeAll(async () => {
    screen = await openScreen();
    const { clock, data_dir } = screen.stand;
    const random = seeded(2);
    const people = ['U0ALICE', 'U0BOB', 'U0CAROL'];
    const items = Array.from({ length: 400 }, (_, at) => {
      const item = pastItem(random, `p-${at}`, clock.now() - Math.floor(random() * 55 * DAY));
      if (item.end?.expert) item.end.expert = people[at % 3] ?? null;
      return item;
    });
    insertHistory(join(data_dir, 'hitl.db'), items);
  }, 60_000);
  afterAll(async () => {
    expect(screen.complaints).toEqual([]);
    expect(screen.stand.slack.problems).toEqual([]);
    await screen.close();
  });

  it('come as lines and a table, and then as a picture with its words', async () => {
    const page = await screen.as('mia');
    await write(page, '/hitl stats 30d by expert');
    await eventually(() => page.getByText('needed a person').count()).toBeGreaterThan(0);
    const picture = page.getByRole('img', { name: /Decisions by person and hour: .*alice/ });
    await picture.waitFor();
    // What failed to load is no picture.
    await eventually(() =>
      picture.evaluate((shown) => 'naturalWidth' in shown && Number(shown.naturalWidth)),
    ).toBeGreaterThan(1000);
  });
});
