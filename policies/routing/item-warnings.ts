/** What a producer should know of an item that was taken in all the same. Pure. */
import type { Item } from '../../src/domain/item.ts';
import { followSensitive } from '../../src/domain/redact.ts';
import { domainOf } from '../domain-of.ts';
import { didYouMean } from '../../src/domain/closest-name.ts';
import type { Policy } from '../policy.ts';

/** Whole sentences; none where all is as it seems. `item` null: its texts have been erased. */
export function itemWarnings(policy: Policy, item: Item | null): string[] {
  if (item === null) return [];
  return [...domainWarnings(policy, item), ...pathWarnings(item)];
}

function domainWarnings(policy: Policy, { domain }: Item): string[] {
  if (domain === undefined || Object.hasOwn(policy.domains, domain)) return [];
  const meant = didYouMean(domain, Object.keys(policy.domains));
  return [
    `The policy has no domain ${JSON.stringify(domain)} (${meant}): the item is treated as one of ${JSON.stringify(domainOf(policy, null).id)}, the default, unless a rule names another.`,
  ];
}

function pathWarnings(item: Item): string[] {
  const { sensitive = [] } = item;
  if (sensitive.length === 0) return [];
  const { matched } = followSensitive(item, (value) => value);
  return sensitive.flatMap((path, at) =>
    matched.has(at)
      ? []
      : [
          `The sensitive path ${JSON.stringify(path)} matches nothing in this item: it hides nothing.`,
        ],
  );
}
