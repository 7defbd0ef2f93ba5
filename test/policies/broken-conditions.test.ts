import { expect, test } from 'vitest';
import { lettingThrough, told } from './written-policy.ts';

test.each([
  [
    'item.confidenc < 0.6',
    '25',
    'has no field `confidenc` (found: confidenc); did you mean `confidence`?',
  ],
  [
    'itm.confidence < 0.6',
    '20',
    '`itm` is not known to conditions (found: itm); did you mean `item`?',
  ],
  [
    'valid && confidence < 0.6',
    '29',
    '`confidence` is not known to conditions (found: confidence); write `item.confidence`',
  ],
  [
    "item.confidence < '0.6'",
    '20',
    "`<` does not go between a number and a text (found: item.confidence < '0.6'); a number stands without quotes, a text in quotes",
  ],
  [
    'item.confidence',
    '20',
    'is a number, not something that holds or does not (found: item.confidence)',
  ],
  [
    "item.tags.contains('x')",
    '20',
    "there is no `list.contains(string)` (found: item.tags.contains('x')); write 'refund' in item.tags",
  ],
  [
    "item.kind == 'aproval'",
    '20',
    "`item.kind` is never 'aproval' (found: item.kind == 'aproval'); did you mean `approval`?",
  ],
  [
    "weekday in ['sat', 'sunday']",
    '20',
    "`weekday` is never 'sunday' (found: weekday in ['sat', 'sunday']); did you mean `sun`?",
  ],
  [
    'item.impact = 3',
    '32',
    'is not a condition: Unexpected character: = (found: =); to compare, write ==',
  ],
  [
    'item.impact in [7, 8]',
    '20',
    '`in` does not go between a number and a list of whole numbers (found: item.impact in [7, 8]); write the numbers with a point: [7.0, 8.0]',
  ],
  [
    'has(item.confidence)',
    '20',
    "`item.confidence` is always there: what the producer left out has its neutral value (found: has(item.confidence)); compare it with that: 0.0 for confidence, 10.0 for impact, else '' or an empty list",
  ],
  [
    'has(item.confidenc)',
    '20',
    '`item` has no field `confidenc` (found: has(item.confidenc)); did you mean `confidence`?',
  ],
  [
    'disagreement > 1/2',
    '35',
    'divides whole numbers, which drops the remainder (found: 1/2); write one with a point, like 2.0',
  ],
  ["item.title.matches('(')", '40', 'not a valid RE2 pattern: missing closing ) (found: ()'],
  [
    "item.title.matches('a(?!b)')",
    '41',
    'not a valid RE2 pattern: looks ahead or behind, which cannot be matched in linear time (found: (?!)',
  ],
  [
    'item.body.matches(item.title)',
    '38',
    'the pattern of `matches` has to be written out (found: item.title); write one text in quotes, or use contains()',
  ],
  [
    "item.tags.exists(item, item == 'x')",
    '20',
    "`item` is taken: inside `exists` it would hide the real one (found: item.tags.exists(item, item == 'x')); use another name, like x",
  ],
  [
    "item.evidence.exists(e, e.ulr == 'x')",
    '46',
    'has no field `ulr` (found: ulr); did you mean `url`?',
  ],
  [
    "item.constructor == 'x'",
    '25',
    'has no field `constructor` (found: constructor); see the fields of an item',
  ],
  [
    'len(item.tags) > 3',
    '20',
    'there is no `len(list<string>)` (found: len(item.tags)); write size(…)',
  ],
  ['', '19', 'is empty (found: ""); for every item, write "true"'],
])('the condition %s', (when, column, problem) => {
  expect(told(lettingThrough(when))).toEqual([`p.yaml:20:${column} rules[0].when: ${problem}`]);
});
