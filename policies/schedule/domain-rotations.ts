/** Which rotations a domain's items call upon, and which domains a rotation is for. Pure. */
import type { Domain, NotifyRef, Policy, Rotation } from '../policy.ts';

/** The rotations of a domain, in the order of its ladder, then of its deciders; each once. */
export function rotationsOf(policy: Policy, domain: Domain): Rotation[] {
  return named(policy, [...laddersRefs(policy, domain), ...domain.deciders]);
}

/** The domains that call upon a rotation, in the order of the file. */
export const domainsOf = (policy: Policy, rotation: string): Domain[] =>
  Object.values(policy.domains).filter((domain) =>
    rotationsOf(policy, domain).some((one) => one.id === rotation),
  );

/** The rotation of that name, or null. */
export const rotationNamed = (policy: Policy, name: string): Rotation | null =>
  Object.hasOwn(policy.rotations, name) ? (policy.rotations[name] ?? null) : null;

const laddersRefs = (policy: Policy, domain: Domain): NotifyRef[] =>
  policy.ladders[domain.ladder]?.rungs.flatMap((rung) => rung.notify) ?? [];

function named(policy: Policy, refs: readonly NotifyRef[]): Rotation[] {
  const all = refs.flatMap((ref) =>
    ref.type === 'group' && Object.hasOwn(policy.groups, ref.name)
      ? (policy.groups[ref.name] ?? [])
      : [ref],
  );
  const names = new Set(all.flatMap((ref) => (ref.type === 'oncall' ? [ref.name] : [])));
  return [...names].flatMap((name) => rotationNamed(policy, name) ?? []);
}
