/** The rotations that a person means by a word: one by its name, or those of a domain. */
import { didYouMean } from '../../src/domain/closest-name.ts';
import { named as inSentence } from '../../src/domain/in-sentence.ts';
import { rotationNamed, rotationsOf } from '../../policies/schedule/domain-rotations.ts';
import type { Policy, Rotation } from '../../policies/policy.ts';
import { isNamed } from './domain-name.ts';

/** @returns what is wrong, in words for who typed it, where it names none */
export function namedRotations(policy: Policy, named: string): Rotation[] | string {
  const domain = Object.values(policy.domains).find((one) => isNamed(one, named));
  const rotation = rotationNamed(policy, named) ?? rotationNamed(policy, named.toLowerCase());
  if (rotation !== null) return [rotation];
  if (domain === undefined) {
    const names = [...Object.keys(policy.rotations), ...Object.keys(policy.domains)];
    const meant = didYouMean(named, names);
    return `There is no rotation or domain called “${inSentence(named, 60)}”: ${meant}`;
  }
  const rotations = rotationsOf(policy, domain);
  return rotations.length > 0
    ? rotations
    : `${inSentence(domain.title)} has no rotation: nobody is on call there, and its cards go to <#${domain.channel}>.`;
}
