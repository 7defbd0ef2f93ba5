import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { homeView } from '../../blocks/home/home.ts';
import { limitProblems, withinLimits } from '../../blocks/text/limits.ts';
import { checkView } from '../../simulator/slack/view-schema.ts';
import type { DomainState, HomeInput } from '../../src/domain/home-input.ts';
import { anyCard, nasty } from './any-item.ts';
import { approval, comparison, NOW, open, question, review } from './fixtures.ts';
import { actionIds, mrkdwnTexts, words } from './seen.ts';
import { runs } from '../runs.ts';

const at = (item: Parameters<typeof open>[0], id: string, more = {}) => ({
  record: { ...open(item).record, id, ...more },
  domain: 'Billing',
  permalink: 'https://acme.slack.com/archives/C0BILLING/p1700000000000100',
});
const home = (more: Partial<HomeInput> = {}): HomeInput => ({
  now: NOW,
  user: 'U0ALICE',
  decides: true,
  items: [],
  more: 0,
  on_call: [],
  next_shift: null,
  week: { outcomes: {}, median_ms: null },
  manager: null,
  ...more,
});
const state = (more: Partial<DomainState> = {}): DomainState => ({
  domain: 'billing',
  title: 'Billing',
  total: 0,
  overdue: 0,
  ages: [0, 0, 0, 0],
  paused: false,
  behind: 0,
  in_time: 0,
  ended: 0,
  ...more,
});
const managing = (domains: DomainState[], more = {}) =>
  home({ manager: { domains, pauses: [], freezes: 0, on_call: [], ...more } });

describe('Home', () => {
  it('has each item’s own buttons, but what takes reading is left to the card', () => {
    const view = homeView(
      home({ items: [at(approval, 'a'), at(review, 'b'), at(question, 'c'), at(comparison, 'd')] }),
    );
    expect(actionIds(view)).toContain('item_approve');
    expect(actionIds(view).filter((id) => id.startsWith('item_prefer'))).toEqual([]);
    expect(limitProblems('home', view)).toEqual([]);
    expect(words(view)).toContain('4 items wait for you');
  });

  it('says who has it: they themselves, or somebody else', () => {
    const mine = { status: 'claimed', claimed_by: 'U0ALICE' };
    const view = homeView(
      home({
        items: [at(approval, 'a', mine), at(approval, 'b', { ...mine, claimed_by: 'U0BOB' })],
        more: 3,
      }),
    );
    expect(words(view)).toMatch(/You have it[\s\S]*<@U0BOB> has it[\s\S]*and 3 more/);
  });

  it('tells what their week changed', () => {
    const view = homeView(
      home({
        week: {
          outcomes: { approved: 20, edited: 3, rejected: 1, answered: 6 },
          median_ms: 95_000,
        },
      }),
    );
    expect(words(view)).toMatch(
      /You decided 30 items, half of them within 1 min of being asked.*20 went ahead as the AI had it.*3 went ahead changed by you.*1 stopped by you.*6 answered by you/s,
    );
  });

  it('of one answer there is no half', () => {
    const view = homeView(home({ week: { outcomes: { approved: 1 }, median_ms: 6000 } }));
    expect(words(view)).toContain('You decided 1 item, within 6 s of being asked.');
  });

  it.each([
    ['nothing asked', state(), '⚪'],
    ['all in time', state({ in_time: 20, ended: 20, total: 2 }), '🟢'],
    ['a few late', state({ in_time: 18, ended: 20 }), '🟡'],
    ['all in time, one overdue now', state({ in_time: 20, ended: 20, total: 1, overdue: 1 }), '🟡'],
    ['a few late and more overdue', state({ in_time: 18, ended: 20, total: 1, overdue: 1 }), '🔴'],
    ['a third late', state({ in_time: 14, ended: 20 }), '🔴'],
  ])('a domain with %s has its light', (_what, domain, light) => {
    const line = words(homeView(managing([domain])));
    expect(line).toContain(`${light} Billing`);
  });

  it('whatever stands in it, it is one that Slack takes, and nothing of it pings', () => {
    fc.assert(
      fc.property(
        fc.array(anyCard, { maxLength: 10 }),
        nasty(300),
        fc.nat(40),
        (cards, text, count) => {
          const many = Array.from({ length: count }, (_, n) =>
            state({
              domain: `d${n}`,
              title: text,
              total: n,
              ages: [n, 0, 0, 0],
              ended: n,
              in_time: n,
            }),
          );
          const pause = { domain: text, reason: text, paused_by: 'U0BOSS', paused_at: NOW };
          const line = { rotation: text, domains: [text], users: ['U0BOB'], until: NOW };
          const input = home({
            items: cards.map(({ record }, n) => ({
              record: { ...record, id: `${record.id}-${n}`.slice(-128) },
              domain: text,
              permalink: null,
            })),
            more: count,
            on_call: [line],
            next_shift: { at: NOW, rotation: text, domains: [text] },
            manager: {
              domains: many,
              pauses: Array.from({ length: count }, () => pause),
              freezes: count,
              on_call: Array.from({ length: count }, () => line),
            },
          });
          const view = withinLimits('home', homeView(input));
          expect(limitProblems('home', view)).toEqual([]);
          expect(checkView(view, 'home')).toMatchObject({ ok: true });
          for (const written of mrkdwnTexts(view))
            expect(written).not.toMatch(/<!(channel|here|everyone|subteam)/);
        },
      ),
      { numRuns: runs(40) },
    );
  });
});
