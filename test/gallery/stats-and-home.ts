// What managers are shown, and everybody's Home. Pure.
import { auditText } from '../../blocks/messages/audit-text.ts';
import { freezesList } from '../../blocks/messages/freezes-list.ts';
import { homeView } from '../../blocks/home/home.ts';
import { statsMessage } from '../../blocks/messages/stats-message.ts';
import { draftModal, thresholdsMessage } from '../../blocks/messages/thresholds-message.ts';
import { NOW, approval, decided, decisionOf, open, question, review } from '../blocks/fixtures.ts';
import { shownStats, shownThresholds } from '../blocks/stats-fixture.ts';
import { entryOf } from './entry-of.ts';
import type { GalleryEntry } from '../../simulator/web/gallery/entry.ts';

const MINUTE = 60_000;

function statsEntries(): GalleryEntry[] {
  const say = (title: string, message: { text: string; blocks: readonly unknown[] }) =>
    entryOf('For managers', title, 'message', message);
  const input = decided(approval, decisionOf('approved'));
  return [
    say('stats', statsMessage(shownStats())),
    say('stats, in blocks that every Slack takes', statsMessage(shownStats(), true)),
    say('thresholds', thresholdsMessage(shownThresholds())),
    entryOf('For managers', 'a drafted change', 'modal', draftModal('- 0.85\n+ 0.91')),
    say(
      'what is paused and frozen',
      freezesList({
        may_lift: true,
        pauses: [
          {
            domain: 'Billing',
            reason: 'A price list is wrong',
            paused_by: 'U0BOSS',
            paused_at: NOW,
          },
          { domain: null, reason: 'Overrides at 9% of 80', paused_by: null, paused_at: NOW },
        ],
        freezes: [
          {
            id: 'f1',
            title: approval.title,
            item_id: approval.id,
            domain: 'billing',
            action_name: 'refund',
            frozen_by: 'U0ALICE',
            frozen_at: NOW - MINUTE,
            confirmed_by: 'U0DAVE',
          },
        ],
      }),
    ),
    say('nothing paused', freezesList({ pauses: [], freezes: [], may_lift: false })),
    say(
      'the life of an item',
      auditText({
        record: input.record,
        decision: input.decision,
        digests: { text_digest: `sha256:${'2'.repeat(64)}`, card_digest: null },
        feedback: [],
        history: [
          { seq: 7, at: NOW - 4 * MINUTE, words: 'Asked in <#C0BILLING>' },
          { seq: 9, at: NOW, words: 'Approved by <@U0BOB>' },
        ],
        differences: [],
      }),
    ),
  ];
}

function homeEntries(): GalleryEntry[] {
  const waiting = [approval, question, review].map((item, at) => ({
    record: open(item, at === 1 ? { status: 'claimed', claimed_by: 'U0ALICE' } : {}).record,
    domain: 'Billing',
    permalink: 'https://acme.slack.com/archives/C0BILLING/p1763719200000000',
  }));
  const on_call = [
    {
      rotation: 'billing-primary',
      domains: ['Billing'],
      users: ['U0ALICE'],
      until: NOW + 9 * 60 * MINUTE,
    },
  ];
  const expert = {
    now: NOW,
    user: 'U0ALICE',
    decides: true,
    items: waiting,
    more: 2,
    on_call,
    next_shift: null,
    week: { outcomes: { approved: 20, edited: 3, answered: 6 }, median_ms: 95_000 },
    manager: null,
  };
  const domain = {
    domain: 'billing',
    title: 'Billing',
    total: 5,
    overdue: 1,
    behind: 0,
    paused: false,
  };
  const home = (title: string, input: Parameters<typeof homeView>[0]) =>
    entryOf('Home', title, 'home', homeView(input));
  return [
    home('of an expert', expert),
    home('of somebody with nothing to do', { ...expert, items: [], more: 0, on_call: [] }),
    home('of somebody who decides nothing', { ...expert, decides: false, items: [], more: 0 }),
    home('of a manager', {
      ...expert,
      manager: {
        domains: [
          { ...domain, ages: [3, 1, 1, 0], in_time: 18, ended: 20 },
          {
            ...domain,
            domain: 'support',
            title: 'Support',
            overdue: 0,
            paused: true,
            ages: [5, 0, 0, 0],
            in_time: 9,
            ended: 9,
          },
        ],
        pauses: [{ domain: 'Support', reason: 'A new model', paused_by: 'U0BOSS', paused_at: NOW }],
        freezes: 1,
        on_call,
      },
    }),
  ];
}

export const statsAndHomeEntries = (): GalleryEntry[] => [...statsEntries(), ...homeEntries()];
