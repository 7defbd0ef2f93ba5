/** Which domain a person means: by its id, its title, or its channel's mention. Pure. */
import type { Domain } from '../../policies/policy.ts';
import { named as inSentence } from '../../src/domain/in-sentence.ts';

export function isNamed(domain: Domain, named: string): boolean {
  const [, channel] = /^<#([A-Z0-9]+)(?:\|[^>]*)?>$/.exec(named) ?? [];
  const word = named.toLowerCase();
  return channel === undefined
    ? domain.id.toLowerCase() === word || domain.title.toLowerCase() === word
    : domain.channel === channel;
}

/** What whoever named a domain that is not there is told. */
export const noSuchDomain = (domains: readonly Domain[]): string =>
  `There is no domain called that. There are: ${domains.map((one) => inSentence(one.id)).join(', ')}.`;

/** The domain that a text begins with, and the rest of it; a title may have several words. null: it begins with none. */
export function leadingDomain(
  domains: readonly Domain[],
  text: string,
): { domain: Domain; rest: string } | null {
  const words = text.trim().split(/\s+/);
  for (let count = words.length; count > 0; count -= 1) {
    const named = words.slice(0, count).join(' ');
    const domain = domains.find((one) => isNamed(one, named));
    if (domain) return { domain, rest: words.slice(count).join(' ') };
  }
  return null;
}
