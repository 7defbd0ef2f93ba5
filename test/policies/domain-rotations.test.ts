import { expect, test } from 'vitest';
import { domainsOf, rotationsOf } from '../../policies/schedule/domain-rotations.ts';
import { namedRotations } from '../../handlers/commands/named-rotations.ts';
import { read, SMALL } from './written-policy.ts';
import { edited } from '../edited.ts';

const rota = (name: string) =>
  `  ${name}: {start: "2026-11-02T09:00", shift: 1w, people: [U0ALICE, U0BOB]}\n`;
const policy = read(
  `rotations:\n${rota('first')}${rota('second')}${rota('unused')}` +
    edited(
      SMALL,
      ['nobody: []', 'nobody: ["oncall:first"]'],
      [
        'notify: [channel], decide_within: 30m',
        'notify: [channel, "oncall:second", "group:nobody"], decide_within: 30m',
      ],
      ['deciders: ["group:experts"]', 'deciders: ["oncall:first", "group:experts"]'],
      ['deciders: ["usergroup:S0DATA"]', 'deciders: ["oncall:first"]'],
    ),
);
const domain = (id: string) => {
  const found = policy.domains[id];
  if (!found) throw new Error(id);
  return found;
};

test('a domain’s rotations are those of its ladder, then of its deciders; groups are looked into', () => {
  expect(rotationsOf(policy, domain('support')).map((one) => one.id)).toEqual(['second', 'first']);
  expect(rotationsOf(policy, domain('data-ops')).map((one) => one.id)).toEqual(['first']);
  expect(rotationsOf(policy, domain('billing'))).toEqual([]);
  expect(domainsOf(policy, 'first').map((one) => one.id)).toEqual(['support', 'data-ops']);
  expect(domainsOf(policy, 'unused')).toEqual([]);
});

test.each([
  ['second', ['second']],
  ['Second', ['second']],
  ['support', ['second', 'first']],
  ['<#C0DATA|data>', ['first']],
])('`%s` names %j', (named, expected) => {
  const found = namedRotations(policy, named);
  expect(typeof found === 'string' ? found : found.map((one) => one.id)).toEqual(expected);
});

test.each([
  ['billing', 'Billing has no rotation'],
  ['secnd', 'There is no rotation or domain called “secnd”: did you mean `second`?'],
  ['<!channel>', 'There is no rotation or domain called “‹!channel›”: known: '],
])('`%s` names none, and that is said', (named, words) => {
  expect(namedRotations(policy, named)).toContain(words);
});
