/** What `sensitive` names is on no surface: a marker is put into every field that can be named, and looked for everywhere. */
import { readFileSync, readdirSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { askedCard } from '../../blocks/modals/ask.ts';
import { auditText } from '../../blocks/messages/audit-text.ts';
import { compareModal, ownWordsModal } from '../../blocks/modals/blind-modals.ts';
import type { CardInput } from '../../blocks/cards/card-input.ts';
import {
  answerModal,
  approveModal,
  editModal,
  rejectModal,
} from '../../blocks/modals/decide-modals.ts';
import { detailsModal } from '../../blocks/modals/details.ts';
import { digestCard } from '../../blocks/cards/digest-card.ts';
import { endorseModal } from '../../blocks/modals/endorse-modal.ts';
import { homeItem } from '../../blocks/home/home-item.ts';
import { asWrittenModal } from '../../blocks/modals/as-written.ts';
import { itemCard } from '../../blocks/cards/item-card.ts';
import {
  escalateModal,
  giveInfoModal,
  needInfoModal,
  reassignModal,
  snoozeModal,
} from '../../blocks/modals/ladder-modals.ts';
import { pageCard } from '../../blocks/cards/page-card.ts';
import { rawDetailsModal, rawNotice } from '../../blocks/messages/raw-notice.ts';
import { sendBackModal } from '../../blocks/modals/send-back-modal.ts';
import {
  answerLine,
  answerMessage,
  endLine,
  reminderLine,
} from '../../blocks/messages/thread-lines.ts';
import { wholeItemText } from '../../blocks/modals/whole-item.ts';
import { whyText } from '../../blocks/messages/why.ts';
import { evaluate } from '../../policies/routing/evaluate.ts';
import { explainItem, writtenExplanation } from '../../src/cli/explain-item.ts';
import type { Decision, Opinion } from '../../src/domain/decision.ts';
import { maskDecision } from '../../src/domain/redact.ts';
import { pathTo, type Place } from '../../src/domain/sensitive-paths.ts';
import { exportedItem, type ExportedRecord } from '../../src/export/exported-record.ts';
import type { Item } from '../../src/domain/item.ts';
import { parseItem } from '../../src/domain/parse-item.ts';
import { itemFacts } from '../../src/store/item-facts.ts';
import { FRIDAY, read, withRules } from '../policies/written-policy.ts';
import { NOW, billing, decided, decisionOf, open } from './fixtures.ts';
import { FULL, MARK, marked, placesOf } from './sensitive-item.ts';
import { runs } from '../runs.ts';

const forms: ((place: Place) => string)[] = [
  (place) => pathTo(place),
  (place) => `$${place.map((step) => (typeof step === 'number' ? '[*]' : `['${step}']`)).join('')}`,
  (place) => `$..['${String(place.findLast((step) => typeof step === 'string'))}']`,
  (place) => pathTo(place.slice(0, 1)),
];

/** Conditions that read what can be hidden, in each way that the words about them have. */
const CONDITIONS = [
  "item.title == 'x'",
  `item.action.name != ''`,
  "item.action.args['card number'] != ''",
  `has(item.action.args.iban) && item.action.args.iban.startsWith('${MARK}')`,
  "has(item.action.args.iban) && item.action.args.iban in ['x', 'y']",
  "'x' in item.tags",
  "item.tags.exists(one, one != '')",
  "item.cohort != ''",
  "item.model.version != ''",
  'size(item.body) > 0',
  "item.evidence.all(one, one.text == 'x')",
  'double(item.cohort) > 1.0',
];
const POLICIES = CONDITIONS.map((when) =>
  read(withRules(`{id: r, when: ${JSON.stringify(when)}, route: {ask: {}}}`)),
);

const raw = (payload: string) => ({
  id: 'r1',
  received_at: NOW,
  source: 'http',
  job_id: null,
  errors: [],
  payload,
  seen: 1,
  closed: null,
});
const opinion = (item: Item): Opinion => ({
  id: 'o1',
  item_id: item.id,
  slack_user: 'U0ALICE',
  name: 'Alice',
  level: 1,
  stage: 0,
  word: 'answer',
  answer: item.options?.[0]?.prefill ?? 'words',
  choice: item.options?.[0]?.id,
  error_tags: [],
  said_at: NOW,
});

interface Shown {
  item: Item;
  now: CardInput;
  ended: CardInput & { decision: Decision };
}

/** Every way that an item has to somebody's eyes. A new one is put here. */
const SURFACES: { [name: string]: (shown: Shown) => unknown } = {
  file: ({ now, ended }) => [
    wholeItemText(now.record, null),
    wholeItemText(ended.record, ended.decision),
  ],
  'as written': ({ now, ended }) => [asWrittenModal(now.record), asWrittenModal(ended.record)],
  card: ({ now, ended }) => [itemCard(now), itemCard(ended)],
  details: ({ now, ended }) => [
    detailsModal({ ...now, history: [] }),
    detailsModal({ ...ended, history: [] }),
  ],
  page: ({ now, ended }) =>
    [now, ended].map((input) =>
      pageCard({ ...input, person: 'U0ALICE', standing: 'called', story: null }),
    ),
  why: ({ now, ended }) => [now, ended].map((input) => whyText({ ...input, history: [] })),
  audit: ({ ended }) =>
    auditText({ ...ended, digests: null, feedback: [], history: [], differences: [] }),
  home: ({ now }) =>
    homeItem({ record: now.record, domain: 'Billing', permalink: null }, 0, {
      now: NOW,
      user: 'U0ALICE',
    }),
  digest: ({ now }) =>
    digestCard({
      domain: billing,
      now: NOW,
      waiting: {
        count: 1,
        oldest: NOW,
        first_due: null,
        next: [now.record],
        people: [],
        usergroups: [],
        quiet: 0,
        nobody: false,
      },
      expired: 0,
      open_limit: 1,
      moved: null,
    }),
  'forms that decide': ({ now }) =>
    [approveModal, rejectModal, editModal, answerModal, sendBackModal].map((form) => form(now)),
  'forms on the way': ({ now }) => [
    ...[escalateModal, reassignModal, needInfoModal].map((form) => form(now)),
    snoozeModal(now, [{ value: '1', words: 'an hour', until: NOW }]),
    giveInfoModal(now, 'Which?'),
  ],
  blind: ({ now, ended }) => [
    ownWordsModal(now),
    compareModal(now, 'mine'),
    compareModal(ended, null),
  ],
  endorse: ({ item, now }) =>
    endorseModal(now, opinion(item), [
      {
        opinion: opinion(item),
        verdict: {
          word: 'answer',
          answer: opinion(item).answer ?? '',
          choice: opinion(item).choice,
        },
        person: 'U0ALICE',
      },
    ]),
  thread: ({ ended }) => [
    answerLine({ ...ended }),
    answerMessage({ ...ended }),
    endLine(ended),
    reminderLine({ ...ended, due_at: NOW }),
  ],
  'what the asker sees': ({ now, ended }) => [askedCard(now), askedCard(ended)],
  'raw notice': ({ item }) =>
    [
      item,
      { ...item, unknown: 1 },
      { ...item, sensitive: [...(item.sensitive ?? []), 'no path'] },
    ].flatMap((one) => [
      rawNotice(raw(JSON.stringify(one))),
      rawDetailsModal(raw(JSON.stringify(one))),
    ]),
  export: ({ item, now }): ExportedRecord =>
    exportedItem({ ...now.record, written: JSON.stringify(item) }),
  'a decision in exports and audits': ({ item, ended }) => maskDecision(item, ended.decision),
  figures: ({ item }) => itemFacts(item, null),
  'policy explain': ({ item }) =>
    POLICIES.map((policy) => {
      const { tried, ...explained } = explainItem(policy, item, FRIDAY);
      // The policy's own file names no item's values; here one does, and it is hidden too.
      return [tried, explained, writtenExplanation({ tried, ...explained }, policy)];
    }),
};

function shown(item: Item): Shown {
  const why = POLICIES.flatMap((policy) => evaluate(policy, { valid: true, item }, FRIDAY).why);
  const payees = item.action?.args?.payees as unknown[] | undefined;
  const decision =
    item.kind === 'approval'
      ? // Entries have changed places, and one has gone.
        decisionOf('edited', {
          action: {
            name: item.action?.name ?? '',
            args: { ...item.action?.args, payees: payees?.slice(1) },
          },
        })
      : item.kind === 'review'
        ? decisionOf('edited', { answer: { ...(item.proposal as object), text: 'changed' } })
        : item.kind === 'question'
          ? decisionOf('answered', { answer: item.options?.[0]?.prefill, choice: 'one' })
          : decisionOf('preferred', { choice: 'a' });
  return {
    item,
    now: open(item, { why }),
    ended: { ...decided(item, decision, { why }), decision },
  };
}

describe.each(Object.entries(FULL))('what a producer calls sensitive in a %s', (_, full) => {
  it('is a good item', () => {
    expect(parseItem(full)).toMatchObject({ ok: true });
  });

  it('is on no surface, whatever field it is in and however it is named', () => {
    const places = placesOf(full);
    fc.assert(
      fc.property(
        fc.subarray(places, { minLength: 1 }),
        fc.constantFrom(...forms),
        (hidden, form) => {
          const item = marked(full, hidden, hidden.map(form));
          const told = shown(item);
          for (const [name, surface] of Object.entries(SURFACES))
            expect(JSON.stringify(surface(told)), name).not.toMatch(new RegExp(`${MARK}(url)?\\d`));
        },
      ),
      { numRuns: runs(40) },
    );
  });
});

it('a value that the policy itself names is hidden where the two are explained together', () => {
  const policy = read(
    withRules(`{id: r, when: "item.action.args.iban == 'DE89 3704'", route: {ask: {}}}`),
  );
  const action = { name: 'pay', args: { iban: 'DE89 3704' } };
  const item: Item = { ...FULL.approval, action, sensitive: ['$..iban'] };
  const explained = explainItem(policy, item, FRIDAY);
  expect(explained.why).toEqual(['argument iban is •••• (hidden)']);
  expect(JSON.stringify([explained, writtenExplanation(explained, policy)])).not.toContain('DE89');
});

describe('what stands on a surface where nothing hides it', () => {
  it('is found by this test: each surface of an approval shows some field', () => {
    const item = marked(FULL.approval, placesOf(FULL.approval), []);
    const told = shown({ ...item, sensitive: undefined });
    const blank = Object.entries(SURFACES)
      .filter(([, surface]) => !JSON.stringify(surface(told)).includes(MARK))
      .map(([name]) => name);
    expect(blank).toEqual(['endorse', 'thread'].filter((name) => blank.includes(name)));
  });
});

/** Files of blocks/ that take an item or its record: what each is shown through above. */
const DRAWN_BY: { [file: string]: string } = {
  'as-written.ts': 'as written',
  'ask.ts': 'what the asker sees',
  'audit-text.ts': 'audit',
  'blind-modals.ts': 'blind',
  'decide-modals.ts': 'forms that decide',
  'details.ts': 'details',
  'digest-card.ts': 'digest',
  'home-item.ts': 'home',
  'item-card.ts': 'card',
  'ladder-modals.ts': 'forms on the way',
  'page-card.ts': 'page',
  'send-back-modal.ts': 'forms that decide',
  'thread-lines.ts': 'thread',
  'whole-item.ts': 'file',
  'why.ts': 'why',
};

it('every file that shows an item has its surface here', () => {
  const folder = new URL('../../blocks/', import.meta.url);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  const showing = files
    .filter((file) => readFileSync(new URL(file, folder), 'utf8').includes('seenItem('))
    .map((file) => file.split('/').at(-1) ?? '')
    .filter((file) => file !== 'seen-item.ts');
  expect(showing.filter((file) => DRAWN_BY[file] === undefined)).toEqual([]);
  expect(Object.values(DRAWN_BY).filter((name) => SURFACES[name] === undefined)).toEqual([]);
});
