/** What a producer leaves out has its neutral value, field by field: no condition fails for want of a key. */
import { describe, expect, test } from 'vitest';
import { evaluate } from '../../policies/routing/evaluate.ts';
import { RECORD_FIELDS } from '../../policies/conditions/item-view.ts';
import { type Item } from '../../src/domain/item.ts';
import { parseItem } from '../../src/domain/parse-item.ts';
import { FRIDAY, lettingThrough, read } from './written-policy.ts';

/** The least that an item can be. */
const bare: Item = { id: 'bare', kind: 'question', title: 'What now?' };

/** Each holds for the bare item; `id`, `kind` and `title` it must have. */
const NEUTRAL: Record<string, string> = {
  id: "item.id == 'bare'",
  kind: "item.kind == 'question'",
  domain: "item.domain == ''",
  title: "item.title == 'What now?'",
  body: "item.body == ''",
  proposal: "item.proposal == ''",
  justification: "item.justification == ''",
  action: "item.action.name == '' && item.action.args.size() == 0",
  candidates: 'item.candidates.size() == 0',
  options: 'item.options.size() == 0',
  answer_schema: 'size(item.answer_schema) == 0',
  allowed: "item.allowed == ['answer', 'escalate']",
  confidence: 'item.confidence == 0.0',
  impact: 'item.impact == 10.0',
  ensemble: 'item.ensemble.size() == 0 && disagreement == 0.0',
  source_reliability: 'item.source_reliability == 0.0',
  evidence: 'item.evidence.size() == 0',
  tags: 'item.tags.size() == 0',
  cohort: "item.cohort == ''",
  sensitive: 'item.sensitive.size() == 0',
  model:
    "item.model.name == '' && item.model.version == '' && item.model.prompt_version == '' && item.model.input_version == ''",
  requester: "item.requester.name == '' && item.requester.slack_user == ''",
  thread: "item.thread.channel == '' && item.thread.ts == ''",
  expires_at: "item.expires_at == ''",
  callback: "item.callback.url == ''",
  run_id: "item.run_id == ''",
  state: 'size(item.state) == 0',
};

/** Fields of a record within a list, which may be left out of each of its entries. */
const WITHIN: [string, Partial<Item>, string][] = [
  [
    'an option',
    { options: [{ id: 'a', label: 'A' }] },
    "item.options[0].description == '' && item.options[0].prefill == ''",
  ],
  [
    'an ensemble’s answer',
    { ensemble: [{ source: 's', answer: 'x' }] },
    'item.ensemble[0].confidence == 0.0',
  ],
  [
    'evidence',
    { evidence: [{ label: 'l' }] },
    "item.evidence[0].text == '' && item.evidence[0].url == ''",
  ],
  ['an action', { kind: 'approval', action: { name: 'refund' } }, 'item.action.args.size() == 0'],
];

const outcome = (item: Item, when: string) => {
  const parsed = parseItem(item);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  const found = evaluate(read(lettingThrough(when)), { valid: true, item: parsed.item }, FRIDAY);
  return { route: found.route.type, condition_errors: found.condition_errors };
};
const HOLDS = { route: 'let_through', condition_errors: [] };

describe('what is left out', () => {
  test('every field of an item is in the table', () => {
    expect(Object.keys(NEUTRAL).toSorted()).toEqual(Object.keys(RECORD_FIELDS.Item).toSorted());
  });

  test.each(Object.entries(NEUTRAL))('%s', (_field, when) => {
    expect(outcome(bare, when)).toEqual(HOLDS);
  });

  test.each(WITHIN)('within %s', (_what, more, when) => {
    expect(outcome({ ...bare, ...more }, when)).toEqual(HOLDS);
  });

  test('of what is no item at all, every field is neutral too, and it is never let through', () => {
    for (const [field, when] of Object.entries(NEUTRAL)) {
      if (['id', 'kind', 'title', 'allowed'].includes(field)) continue;
      const found = evaluate(
        read(lettingThrough(when)),
        { valid: false, errors: [{ field: 'item', problem: 'is nothing' }] },
        FRIDAY,
      );
      expect(found).toMatchObject({ rule: 'r', route: { type: 'ask' }, condition_errors: [] });
    }
  });
});
