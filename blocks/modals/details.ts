/** Details: the whole item in a modal, with what reviewers should know, why the AI thinks so, and what has happened. Pure. */
import type { KnownBlock, ModalView, RichTextBlockElement, RichTextElement } from '@slack/types';
import type { EpochMs } from '../../src/domain/clock.ts';
import type { Item } from '../../src/domain/item.ts';
import type { CardInput } from '../cards/card-input.ts';
import { DETAILS_LINK_MAX, evidenceLine } from '../cards/evidence.ts';
import { historyLines } from '../cards/history.ts';
import { shownLength } from '../text/shown-parts.ts';
import { originLine } from '../cards/item-card.ts';
import { seenItem, seenReasons } from '../cards/seen-item.ts';
import { writeItemMetadata } from './modal-metadata.ts';
import { AS_WRITTEN, textsAsWritten } from './as-written.ts';
import { wholeOptions } from '../cards/options.ts';
import { opinionBlocks } from '../cards/opinions.ts';
import { outcomeElements } from '../cards/outcome.ts';
import { ensembleLines, proposalBlocks, type Told } from '../cards/proposal.ts';
import {
  bold,
  bullets,
  date,
  label,
  ours,
  plain,
  quote,
  richText,
  said,
  saidBlock,
  section,
} from '../text/rich-text.ts';
import { isFormatted, saidElements } from '../text/prose-parts.ts';
import { percentWords, shortDigest, shortNumber } from '../text/words.ts';

/** All texts of one modal together: what a view can hold even where every character takes three bytes. */
const ALL_TEXTS = 60_000;
const MORE = 'Send as a file, below';
/** The action id of the button that sends the whole item to the person who reads it. */
export const SEND_FILE = 'item_file';

const OUTCOME_MAX = 20_000;

type DetailsInput = CardInput & { history?: { at: EpochMs; words: string }[] };

/** Everything there is to know about an item. Sensitive values stay hidden here too. */
export function detailsModal(input: DetailsInput): ModalView {
  const { record, domain, decision } = input;
  const item = seenItem(record);
  const blocks: KnownBlock[] = [
    richText(section(said(item ? item.title : `Item ${record.id}`, 300, { bold: true }))),
    originLine(record, item, { ...domain, visible_fields: null }),
  ];
  if (record.status === 'decided')
    blocks.push(
      richText(
        ...outcomeElements(record, decision, {
          max: OUTCOME_MAX,
          more: MORE,
          beside: true,
          every: true,
        }),
      ),
    );
  blocks.push(...guideBlocks(domain.guide, item, 5000, MORE));
  if (!item) blocks.push(richText(section(ours('The texts of this item have been erased.'))));
  else blocks.push(...wholeItem(item, { decided: record.status === 'decided', decision }));
  blocks.push(...opinionBlocks(input), ...routeBlocks(input, item));
  const buttons: (keyof typeof BUTTON_WORDS)[] = [
    ...(item && textsAsWritten(item).some(([, text]) => isFormatted(text))
      ? ([AS_WRITTEN] as const)
      : []),
    ...(isCut(blocks) ? ([SEND_FILE] as const) : []),
  ];
  if (buttons.length > 0) blocks.push(buttonRow(record.id, buttons));
  const history = historyLines(input.history ?? []);
  if (history.length > 0)
    blocks.push(richText(section(bold('What has happened')), bullets(history)));
  return {
    type: 'modal',
    callback_id: 'item_details',
    title: label('Details'),
    close: label('Close'),
    private_metadata: writeItemMetadata({
      item_id: record.id,
      version: record.view_rev,
      action: 'details',
    }),
    blocks,
  };
}

/** Whether something in the modal says that it is cut. The words are ours; a text that imitates them gets a button too. */
const isCut = (blocks: KnownBlock[]): boolean => JSON.stringify(blocks).includes(`(${MORE})`);

const BUTTON_WORDS = { [AS_WRITTEN]: 'Show as written', [SEND_FILE]: 'Send as a file' };

const buttonRow = (
  item_id: string,
  buttons: readonly (keyof typeof BUTTON_WORDS)[],
): KnownBlock => ({
  type: 'actions',
  elements: buttons.map((action_id) => ({
    type: 'button',
    text: label(BUTTON_WORDS[action_id]),
    action_id,
    value: item_id,
  })),
});

/** What reviewers should know, and why the AI thinks so: at the top of every modal. */
export function guideBlocks(
  guide: string | null,
  item: Item | null,
  max = 3000,
  more?: string,
): KnownBlock[] {
  const elements: RichTextBlockElement[] = [];
  if (guide !== null && guide.trim() !== '')
    elements.push(section(bold('Guide')), quote(saidBlock(guide, max, more)));
  if (item?.justification !== undefined)
    elements.push(
      section(bold('The AI’s reasons')),
      ...saidElements(item.justification, { max, more: more ?? 'Details' }, true),
    );
  return elements.length === 0 ? [] : [richText(...elements)];
}

function wholeItem(item: Item, told: Told): KnownBlock[] {
  // Each part gets its own length while the whole fits, and a fair share where it does not.
  const wanted =
    lengthOf(item.body) +
    lengthOf(item.proposal) +
    lengthOf(item.action) +
    sum(item.candidates, (one) => one.text) +
    sum(item.options, (one) => one.prefill ?? '') +
    sum(item.evidence, (one) => (one.text ?? '') + (one.url ?? '')) +
    sum(item.ensemble, (one) => one.answer);
  const share = Math.min(1, ALL_TEXTS / Math.max(1, wanted));
  const room = (max: number) => Math.floor(max * share);
  const blocks: KnownBlock[] = [
    ...proposalBlocks(
      item,
      {
        body: room(20_000),
        proposal: room(ALL_TEXTS),
        candidates: room(50_000),
        more: MORE,
      },
      told,
    ),
    ...wholeOptions(item, room(3000), MORE),
  ];
  const numbers = numberLines(item);
  if (numbers.length > 0) blocks.push(richText(bullets(numbers)));
  const ensemble = ensembleLines(item, 20, room(20_000));
  if (ensemble.length > 0)
    blocks.push(
      richText(
        section(bold(told.decided ? 'Other models said' : 'Other models say')),
        bullets(ensemble),
      ),
    );
  const evidence = item.evidence ?? [];
  if (evidence.length > 0) {
    blocks.push(
      richText(
        section(bold('Evidence')),
        ...evidence.flatMap((one) => [
          section(...evidenceLine(one, DETAILS_LINK_MAX, 200)),
          ...(one.text === undefined ? [] : [quote(saidBlock(one.text, room(5000), MORE))]),
        ]),
      ),
    );
  }
  return blocks;
}

const lengthOf = shownLength;
const sum = <T>(list: T[] | undefined, text: (one: T) => string): number =>
  (list ?? []).reduce((total, one) => total + text(one).length, 0);

function numberLines(item: Item): RichTextElement[][] {
  const line = (name: string, value: string | undefined): RichTextElement[][] =>
    value === undefined ? [] : [[bold(`${name}: `), said(value, 500)]];
  const { model } = item;
  const versions = model && [
    model.name,
    model.version,
    model.prompt_version && `prompt ${model.prompt_version}`,
    model.input_version && `input ${model.input_version}`,
  ];
  return [
    ...line(
      'Confidence',
      item.confidence === undefined ? undefined : percentWords(item.confidence),
    ),
    ...line('Impact', item.impact === undefined ? undefined : `${shortNumber(item.impact)}/10`),
    ...line(
      'Reliability of the source',
      item.source_reliability === undefined ? undefined : percentWords(item.source_reliability),
    ),
    ...line(
      'Model',
      versions?.filter((one) => one !== undefined && one !== '').join(', ') || undefined,
    ),
    ...line('Tags', item.tags?.length ? item.tags.join(', ') : undefined),
    ...line('Cohort', item.cohort),
    ...line('Run', item.run_id),
  ];
}

function routeBlocks({ record }: DetailsInput, item: Item | null): KnownBlock[] {
  const elements: RichTextBlockElement[] = [];
  const why = seenReasons(record);
  if (why.length > 0) {
    elements.push(
      section(bold('Why a person was asked')),
      bullets(why.slice(0, 20).map((line) => [said(line, 500)])),
    );
  }
  const times: RichTextElement[][] = [[bold('Asked: '), date(record.requested_at)]];
  if (record.due_at !== null) times.push([bold('Due: '), date(record.due_at)]);
  if (record.expires_at !== null) times.push([bold('Ends: '), date(record.expires_at)]);
  elements.push(section(bold('When')), bullets(times));
  const ids = [
    `Item ${record.id}`,
    `Rule ${record.rule}`,
    `Policy ${shortDigest(record.policy_version)}`,
  ];
  if (item === null) ids.push(`Digest ${record.item_digest}`);
  return [
    richText(...elements),
    { type: 'context', elements: ids.map((text) => plain(text, 200)) },
  ];
}
