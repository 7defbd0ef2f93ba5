import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { policyJsonSchema } from '../../policies/file/policy-json-schema.ts';
import { parsePolicy } from '../../policies/file/parse-policy.ts';
import { SMALL, withRules } from './written-policy.ts';

const valid = new Ajv({ strict: false, allErrors: true }).compile(policyJsonSchema());

describe('the JSON Schema of the policy file', () => {
  it('is the file that stands beside the policy, and the policy names it', () => {
    // After a change of the schema: npx hitl policy schema > policies/policy.schema.json
    const kept: unknown = JSON.parse(readFileSync('policies/policy.schema.json', 'utf8'));
    expect(kept).toEqual(JSON.parse(JSON.stringify(policyJsonSchema())));
    expect(readFileSync('policies/default.yaml', 'utf8')).toMatch(
      /^# yaml-language-server: \$schema=\.\/policy\.schema\.json\n/,
    );
  });

  it('takes what the reader takes', () => {
    for (const text of [
      readFileSync('policies/default.yaml', 'utf8'),
      SMALL,
      withRules('{id: r, when: true, sample: 2%, route: {ask: {blind: true, after: let_through}}}'),
      withRules('{id: r, when: "!valid", route: {refuse: {reason: "No"}}}'),
    ]) {
      expect(parsePolicy(text)).toMatchObject({ ok: true });
      expect(valid(parse(text)), JSON.stringify(valid.errors)).toBe(true);
    }
  });

  it.each([
    'unknown-key',
    'unknown-key-in-a-domain',
    'unknown-key-in-a-route',
    'unknown-route',
    'missing-keys',
    'wrong-types',
    'version-2',
    'durations',
    'level',
    'words-of-a-ladder',
    'visible-fields',
    'name-with-a-space',
    'refusal-without-reason',
    'rule-without-condition',
    'condition-list-of-lines',
  ])('an editor underlines %s', (name) => {
    expect(valid(parse(readFileSync(`test/policies/bad/${name}.yaml`, 'utf8')))).toBe(false);
  });
});
