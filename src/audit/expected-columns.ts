/** What single entries say of rows: the columns of a decision, an opinion and so on, as they must be after it. Pure. */
import type { ReadEvent, ReadFacts } from '../domain/audit-event.ts';
import type { Columns } from './log-entry.ts';

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
