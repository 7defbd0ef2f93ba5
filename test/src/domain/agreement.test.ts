import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Verdict } from '../../../src/domain/lifecycle.ts';
import { agreementKey, lastWords, agreementOf, type Voice } from '../../../src/domain/agreement.ts';

const people = ['U0A', 'U0B', 'U0C', 'U0D', 'U0E'];
const voice: fc.Arbitrary<Voice> = fc.record({
  person: fc.constantFrom(...people),
  key: fc.constantFrom('approve', 'reject', 'edit {}'),
});
const voices = fc.array(voice, { maxLength: 12 });
const quorum = fc.integer({ min: 2, max: 5 });
const says = (...words: string[]): Voice[] =>
  words.map((word) => {
    const [person = '', key = ''] = word.split(':');
    return { person, key };
  });

describe('counting what several people said', () => {
  it('a quorum of n never closes with fewer than n people, and those all said it last', () => {
    fc.assert(
      fc.property(voices, quorum, (said, n) => {
        const found = agreementOf(said, n, null);
        if (found.agreement !== 'closed') return;
        expect(new Set(found.people).size).toBeGreaterThanOrEqual(n);
        for (const person of found.people)
          expect(said.findLast((one) => one.person === person)?.key).toBe(found.key);
      }),
    );
  });

  it('however often one person speaks, they count once', () => {
    fc.assert(
      fc.property(fc.array(voice, { minLength: 1, maxLength: 9 }), quorum, (said, n) => {
        const one = said.map((each) => ({ ...each, person: 'U0A' }));
        expect(agreementOf(one, n, null).agreement).toBe('open');
      }),
    );
  });

  it('the order in which different people spoke does not matter', () => {
    fc.assert(
      fc.property(voices.map(lastWords), quorum, fc.infiniteStream(fc.nat()), (said, n, keys) => {
        const asked = new Set(people);
        const turned = said
          .map((one) => ({ one, at: keys.next().value }))
          .toSorted((a, b) => a.at - b.at)
          .map(({ one }) => one);
        const [first, second] = [agreementOf(said, n, asked), agreementOf(turned, n, asked)];
        expect(second.agreement).toBe(first.agreement);
        // With five people and at least two to agree, two groups may both be large enough: then the first to get there.
        if (first.agreement !== 'closed') expect(second).toEqual(first);
      }),
    );
  });

  it('out of reach means that no one who is still silent can change it', () => {
    fc.assert(
      fc.property(voices, quorum, (said, n) => {
        const asked = new Set(people);
        const found = agreementOf(said, n, asked);
        const silent = people.filter((person) => !said.some((one) => one.person === person));
        const best = ['approve', 'reject', 'edit {}'].map(
          (key) =>
            agreementOf([...said, ...silent.map((person) => ({ person, key }))], n, asked)
              .agreement,
        );
        expect(found.agreement === 'out_of_reach').toBe(!best.includes('closed'));
      }),
    );
  });

  it.each<[string, Voice[], number, string[] | null, string]>([
    ['“any two of three” agree', says('U0A:yes', 'U0B:yes'), 2, people.slice(0, 3), 'closed'],
    ['they do not, and one is silent', says('U0A:yes', 'U0B:no'), 2, people.slice(0, 3), 'open'],
    ['two of two do not', says('U0A:yes', 'U0B:no'), 2, people.slice(0, 2), 'out_of_reach'],
    ['one changes their mind', says('U0A:yes', 'U0B:no', 'U0B:yes'), 2, ['U0A', 'U0B'], 'closed'],
    ['a changed mind leaves its group', says('U0A:x', 'U0B:x', 'U0A:y'), 2, people, 'open'],
    ['too few are asked at all', [], 3, ['U0A', 'U0B'], 'out_of_reach'],
    ['who is asked is not known', says('U0A:yes', 'U0B:no'), 2, null, 'open'],
  ])('%s', (_story, said, n, asked, expected) => {
    expect(agreementOf(said, n, asked && new Set(asked)).agreement).toBe(expected);
  });

  it.each<[string, Verdict, Verdict, boolean]>([
    ['reasons do not matter', { word: 'approve' }, { word: 'approve', rationale: 'sure' }, true],
    [
      'nor what was wrong',
      { word: 'reject', rationale: 'a', error_tags: ['tone'] },
      { word: 'reject', rationale: 'b', error_tags: ['bias'] },
      true,
    ],
    [
      'edits agree whatever the order of their keys',
      { word: 'edit', edited: { a: 1, b: 2 } },
      { word: 'edit', edited: { b: 2, a: 1 } },
      true,
    ],
    ['and not otherwise', { word: 'edit', edited: 'x' }, { word: 'edit', edited: 'y' }, false],
    ['an edit is no approval', { word: 'edit', edited: 'x' }, { word: 'approve' }, false],
    [
      'texts agree when they are the same',
      { word: 'answer', answer: 'Yes.' },
      { word: 'answer', answer: 'Yes.', choice: 'y', rationale: 'r' },
      true,
    ],
    ['and not otherwise', { word: 'answer', answer: 'a' }, { word: 'answer', answer: 'A' }, false],
    ['a choice by its id', { word: 'prefer', choice: 'a' }, { word: 'prefer', choice: 'a' }, true],
  ])('%s', (_story, one, other, same) => {
    expect(agreementKey(one) === agreementKey(other)).toBe(same);
  });
});
