/** `hitl audit item ID`: the whole life of an item, in words. Reads only. */
import { hidesTruth, truthWords } from '../../blocks/messages/feedback-words.ts';
import { hideIn, maskDecision } from '../domain/redact.ts';
import { seenItem } from '../../blocks/cards/seen-item.ts';
import { auditedLife, type AuditedLife } from '../items/audited-life.ts';
import { rfc3339 } from '../domain/clock.ts';
import { canonicalJson } from '../domain/hash.ts';
import { readDatabase } from './read-database.ts';
import { UsageError, type ExitCode, type Shell } from './cli-context.ts';

export async function auditItem(
  shell: Shell,
  id: string,
  options: { db?: string; json?: boolean },
): Promise<ExitCode> {
  const life = await readDatabase(shell, options.db, 'read', (db) => auditedLife(db, id));
  if (!life) throw new UsageError(`no item ${JSON.stringify(id)} was accepted here`, 1);
  const shown = hidden(life);
  if (options.json) shell.out(JSON.stringify(shown, null, 2));
  else print(shell, shown);
  return life.differences.length === 0 ? 0 : 1;
}

/** What producers call sensitive is hidden here too. */
function hidden(life: AuditedLife): AuditedLife {
  const { record, decision } = life;
  return {
    ...life,
    record: {
      ...record,
      item: seenItem(record),
      why: record.why.map((line) => hideIn(record.item, line)),
    },
    decision: decision && record.item ? maskDecision(record.item, decision) : decision,
    feedback: life.feedback.map((one) =>
      hidesTruth(record) && one.truth !== null ? { ...one, truth: '(hidden)' } : one,
    ),
  };
}

function print(shell: Shell, life: AuditedLife): void {
  const { record, decision, digests } = life;
  // A terminal obeys control characters: what others wrote must not hold any.
  const out = (line: string) => shell.out(line.replace(/\p{Cc}/gu, ' '));
  out(`${record.id}: ${record.item?.title ?? '(its texts have been erased)'}`);
  out(
    `${record.kind}${record.domain === null ? '' : ` in ${record.domain}`}, rule ${record.rule}, policy ${record.policy_version}`,
  );
  out(`item_digest ${record.item_digest}`);
  out('');
  for (const { seq, at, words } of life.history)
    out(`${rfc3339(at)}  entry ${seq}  ${words.replace(/<@([A-Z0-9]+)>/g, '$1')}`);
  if (decision && digests) {
    out('');
    const by = decision.decided_by;
    const who = by.type === 'human' ? `${by.slack_user}${by.name ? ` (${by.name})` : ''}` : by.type;
    out(`decision ${decision.id}: ${decision.outcome} by ${who}`);
    for (const part of ['answer', 'action', 'choice', 'rationale'] as const) {
      const value = decision[part];
      if (value !== undefined)
        out(`  ${part}: ${typeof value === 'string' ? value : canonicalJson(value)}`);
    }
    if (decision.error_tags.length > 0) out(`  error_tags: ${decision.error_tags.join(', ')}`);
    out(`  text_digest ${digests.text_digest}`);
    if (digests.card_digest !== null) out(`  card_digest ${digests.card_digest}`);
  }
  for (const one of life.feedback) {
    const truth = truthWords(one);
    out(
      `turned out ${one.verdict}${truth === null ? '' : `: ${truth}`} (${one.source}, ${rfc3339(one.at)})`,
    );
  }
  out('');
  for (const what of life.differences) out(`DIFFERS  ${what}`);
  out(
    life.differences.length === 0
      ? 'good: all of this is as the log has it'
      : 'NOT GOOD: somebody changed the database',
  );
}
