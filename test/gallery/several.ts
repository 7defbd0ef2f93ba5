// What several people decide, and what is blind: the cards, and the forms that only they have. Pure.
import { compareModal, ownWordsModal } from '../../blocks/modals/blind-modals.ts';
import { endorseModal } from '../../blocks/modals/endorse-modal.ts';
import { itemCard } from '../../blocks/cards/item-card.ts';
import { sendBackModal } from '../../blocks/modals/send-back-modal.ts';
import type { CardInput } from '../../blocks/cards/card-input.ts';
import { signaturesOf } from '../../src/domain/signatures.ts';
import { decided, decisionOf, open, question } from '../blocks/fixtures.ts';
import { hostile } from '../blocks/hard-items.ts';
import { severalInputs } from '../blocks/several-inputs.ts';
import { entryOf } from './entry-of.ts';
import type { GalleryEntry } from '../../simulator/web/gallery/entry.ts';

const card = (title: string, input: CardInput): GalleryEntry =>
  entryOf('Several people', title, 'message', itemCard(input));
const form = (title: string, view: Parameters<typeof entryOf>[3]): GalleryEntry =>
  entryOf('Several people: windows', title, 'modal', view);

function entriesOf(name: string, input: CardInput): GalleryEntry[] {
  const title = name.charAt(0).toUpperCase() + name.slice(1);
  const { several, kind, blind } = input.record;
  const opinions = input.opinions ?? [];
  const [said] = opinions;
  return [
    card(title, input),
    ...(several && several.stage > 0 ? [form(`${title}, send back`, sendBackModal(input))] : []),
    ...(name === 'blind'
      ? [
          form(`${title}, own words`, ownWordsModal(input)),
          form(`${title}, compare`, compareModal(input, 'It is on its way.')),
        ]
      : []),
    ...(several && said && kind === 'question' && blind
      ? [
          form(
            `${title}, say the same as somebody`,
            endorseModal(
              input,
              { ...said, slack_user: 'U0DAVE', name: 'Dave', answer: 'No.' },
              signaturesOf(opinions, several),
            ),
          ),
        ]
      : []),
  ];
}

export const severalEntries = (): GalleryEntry[] => [
  ...severalInputs().flatMap(([name, input]) => entriesOf(name, input)),
  card('Blind, and hostile', open(hostile('review'), { blind: true })),
  card(
    'Blind, decided and to be compared',
    decided(question, decisionOf('answered', { answer: 'No.' }), { blind: true }),
  ),
];
