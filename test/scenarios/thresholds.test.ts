import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { thresholdTables } from '../../scripts/threshold-tables.ts';
import { clinc150 } from '../clinc150.ts';
import { insertHistory } from '../history.ts';
import { reviewed } from '../reviewed.ts';
import { openDesk, type Desk } from './desk.ts';

describe('`/hitl thresholds`', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk();
    const answers = Array.from({ length: 900 }, (_, at) => {
      const confidence = 0.5 + (at % 50) / 100;
      const wrong = at === 31 || (confidence < 0.795 && at % 3 === 0);
      return {
        id: `r-${at}`,
        domain: 'billing',
        predicted: 'a',
        label: wrong ? 'b' : 'a',
        confidence,
      };
    });
    const items = reviewed(answers, desk.clock.now()).map((item, at) =>
      at % 3 === 1 ? { ...item, model: 'softmax 2' } : item,
    );
    insertHistory(join(desk.data_dir, 'hitl.db'), items);
  });
  afterAll(async () => {
    expect(desk.slack.problems).toEqual([]);
    await desk.close();
  });
  const types = (user: string, line: string) =>
    desk.slack.user(user).types(line, { channel: 'general' });

  it('says above which confidence the data supports letting through, where it stops, and what would settle it', async () => {
    await types('mia', '/hitl thresholds billing');
    const words = await desk.note('mia', 'The data supports letting through above');
    expect(words).toContain('Billing');
    expect(words).toContain('0.80');
    expect(words).toMatch(/It stops at 0\.79: [\d.]+% wrong \([\d.]+–[\d.]+%\) of \d+ checked/);
    expect(words).toContain('People looked at 900 answers, which stand for 900 of 900 items');
    expect(words).toMatch(/By model[^]*softmax 1 +600 [^]*softmax 2 +300 /);
    expect(words).toMatch(
      /Confidence is off by [\d.]+ points on average \(ECE\); Brier score 0\.\d+/,
    );
  });

  it('shows one model alone where it is named, with a diagram of its own', async () => {
    await types('mia', '/hitl thresholds billing Softmax 2 error 5%');
    const words = await desk.note('mia', 'People looked at 300 answers');
    expect(words).toContain('errors stay under 5%');
    expect(words).toContain('softmax 2');
    expect(words).not.toContain('By model');
    expect(words).not.toContain('Draft the policy change');
    const alts = await desk.until('its diagram', () => {
      desk.clock.advance(300);
      const blocks = desk.slack.ephemerals(undefined, 'mia').flatMap((note) => note.blocks);
      const found = blocks.flatMap((block) =>
        block.type === 'image' ? [String(block['alt_text'])] : [],
      );
      return found.length === 2 && found;
    });
    expect(
      alts.filter((alt) => /found in Billing, softmax 2: \d+% promised/.test(alt)),
    ).toHaveLength(1);
    expect(alts.filter((alt) => /in softmax 1: .* in softmax 2: /.test(alt))).toHaveLength(1);
  });

  it('follows with the reliability diagram', async () => {
    const picture = await desk.until('the picture', () => {
      desk.clock.advance(300);
      return desk.slack
        .ephemerals(undefined, 'mia')
        .flatMap((note) => note.blocks)
        .find((block) => block.type === 'image');
    });
    expect(picture['alt_text']).toMatch(
      /What confidence promised and what was found in Billing: \d+% promised, \d+% right of \d+/,
    );
  });

  it('drafts the policy change as a diff, and changes nothing', async () => {
    const before = desk.pager.world.policy().version;
    const note = await desk.until('the button', () =>
      desk.slack
        .ephemerals('C0GENERAL', 'mia')
        .find((one) => JSON.stringify(one.blocks).includes('thresholds_draft')),
    );
    await desk.slack.user('mia').clicks('Draft the policy change').on(note);
    const modal = await desk.modal('mia', 'A draft');
    const text = desk.textOf(modal);
    expect(text).toContain('Nothing has changed.');
    expect(text).toContain(`-    when: 'item.confidence > 0.85 && item.impact <= 6.0'`);
    expect(text).toContain(
      `+    when: 'item.confidence > (item.domain == "billing" ? 0.80 : 0.85) && item.impact <= 6.0'`,
    );
    expect(desk.pager.world.policy().version).toBe(before);
  });

  it.each([
    ['mia', 'support', 'Too little was checked to say anything: 149 more checks'],
    ['mia', 'billing error 10%', 'where errors stay under 10%'],
    ['mia', '', 'Which domain?'],
    ['mia', 'nowhere', 'Which domain?'],
    ['mia', 'billing error 200%', 'Like this'],
    [
      'mia',
      'billing soon',
      'No model called “soon” in Billing in the last 90 days. There are: softmax 1',
    ],
    ['mia', 'billing error 0%', 'Like this'],
    ['alice', 'billing', 'Thresholds are for managers'],
    ['oscar', 'billing', 'Thresholds are for managers'],
  ])('%s asks for “%s”', async (who, typed, says) => {
    await types(who, `/hitl thresholds ${typed}`);
    await desk.note(who, says);
  });
});

it('docs/thresholds.md has the tables of the real answers', () => {
  expect(readFileSync('docs/thresholds.md', 'utf8')).toContain(thresholdTables(clinc150()));
});
