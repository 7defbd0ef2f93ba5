// The one card for all that wait behind the open cards of their domain. Pure.
import { digestCard, type DigestInput } from '../../blocks/cards/digest-card.ts';
import { GOOD, NOW, approval, billing, record } from '../blocks/fixtures.ts';
import { hostile } from '../blocks/hard-items.ts';
import { entryOf } from './entry-of.ts';
import type { GalleryEntry } from '../../simulator/web/gallery/entry.ts';

const MINUTE = 60_000;
const permalink = 'https://acme.slack.com/archives/C0BILLING/p1763719200000000';

export function digestEntries(): GalleryEntry[] {
  const waiting: NonNullable<DigestInput['waiting']> = {
    count: 14,
    oldest: NOW - 20 * MINUTE,
    first_due: NOW - 5 * MINUTE,
    next: [
      record(approval, { due_at: NOW + 10 * MINUTE }),
      record(GOOD.question, { due_at: NOW + 40 * MINUTE }),
      record(GOOD.review, { due_at: NOW - 5 * MINUTE }),
    ],
    people: ['U0ALICE'],
    usergroups: [],
    quiet: 0,
    nobody: false,
  };
  const digest = (title: string, more: Partial<DigestInput>) =>
    entryOf(
      'Digest cards',
      title,
      'message',
      digestCard({
        domain: billing,
        now: NOW,
        waiting,
        open_limit: 5,
        expired: 0,
        moved: null,
        ...more,
      }),
    );
  return [
    digest('fourteen wait behind', {}),
    digest('one waits, and whoever is on call sleeps', {
      waiting: {
        ...waiting,
        count: 1,
        oldest: NOW,
        next: waiting.next.slice(0, 1),
        people: [],
        quiet: 1,
      },
    }),
    digest('titles of hostile items', {
      waiting: {
        ...waiting,
        next: Array.from({ length: 5 }, () => record(hostile('approval'))),
        usergroups: ['S0BILLING'],
      },
    }),
    digest('nobody is on call', { waiting: { ...waiting, people: [], nobody: true }, expired: 2 }),
    digest('nothing waits any more', { waiting: null }),
    digest('nothing waits any more, and some expired', { waiting: null, expired: 2 }),
    digest('told of further down', { moved: { permalink } }),
  ];
}
