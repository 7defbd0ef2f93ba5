import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Item } from '../../src/domain/item.ts';
import { evaluate } from '../../policies/routing/evaluate.ts';
import { FRIDAY, read, refund } from './written-policy.ts';

describe('the policy that ships', () => {
  const shipped = read(readFileSync('policies/default.yaml', 'utf8'));
  test.each<[string, Partial<Item>, string, string, string]>([
    ['sure and harmless', {}, 'sure', 'let_through', 'billing'],
    ['unsure', { confidence: 0.42 }, 'unsure', 'ask', 'billing'],
    ['no confidence', { confidence: undefined }, 'unsure', 'ask', 'billing'],
    ['no impact', { impact: undefined }, 'high-impact', 'ask', 'billing'],
    ['a high impact, however sure', { confidence: 1, impact: 9 }, 'high-impact', 'ask', 'billing'],
    ['neither sure nor harmless', { confidence: 0.85, impact: 7 }, 'disputed', 'ask', 'billing'],
    ['sure but not harmless', { confidence: 0.9, impact: 6.5 }, 'otherwise', 'ask', 'billing'],
    ['a wire in support', { tags: ['wire'], domain: 'support' }, 'wire-transfer', 'ask', 'billing'],
    ['support', { confidence: 0.1, domain: 'support' }, 'unsure', 'ask', 'support'],
    [
      'an ensemble of two minds',
      { proposal: 'a', ensemble: [{ source: 's', answer: 'b' }] },
      'disputed',
      'ask',
      'billing',
    ],
    [
      'an account to be deleted',
      { action: { name: 'delete_account' }, confidence: 1 },
      'forbidden',
      'refuse',
      'billing',
    ],
  ])('%s', (_, fields, rule, route, domain) => {
    const found = evaluate(shipped, { valid: true, item: refund(fields) }, FRIDAY);
    expect([found.rule, found.route.type, found.domain.id]).toEqual([rule, route, domain]);
  });
});
