/**
 * How much of each text a card shows: one budget of characters for all of them together, so that no item, however much
 * it says, makes a card that nobody reads. Short texts are shown whole; the long ones share what is left. Pure.
 */
import type { Item } from '../../src/domain/item.ts';
import type { Room } from './proposal.ts';
import { shares } from '../text/shares.ts';
import { shownLength } from '../text/shown-parts.ts';

/** Characters of all texts on an open card; on a decided one, of what was asked. */
const OPEN_BUDGET = 900;
const DECIDED_BUDGET = 450;
/** However many reasons there are, what is decided about keeps this much. */
const LEAST = 500;
/** How many lines of each text. */
const OPEN_LINES = 10;
const DECIDED_LINES = 6;

/** Characters for each part; of lists, for the whole list. */
export interface CardRoom extends Room {
  ensemble: number;
  evidence: number;
  options: number;
}

/** What is decided about comes before what helps to decide. */
const WEIGHTS = { proposal: 3, candidates: 3, body: 2, options: 2, evidence: 1, ensemble: 1 };

/**
 * The room on the card of an item.
 * @param shown the item as the card shows it, the lists as the length of each line that is shown
 * @param taken characters that the title and the reasons take already
 */
export function cardRoom(
  shown: Pick<Item, 'body' | 'proposal' | 'action' | 'candidates'> & {
    ensemble: readonly number[];
    evidence: readonly number[];
    options: readonly number[];
  },
  taken: number,
  decided: boolean,
): CardRoom {
  const budget = decided ? DECIDED_BUDGET : Math.max(LEAST, OPEN_BUDGET - taken);
  const [body = 0, proposal = 0, candidates = 0, ensemble = 0, evidence = 0, options = 0] = shares(
    budget,
    [
      lengthOf(shown.body),
      lengthOf(shown.action?.args) + lengthOf(shown.proposal),
      sum((shown.candidates ?? []).map((one) => one.text.length)),
      sum(shown.ensemble),
      sum(shown.evidence),
      sum(shown.options),
    ],
    [
      WEIGHTS.body,
      WEIGHTS.proposal,
      WEIGHTS.candidates,
      WEIGHTS.ensemble,
      WEIGHTS.evidence,
      WEIGHTS.options,
    ],
  );
  const lines = decided ? DECIDED_LINES : OPEN_LINES;
  return { body, proposal, candidates, ensemble, evidence, options, lines };
}

const sum = (list: readonly number[]): number => list.reduce((total, one) => total + one, 0);
/** What stands in the place of a hidden or empty text fits as well. */
const SHORTEST = 16;
const lengthOf = (value: unknown): number =>
  value === undefined ? 0 : Math.max(SHORTEST, shownLength(value));
