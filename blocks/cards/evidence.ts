/** Evidence as lines: the producer's label, an excerpt, and a link that shows where it really leads. Pure. */
import type { RichTextElement } from '@slack/types';
import { cut, safeLine } from '../text/escape.ts';
import type { Item } from '../../src/domain/item.ts';
import { hiddenWords } from '../../src/domain/redact.ts';
import { link, ours, said } from '../text/rich-text.ts';
import { isHostlike, webLink } from '../text/web-link.ts';

type Evidence = NonNullable<Item['evidence']>[number];

/** A link costs its whole address on a card; longer ones are linked in the details only. */
const CARD_LINK_MAX = 400;
/** What Slack takes. */
export const DETAILS_LINK_MAX = 3000;
/** Of a line on a card: what label and text may have, and what each has at least. */
const LABEL_MAX = 80;
const TEXT_MAX = 140;
const LEAST = 24;

function evidenceLabel(label: string, max: number): string {
  const shown = cut(safeLine(label), max);
  return isHostlike(shown) ? `“${shown.replace(/[“”"]/g, "'")}”` : shown;
}

/** `Invoice 1182 (example.com)`, the host being the link; without an address the label alone. */
export function evidenceLine(one: Evidence, linkMax: number, labelMax = 100): RichTextElement[] {
  const where = one.url === undefined ? null : webLink(one.url);
  const label = hiddenWords(one.label);
  const name = ours(where ? evidenceLabel(label, labelMax) : cut(safeLine(label), labelMax), {
    bold: true,
  });
  if (!where) return [name];
  return where.href.length <= linkMax
    ? [name, ours(' ('), link(where.href, where.host), ours(')')]
    : [
        name,
        ours(
          ` (${where.host}: ${linkMax === CARD_LINK_MAX ? 'long link, in Details' : 'address too long for Slack'})`,
        ),
      ];
}

/** How long a line on a card would like to be. */
export const evidenceLength = (one: Evidence): number =>
  Math.min(LABEL_MAX, one.label.length) + Math.min(TEXT_MAX, one.text?.length ?? 0);

/** The line of a card: the label, the link, and the first words of the text. @param max characters of label and text */
export function cardEvidence(one: Evidence, max: number): RichTextElement[] {
  const label = Math.min(LABEL_MAX, Math.max(LEAST, max));
  const text = Math.max(LEAST, max - Math.min(label, one.label.length));
  return [
    ...evidenceLine(one, CARD_LINK_MAX, label),
    ...(one.text === undefined ? [] : [ours(': '), said(one.text, Math.min(TEXT_MAX, text))]),
  ];
}
