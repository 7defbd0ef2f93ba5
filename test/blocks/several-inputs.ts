/** Items that several people decide, or that are blind, in the states that their cards and forms can be drawn in. */
import type { CardInput } from '../../blocks/cards/card-input.ts';
import type { Opinion } from '../../src/domain/decision.ts';
import type { Item } from '../../src/domain/item.ts';
import type { Several, Stage } from '../../src/domain/lifecycle.ts';
import { NOW, approval, billing, comparison, question, record, review } from './fixtures.ts';

const stage = (name: string, by: string, level: number): Stage => ({
  name,
  by,
  level,
  decide_within: null,
});
const STAGES = [
  stage('review', 'group:billing-experts', 1),
  stage('compliance', 'usergroup:S0COMPL', 3),
];

const quorum = (count: number, singly = false): Several => ({
  quorum: singly ? 1 : count,
  stages: [],
  stage: 0,
  sent_back: [],
  from_rung: 1,
  singly,
});
const staged = (at: number, sent_back: number[] = []): Several => ({
  ...quorum(1),
  stages: STAGES,
  stage: at,
  sent_back,
});

function said(item: Item, slack_user: string, what: Partial<Opinion>, at = 0): Opinion {
  return {
    id: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
    item_id: item.id,
    slack_user,
    name: slack_user.slice(2).toLowerCase(),
    level: 1,
    stage: 0,
    word: 'approve',
    error_tags: [],
    said_at: NOW - 60_000,
    ...what,
  };
}

const input = (
  item: Item,
  several: Several | null,
  opinions: Opinion[] = [],
  more: { blind?: boolean } = {},
): CardInput => ({
  record: record(item, { several, due_at: NOW + 600_000, ...more }),
  domain: billing,
  decision: null,
  now: NOW,
  opinions,
});

/** A question that three people must agree on, and what each has answered so far. */
export const answeredBy = (answers: Readonly<Record<string, string>>): CardInput =>
  input(
    question,
    quorum(3),
    Object.entries(answers).map(([person, answer], at) =>
      said(question, person, { word: 'answer', answer }, at),
    ),
  );

/** Each with a name of its own. `long`: put in place of what people say. */
export function severalInputs(long?: string): [string, CardInput][] {
  const text = (words: string): string => long ?? words;
  const args = { ...approval.action?.args, amount: 200 };
  const yes = said(approval, 'U0ALICE', { rationale: text('The invoice is there.') }, 1);
  const edit = said(
    approval,
    'U0BOB',
    { word: 'edit', edited: args, rationale: text('The invoice says 200.') },
    2,
  );
  const no = said(
    approval,
    'U0BOB',
    { word: 'reject', rationale: text('The bank decides.'), error_tags: ['policy_violation'] },
    3,
  );
  const answer = said(question, 'U0CAROL', { word: 'answer', answer: text('Only if unused.') }, 4);
  const rewritten = said(
    review,
    'U0ALICE',
    { word: 'edit', edited: text('Dear customer, your parcel will arrive on Tuesday.') },
    5,
  );
  const chosen = said(comparison, 'U0ALICE', { word: 'prefer', choice: 'model-y' }, 6);
  const back = said(
    approval,
    'U0ERIN',
    { word: 'send_back', stage: 1, rationale: text('Which invoice?') },
    7,
  );
  return [
    ['a quorum, nobody yet', input(approval, quorum(2))],
    ['a quorum, one of three', input(approval, quorum(3), [yes])],
    ['a quorum, an edit', input(approval, quorum(2), [yes, edit])],
    ['a quorum, an answer', input(question, quorum(2), [answer])],
    ['a quorum, a preference', input(comparison, quorum(2), [chosen])],
    ['a quorum, blind', input(question, quorum(2), [answer], { blind: true })],
    ['a quorum that could not agree', input(approval, quorum(2, true), [yes, no])],
    ['the first of two stages', input(approval, staged(0))],
    ['the second, an approval before it', input(approval, staged(1), [yes])],
    ['the second, an edit before it', input(approval, staged(1), [edit])],
    ['the second, a rewritten text', input(review, staged(1), [rewritten])],
    ['the second, an answer before it', input(question, staged(1), [answer])],
    ['the first again, sent back', input(approval, staged(0, [1]), [yes, back])],
    ['blind', input(review, null, [], { blind: true })],
    ['blind, an approval', input(approval, null, [], { blind: true })],
    ['blind, a comparison', input(comparison, null, [], { blind: true })],
  ];
}
