/** What is shown formatted, as it was written: every sign of it, in a window above Details. Pure. */
import type { ModalView } from '@slack/types';
import type { ItemRecord } from '../../src/domain/decision.ts';
import { hiddenWords } from '../../src/domain/redact.ts';
import type { Item } from '../../src/domain/item.ts';
import { seenItem } from '../cards/seen-item.ts';
import { bold, label, ours, richText, section } from '../text/rich-text.ts';
import { codeParts } from '../text/shown-parts.ts';
import { shares } from '../text/shares.ts';
import { writeItemMetadata } from './modal-metadata.ts';

/** The action id of the button in Details. */
export const AS_WRITTEN = 'item_as_written';
const ALL_TEXTS = 50_000;
const MORE = 'Send as a file, in Details';

/** The texts that may be Markdown, by what they are called. */
export const textsAsWritten = (
  item: Pick<Item, 'body' | 'justification' | 'proposal'>,
): [string, string][] => {
  const texts: [string, unknown][] = [
    ['The text', item.body],
    ['The AI’s reasons', item.justification],
    ['What the AI proposes', item.proposal],
  ];
  return texts.filter((one): one is [string, string] => typeof one[1] === 'string');
};

/** Hidden characters are marked in all of them; what is sensitive stays hidden. */
export function asWrittenModal(record: ItemRecord): ModalView {
  const item = seenItem(record);
  const texts = item ? textsAsWritten(item) : [];
  const room = shares(
    ALL_TEXTS,
    texts.map(([, text]) => text.length * 2),
  );
  return {
    type: 'modal',
    callback_id: 'item_as_written',
    title: label('As written'),
    close: label('Back'),
    private_metadata: writeItemMetadata({
      item_id: record.id,
      version: record.view_rev,
      action: 'details',
    }),
    blocks:
      texts.length === 0
        ? [richText(section(ours('The texts of this item have been erased.')))]
        : texts.map(([name, text], at) =>
            richText(
              section(bold(name)),
              ...codeParts(hiddenWords(text), { max: room[at] ?? 0, more: MORE }).elements,
            ),
          ),
  };
}
