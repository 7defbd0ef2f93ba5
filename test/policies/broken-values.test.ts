import { describe, expect, test } from 'vitest';
import { changed, SMALL, told, withRules } from './written-policy.ts';
import { edited } from '../edited.ts';

describe('a wrong value is told with its place and what would be right', () => {
  test.each([
    ['nothing', '', '1:1 is not a policy: a map of keys is; begin with version: 1'],
    ['a list', '- a\n', '1:1 is not a policy: a map of keys is; begin with version: 1'],
    ['a tab', 'version: 1\nrules:\n\t- a\n', '3:1 is indented with a tab; YAML takes spaces only'],
    [
      'a condition without quotes',
      withRules('{id: r, when: !valid, route: {ask: {}}}'),
      '20:19 begins with `!`, which is a tag in YAML (found: !valid); put the text in quotes: "!valid"',
    ],
    [
      'a key twice',
      `${SMALL}timezone: UTC\n`,
      '21:1 is a key that stands here twice (found: timezone); keep one of them',
    ],
    [
      'two documents',
      `${SMALL}---\na: 1\n`,
      '21:1 begins a second document (found: --- a: 1); a policy is one document',
    ],
    [
      'an alias',
      edited(changed('nobody: []', 'nobody: *x'), ['[U0ALICE', '&x [U0ALICE']),
      '8:11 groups.nobody: is an alias, which is not supported: write the value out (found: *x)',
    ],
    [
      'an unknown key',
      `${SMALL}ladder: {}\n`,
      '21:1 ladder: `ladder` is not a key here (found: ladder); did you mean `ladders`?',
    ],
    [
      'an unknown key deeper',
      withRules('{id: r, when: "true", route: {ask: {levle: 2}}}'),
      '20:41 rules[0].route.ask.levle: `levle` is not a key here (found: levle); did you mean `level`?',
    ],
    [
      'another version',
      changed('version: 1', 'version: 2'),
      '1:10 version: is not a version of this file (found: 2); write 1',
    ],
    [
      'a missing key',
      changed('operators_channel: C0OPS\n', ''),
      '1:1 operators_channel: is missing',
    ],
    [
      'a key without value',
      changed('timezone: Europe/Berlin', 'timezone:'),
      '3:10 timezone: has no value; give it one, or leave the key out',
    ],
    [
      'an unknown default',
      changed('default_domain: support', 'default_domain: suport'),
      '2:17 default_domain: there is no domain `suport` (found: suport); did you mean `support`?',
    ],
    [
      'an unknown domain for compliance',
      changed('default_domain: support', 'default_domain: support\ncompliance_domain: suport'),
      '3:20 compliance_domain: there is no domain `suport` (found: suport); did you mean `support`?',
    ],
    [
      'a time zone',
      changed('Europe/Berlin', 'Europe/Berlni'),
      '3:11 timezone: is not a time zone (found: Europe/Berlni); did you mean `Europe/Berlin`?',
    ],
    [
      'an offset',
      changed('Europe/Berlin', '"+01:00"'),
      '3:11 timezone: is not a time zone (found: "+01:00"); an IANA name, like Europe/Berlin',
    ],
    [
      'a channel’s name',
      changed('C0OPS', '"#ops"'),
      '4:20 operators_channel: is not a Slack channel id (found: "#ops"); names change; the id looks like C024BE7LH (in Slack: the channel’s name, About, at the bottom)',
    ],
    [
      'a person’s name',
      changed('U0BOSS', '"@boss"'),
      '5:12 managers[0]: is a name, and names change (found: "@boss"); write the person’s id, like U024BE7LH (in Slack: Profile, More, Copy member ID)',
    ],
    [
      'a user group without prefix',
      changed('U0BOSS', 'S0BOSSES'),
      '5:12 managers[0]: is a user group without its prefix (found: S0BOSSES); write `usergroup:S0BOSSES`',
    ],
    [
      'no list',
      changed('managers: [U0BOSS, "usergroup:S0MANAGERS"]', 'managers: U0BOSS'),
      '5:11 managers: must be a list (found: U0BOSS); put it in brackets: [ … ]',
    ],
    [
      'a team',
      changed('operators_channel', 'teams: [X]\noperators_channel'),
      '4:9 teams[0]: is not a Slack team id (found: X); an id looks like T024BE7LD (it stands in the address of Slack in a browser)',
    ],
    [
      'a group in a group',
      changed('nobody: []', 'nobody: ["group:experts"]'),
      '8:12 groups.nobody[0]: is a group within a group (found: "group:experts"); name its people here',
    ],
    [
      'a name that is none',
      changed('nobody:', '__proto__:'),
      '8:3 groups.__proto__: is not a name (found: __proto__); letters, digits, - and _, at most 64, like billing-experts',
    ],
    [
      'a duration without unit',
      changed('decide_within: 30m', 'decide_within: 30'),
      '12:67 ladders.standard.rungs[0].decide_within: is a duration without a unit (found: 30); 30m?',
    ],
    [
      'a duration in words',
      changed('decide_within: 30m', 'decide_within: 30 min'),
      '12:67 ladders.standard.rungs[0].decide_within: is not a duration (found: 30 min); 30m?',
    ],
    [
      'no time at all',
      changed('decide_within: 30m', 'decide_within: 0m'),
      '12:67 ladders.standard.rungs[0].decide_within: must be greater than zero (found: 0m); leave the key out for no limit',
    ],
    [
      'more than a year',
      changed('decide_within: 30m', 'decide_within: 99w'),
      '12:67 ladders.standard.rungs[0].decide_within: is longer than a year (found: 99w); leave the key out for no limit',
    ],
    [
      'a share',
      changed('[50%, 75%]', '[0.5, 75%]'),
      '13:97 ladders.daytime.rungs[0].remind_at[0]: is not a share in percent (found: 0.5); 50%?',
    ],
    [
      'a map for a share',
      changed('[50%, 75%]', '[{half: 50%}]'),
      '13:97 ladders.daytime.rungs[0].remind_at[0]: is not a share in percent (found: {half: 50%}); like 80%',
    ],
    [
      'too large a share',
      changed('[50%, 75%]', '[50%, 175%]'),
      '13:102 ladders.daytime.rungs[0].remind_at[1]: must be above 0% and at most 100% (found: 175%); like 80%',
    ],
    [
      'a level',
      changed('level: 3', 'level: 4'),
      '14:26 ladders.open.rungs[0].level: is not a level (found: 4); 1 (operational), 2 (domain expert) or 3 (governance)',
    ],
    [
      'a day',
      changed('days: [mon,', 'days: [monday,'),
      '10:19 hours.office.days[0]: is not one of the words that can stand here (found: monday); did you mean `mon`?',
    ],
    [
      'no days',
      changed('days: [mon, tue, wed, thu, fri]', 'days: []'),
      '10:18 hours.office.days: are no days: the clock would never run (found: [])',
    ],
    [
      'a time of day',
      changed('"09:00"', '9:00'),
      '10:51 hours.office.from: is not a time of day (found: 9:00); "09:00"?',
    ],
    [
      'a day that does not end',
      changed('"18:00"', '"24:01"'),
      '10:64 hours.office.to: is not a time of day (found: "24:01"); like "09:00"',
    ],
    [
      'no time between',
      changed('"18:00"', '"09:00"'),
      '10:64 hours.office.to: is the same time as `from` (found: "09:00")',
    ],
    [
      'a date',
      changed('2026-12-25', '2026-02-30'),
      '10:84 hours.office.holidays[0]: is a date that does not exist (found: "2026-02-30"); like "2026-12-25"',
    ],
  ])('%s', (_, text, problem) => {
    expect(told(text)).toEqual([`p.yaml:${problem}`]);
  });
});
