import { describe, expect, test } from 'vitest';
import { changed, told, withRules } from './written-policy.ts';
import { edited } from '../edited.ts';

describe('what leads nowhere is told with its place and what would be right', () => {
  const standard = '[{level: 1, notify: [channel], decide_within: 30m}]';
  test.each([
    [
      'unknown hours',
      changed('hours: office', 'hours: offce'),
      '13:20 ladders.daytime.hours: there are no hours `offce` (found: offce); did you mean `office`?',
    ],
    [
      'no rung',
      changed(standard, '[]'),
      '12:21 ladders.standard.rungs: has no rung (found: []); one at least: whom to ask first',
    ],
    [
      'a rung that notifies nobody',
      changed(standard, '[{level: 1, notify: []}]'),
      '12:41 ladders.standard.rungs[0].notify: notifies nobody (found: []); name somebody',
    ],
    [
      'a rung that notifies an empty group',
      changed(standard, '[{level: 1, notify: ["group:nobody"]}]'),
      '12:41 ladders.standard.rungs[0].notify: notifies nobody (found: ["group:nobody"]); name somebody',
    ],
    ['no end', changed('}], at_the_end: wait', '}]'), '14:3 ladders.open.at_the_end: is missing'],
    [
      'another end',
      changed('at_the_end: wait', 'at_the_end: waits'),
      '14:62 ladders.open.at_the_end: is not one of the words that can stand here (found: waits); did you mean `wait`?',
    ],
    [
      'a fallback',
      changed('fallback: reject', 'fallback: deny'),
      '13:141 ladders.daytime.fallback: is not one of the words that can stand here (found: deny); known: `reject`, `approve`, `none`',
    ],
    [
      'an unknown ladder',
      changed('ladder: open', 'ladder: opn'),
      '18:52 domains.data-ops.ladder: there is no ladder `opn` (found: opn); did you mean `open`?',
    ],
    [
      'a domain nobody can decide',
      changed('["group:experts"]', '[]'),
      '16:77 domains.support.deciders: leave nobody who can decide in this domain (found: []); name somebody',
    ],
    [
      'a domain an empty group decides',
      changed('["group:experts"]', '["group:nobody"]'),
      '16:77 domains.support.deciders: leave nobody who can decide in this domain (found: ["group:nobody"]); name somebody',
    ],
    [
      'an unknown group',
      changed('["group:experts"]', '["group:expert"]'),
      '16:78 domains.support.deciders[0]: there is no group `expert` (found: "group:expert"); did you mean `experts`?',
    ],
    [
      'a field to show',
      changed('ladder: open', 'ladder: open, visible_fields: [confidense]'),
      '18:75 domains.data-ops.visible_fields[0]: is not one of the words that can stand here (found: confidense); did you mean `confidence`?',
    ],
    [
      'no rules but a map',
      changed('rules: []', 'rules: {}'),
      '19:8 rules: must be a list (found: {}); each begins with -',
    ],
    [
      'a rule without condition',
      withRules('{id: r, route: {ask: {}}}'),
      '20:5 rules[0].when: is missing; a condition like "item.confidence < 0.60"; for every item "true"',
    ],
    [
      'two rules of one id',
      withRules(
        '{id: r, when: "valid", route: {ask: {}}}',
        '{id: r, when: "valid", route: {ask: {}}}',
      ),
      '21:10 rules[1].id: is the id of two rules (found: r); the other is in line 20',
    ],
    [
      'a rule called otherwise',
      withRules('{id: otherwise, when: "valid", route: {ask: {}}}'),
      '20:10 rules[0].id: is what the case is called in which no rule matched (found: otherwise)',
    ],
    [
      'a rule after one that takes all',
      withRules(
        '{id: all, when: "true", route: {ask: {}}}',
        '{id: r, when: "valid", route: {ask: {}}}',
      ),
      '21:10 rules[1].id: is never reached: rule `all` before it takes every item (found: r); move it up, or say it under `otherwise`',
    ],
    [
      'an unknown domain in a route',
      withRules('{id: r, when: "valid", route: {ask: {domain: data_ops}}}'),
      '20:50 rules[0].route.ask.domain: there is no domain `data_ops` (found: data_ops); did you mean `data-ops`?',
    ],
    [
      'an empty group in a route',
      withRules('{id: r, when: "valid", route: {ask: {by: "group:nobody"}}}'),
      '20:46 rules[0].route.ask.by: is nobody: the group is empty (found: "group:nobody"); name somebody',
    ],
    [
      'a refusal without reason',
      withRules('{id: r, when: "valid", route: {refuse: {}}}'),
      '20:36 rules[0].route.refuse.reason: is missing',
    ],
    [
      'a reason sometimes',
      withRules('{id: r, when: "valid", route: {ask: {reason: often}}}'),
      '20:50 rules[0].route.ask.reason: is not one of the words that can stand here (found: often); known: `always`',
    ],
    [
      'two routes',
      changed('{ask: {}}', '{ask: {}, let_through: {}}'),
      '20:12 otherwise: says let_through and ask at once (found: {ask: {}, let_through: {}}); write one of {let_through: {}}, {refuse: {reason: …}}, {ask: {}}',
    ],
    [
      'no route',
      changed('{ask: {}}', '{}'),
      '20:12 otherwise: says nothing (found: {}); write one of {let_through: {}}, {refuse: {reason: …}}, {ask: {}}',
    ],
    [
      'a route without braces',
      changed('{ask: {}}', '{let_through: }'),
      '20:26 otherwise.let_through: must be a map of keys and values; write let_through: {}',
    ],
  ])('%s', (_, text, problem) => {
    expect(told(text)).toEqual([`p.yaml:${problem}`]);
  });

  test('all at once, in the order of the file', () => {
    const text = edited(
      withRules(
        '{id: a, when: "item.confidenc > 0.5", route: {ask: {levle: 1}}}',
        '{id: b, when: "itm.x", route: {ask: {quorum: 1, domain: nowhere}}}',
      ),
      ['Europe/Berlin', 'Berlin'],
      ['ladder: open', 'ladder: opn'],
      ['30m', '30'],
    );
    expect(told(text).map((problem) => problem.split(' ').slice(0, 2).join(' '))).toEqual([
      'p.yaml:3:11 timezone:',
      'p.yaml:12:67 ladders.standard.rungs[0].decide_within:',
      'p.yaml:18:52 domains.data-ops.ladder:',
      'p.yaml:20:25 rules[0].when:',
      'p.yaml:20:57 rules[0].route.ask.levle:',
      'p.yaml:21:20 rules[1].when:',
      'p.yaml:21:50 rules[1].route.ask.quorum:',
    ]);
  });
});
