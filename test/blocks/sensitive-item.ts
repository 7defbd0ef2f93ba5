/** An item of each kind with every field that `sensitive` can name, and a marker for each of them. */
import type { Item, Kind } from '../../src/domain/item.ts';
import type { Place } from '../../src/domain/sensitive-paths.ts';

export const MARK = 'ZQMARKZQ';

/** Each field that holds a text, in an item of each kind. */
const common = {
  title: 'a title',
  body: 'a body',
  justification: 'a reason',
  ensemble: [{ source: 'nb', answer: 'an answer' }],
  evidence: [{ label: 'a label', text: 'a text', url: 'https://example.com/a-page' }],
  tags: ['a-tag'],
  cohort: 'a-cohort',
  model: { name: 'a-model', version: 'v1', prompt_version: 'p1', input_version: 'i1' },
  requester: { name: 'a-bot', slack_user: 'U024BE7LH' },
  run_id: 'a-run',
  state: { note: 'a-state' },
};
export const FULL: Record<Kind, Item> = {
  approval: {
    ...common,
    id: 'approval-1',
    kind: 'approval',
    proposal: 'a proposal',
    action: {
      name: 'an-action',
      args: {
        iban: 'an-iban',
        'card number': 'a-card',
        payees: [
          { name: 'Ada', iban: 'x' },
          { name: 'Bo', iban: 'y' },
        ],
      },
    },
  },
  question: {
    ...common,
    id: 'question-1',
    kind: 'question',
    proposal: 'a proposal',
    options: [
      { id: 'one', label: 'a choice', description: 'described', prefill: 'prepared' },
      { id: 'two', label: 'another' },
    ],
  },
  review: {
    ...common,
    id: 'review-1',
    kind: 'review',
    proposal: { text: 'a text', lines: [{ to: 'Ada', iban: 'x' }] },
  },
  comparison: {
    ...common,
    id: 'comparison-1',
    kind: 'comparison',
    candidates: [
      { id: 'a', text: 'one text' },
      { id: 'b', text: 'another text' },
    ],
  },
};

/** Where a text stands that can be hidden. Ids are what buttons carry, and are shown: docs/items.md. */
export function placesOf(value: unknown, place: Place = []): Place[] {
  if (typeof value === 'string') return [place];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) =>
    (place.length === 0 && ['id', 'kind'].includes(key)) ||
    (key === 'id' && ['options', 'candidates'].includes(String(place[0]))) ||
    key === 'slack_user'
      ? []
      : placesOf(one, [...place, Array.isArray(value) ? Number(key) : key]),
  );
}

/** The item with a marker of its own in each of those places. */
export function marked(item: Item, places: readonly Place[], sensitive: string[]): Item {
  const copy: unknown = structuredClone(item);
  for (const [at, place] of places.entries()) {
    const holder = place
      .slice(0, -1)
      .reduce((held, step) => Reflect.get(held as object, step) as unknown, copy);
    const mark = `${MARK}${at}`;
    Reflect.set(
      holder as object,
      place.at(-1) ?? '',
      place.at(-1) === 'url' ? `https://example.com/${MARK}url${at}` : mark,
    );
  }
  return { ...(copy as Item), sensitive };
}
