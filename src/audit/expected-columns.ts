/** What single entries say of rows: the columns of an item, a decision, an opinion and so on, as they must be after it. Pure. */
import type { ReadEvent, ReadFacts } from '../domain/audit-event.ts';
import type { Columns } from './log-entry.ts';

export const accepted = (facts: ReadFacts<'item.accepted'>): Columns => ({
  version: facts.version,
  view_rev: facts.view_rev,
  kind: facts.kind,
  allowed: facts.allowed,
  status: 'open',
  outcome: null,
  requester_slack_user: facts.requester,
  claimed_by: null,
  claimed_at: null,
  decided_at: null,
  item_digest: facts.item_digest,
  domain: facts.domain,
  rule: facts.rule,
  policy_version: facts.policy_version,
  level: facts.level,
  decider_digest: facts.decider_digest,
  reason_required: facts.reason_required,
  fallback: facts.fallback,
  at_the_end: facts.at_the_end,
  impact: facts.impact,
  source: facts.source,
  requested_at: facts.requested_at,
  due_at: facts.due_at,
  expires_at: facts.expires_at,
  several_digest: facts.several_digest,
  check_of: facts.check_of,
  blind: facts.blind,
  route: facts.route,
  sample: facts.sample,
});

export const decided = (facts: ReadFacts<'item.decided'>): Columns => ({
  id: facts.decision_id,
  outcome: facts.outcome,
  decided_by: facts.by,
  slack_user: facts.slack_user,
  level: facts.level,
  error_tags: facts.error_tags,
  decided_at: facts.decided_at,
  text_digest: facts.text_digest,
  card_digest: facts.card_digest,
  approvals: facts.approvals,
  compared: facts.compared,
});

export const froze = ({ at, facts }: ReadEvent<'item.froze_similar'>): Columns => ({
  id: facts.freeze_id,
  decision_id: facts.decision_id,
  domain: facts.domain,
  frozen_by: facts.slack_user,
  frozen_at: at,
  check_id: facts.check_id,
  title_digest: facts.title_digest,
  action_digest: facts.action_digest,
});

export const turnedOut = ({ at, facts }: ReadEvent<'item.feedback'>): Columns => ({
  id: facts.feedback_id,
  verdict: facts.verdict,
  truth_digest: facts.truth_digest,
  at: facts.at,
  received_at: at,
  source: facts.source,
});

export const opined = (facts: ReadFacts<'item.opined'>): Columns => ({
  seq: facts.opinion_seq,
  id: facts.opinion_id,
  slack_user: facts.slack_user,
  level: facts.level,
  stage: facts.stage,
  word: facts.word,
  error_tags: facts.error_tags,
  said_at: facts.said_at,
  text_digest: facts.text_digest,
  card_digest: facts.card_digest,
});
