import { describe, expect, it } from 'vitest';
import { limitProblems } from '../../blocks/text/limits.ts';
import { pageCard, type PageInput, type PageStoryTold } from '../../blocks/cards/page-card.ts';
import { messageAsText } from '../../simulator/slack/text.ts';
import { ASKED } from '../../src/domain/page-reason.ts';
import { NOW, approval, open } from './fixtures.ts';
import { HOSTILE } from './hard-items.ts';
import { mrkdwnTexts } from './seen.ts';

const told = (story: Partial<PageStoryTold>): PageStoryTold => ({
  ...ASKED,
  woke: false,
  before: 1,
  ...story,
});
const page = (more: Partial<PageInput>) =>
  pageCard({ ...open(approval), person: 'U0BOB', standing: 'called', story: null, ...more });
const read = (message: ReturnType<typeof pageCard>) =>
  messageAsText(JSON.parse(JSON.stringify(message)), { now: NOW, timezone: 'UTC', width: 1000 });

describe('a page in a DM tells why it comes to this person now', () => {
  const cases: [string, PageStoryTold | null, string][] = [
    ['asked first', null, 'Billing needs you:'],
    [
      'given, with a word',
      told({ because: 'given', by: 'U0ALICE', reason: 'You know this customer' }),
      'Billing needs you. @U0ALICE gave you this: “You know this customer”.',
    ],
    [
      'given, without',
      told({ because: 'given', by: 'U0ALICE' }),
      'Billing needs you. @U0ALICE gave you this.',
    ],
    [
      'escalated',
      told({ because: 'escalated', by: 'U0ALICE', reason: 'Above my limit!' }),
      'Billing needs you. @U0ALICE escalated this: “Above my limit!”',
    ],
    [
      'passed on',
      told({ because: 'passed', by: 'U0ALICE' }),
      'Billing needs you. @U0ALICE can’t take this one.',
    ],
    [
      'not claimed',
      told({ because: 'unclaimed' }),
      'Billing needs you. Nobody at level 1 claimed this in time.',
    ],
    [
      'not decided',
      told({ because: 'undecided', before: 2 }),
      'Billing needs you. Nobody at level 2 decided in time.',
    ],
    [
      'a claim that ran out',
      told({ because: 'undecided', released: 'U0ALICE' }),
      'Billing needs you. @U0ALICE ran out of time, so the claim is released.',
    ],
    [
      'nobody before',
      told({ skipped: [1] }),
      'Billing needs you. Level 1 was skipped: nobody on call.',
    ],
    [
      'nobody at all until now',
      told({ because: 'again' }),
      'Billing needs you. There was nobody to page until now.',
    ],
    [
      'after an outage',
      told({ because: 'undecided', missed: [2] }),
      'Billing needs you. Nobody at level 1 decided in time. Level 2 timed out while I was offline.',
    ],
    [
      'after quiet hours',
      told({ woke: true, because: 'escalated', by: 'U0ALICE', reason: 'Above my limit' }),
      'Billing needs you. Your quiet hours are over. @U0ALICE escalated this: “Above my limit”.',
    ],
  ];
  it.each(cases)('%s', (_, story, says) => {
    const message = page({ story });
    expect(
      read(message)
        .split('\n')
        .find((line) => line.includes('Billing needs you')),
    ).toContain(says);
    expect(limitProblems('message', message)).toEqual([]);
  });

  it('goes on telling it to whoever claims it; somebody else’s claim, or having passed it on, is what matters then', () => {
    const story = told({ because: 'given', by: 'U0ALICE', reason: 'You know this customer' });
    const claimed = (by: string) => open(approval, { status: 'claimed', claimed_by: by });
    const says = '@U0ALICE gave you this: “You know this customer”.';
    expect(read(page({ story, ...claimed('U0BOB') }))).toContain(
      `You have this one. Open the card to decide. ${says}`,
    );
    expect(read(page({ story, ...claimed('U0CAROL') }))).not.toContain('gave you this');
    expect(read(page({ story, standing: 'passed' }))).not.toContain('gave you this');
  });

  it('says what its clocks wait for', () => {
    const waits = { by: 'U0ALICE', until: NOW + 3_600_000 };
    expect(read(page({ waits: { ...waits, kind: 'info' } }))).toContain(
      'Waits for an answer to @U0ALICE; its clocks stand still until then',
    );
    expect(read(page({ waits: { ...waits, kind: 'snooze' } }))).toContain(
      'Snoozed by @U0ALICE until',
    );
  });

  it.each(HOSTILE)('shows hostile words as dead text: %j', (reason) => {
    const message = page({ story: told({ because: 'escalated', by: 'U0ALICE', reason }) });
    expect(limitProblems('message', message)).toEqual([]);
    expect(mrkdwnTexts(message.blocks).join()).toBe(mrkdwnTexts(page({}).blocks).join());
    expect(message.text).toBe(page({}).text);
  });
});
