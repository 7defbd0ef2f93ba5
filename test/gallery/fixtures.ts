/// <reference types="node" />
// What the gallery shows: every card, window and line that blocks/ can draw, and every block there is. Made in Node,
// because the order of candidates comes from node:crypto; the page fetches it.
import type { CardInput } from '../../blocks/cards/card-input.ts';
import {
  answerModal,
  approveModal,
  editModal,
  rejectModal,
} from '../../blocks/modals/decide-modals.ts';
import { detailsModal } from '../../blocks/modals/details.ts';
import { itemCard } from '../../blocks/cards/item-card.ts';
import type { Kind } from '../../src/domain/item.ts';
import { NOW } from '../blocks/fixtures.ts';
import { entryOf } from './entry-of.ts';
import type { GalleryEntry } from '../../simulator/web/gallery/entry.ts';
import { samples, statesOf } from './items.ts';
import type { Sample } from './items.ts';
import { digestEntries } from './digest-cards.ts';
import { ladderEntries } from './ladder.ts';
import { onCallEntries } from './on-call.ts';
import { statsAndHomeEntries } from './stats-and-home.ts';
import { answerEntries, noteEntries, otherModals, threadEntries } from './lines.ts';
import { showcaseEntries } from './showcase.ts';
import { severalEntries } from './several.ts';
import { trueViewEntries } from './true-views.ts';

/** The moment of the fixtures, epoch milliseconds: what the gallery takes for now. */
export const GALLERY_NOW = NOW;

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
const groupOf = (what: string, { kind, shape }: Sample): string =>
  `${what}: ${kind}${shape === 'good' ? '' : `, ${shape}`}`;

function cards(sample: Sample): GalleryEntry[] {
  return statesOf(sample.item).map(({ state, input }) =>
    entryOf(
      groupOf('Cards', sample),
      `${capital(sample.name)}, ${state}`,
      'message',
      itemCard(input),
    ),
  );
}

const FORMS: Record<Kind, [string, (input: CardInput) => ReturnType<typeof detailsModal>][]> = {
  approval: [
    ['approve', approveModal],
    ['edit', editModal],
    ['reject', rejectModal],
  ],
  review: [
    ['approve', approveModal],
    ['edit', editModal],
    ['reject', rejectModal],
  ],
  question: [['answer', answerModal]],
  comparison: [],
};

function windows(sample: Sample): GalleryEntry[] {
  const states = statesOf(sample.item);
  const open = states.find(({ state }) => state === 'open');
  const ended = states.find(({ input }) => input.decision?.decided_by.type === 'human');
  const history = [
    { at: NOW - 240_000, words: 'Asked in <#C0BILLING>' },
    { at: NOW - 60_000, words: '<@U0ALICE> claimed it' },
  ];
  const group = groupOf('Windows', sample);
  const called = capital(sample.name);
  return [
    ...(open
      ? FORMS[sample.kind].map(([name, draw]) =>
          entryOf(group, `${called}, ${name}`, 'modal', draw(open.input)),
        )
      : []),
    ...[open, ended].flatMap((one) =>
      one
        ? [
            entryOf(
              group,
              `${called}, details, ${one.state}`,
              'modal',
              detailsModal({ ...one.input, history }),
            ),
          ]
        : [],
    ),
  ];
}

/** All of it, in the order of the page. Ids are unique. */
export function galleryEntries(): GalleryEntry[] {
  return [
    ...samples.flatMap(cards),
    ...samples.flatMap(windows),
    ...trueViewEntries(),
    ...severalEntries(),
    ...otherModals(),
    ...threadEntries(),
    ...noteEntries(),
    ...answerEntries(),
    ...digestEntries(),
    ...ladderEntries(),
    ...onCallEntries(),
    ...statsAndHomeEntries(),
    ...showcaseEntries(),
  ];
}
