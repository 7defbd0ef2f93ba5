/** Which addresses a callback may reach. Whoever writes an item must not be able to make this process call its neighbours. */
import { lookup } from 'node:dns/promises';
import type { LookupAddress } from 'node:dns';
import ipaddr from 'ipaddr.js';

/** What is wrong with that callback address, in words for the producer, or null. The name is not resolved here. */
export function callbackProblem(
  url: string,
  rules: { allow: readonly string[]; signed: boolean },
): string | null {
  if (!rules.signed) return 'callbacks are off here: HITL_WEBHOOK_SECRET is not set';
  const parsed = new URL(url);
  if (parsed.username || parsed.password) return 'must not carry a user name or password';
  if (isAllowed(parsed, rules.allow)) return null;
  if (parsed.protocol !== 'https:') return 'must be https, or its host be in HITL_CALLBACK_ALLOW';
  const bare = parsed.hostname.replace(/^\[|\]$/g, '');
  if (ipaddr.isValid(bare) && !isPublic(bare)) return 'is a private address';
  if (/(^|\.)localhost\.?$/.test(bare)) return 'is a private address';
  return null;
}

/** Whether the operator named that very host (or host and port). */
export function isAllowed(url: URL, allow: readonly string[]): boolean {
  // A URL does not show the port that its protocol has anyway.
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return allow.includes(url.hostname) || allow.includes(`${url.hostname}:${port}`);
}

/** All that IANA has given out as global unicast so far: what lies outside is special or free. */
const GLOBAL_V6 = ipaddr.parseCIDR('2000::/3');

/**
 * A globally routable unicast address. IPv4: all but the special-purpose ranges. IPv6: within 2000::/3 and outside its
 * special-purpose ranges, which leaves out every form that carries an IPv4 address (compatible, mapped, translated).
 */
export function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast') return false;
  return parsed.kind() === 'ipv4' || parsed.match(GLOBAL_V6);
}

/**
 * Resolves the callback's host to the one address that will be connected to. Every address it resolves to must be
 * public unless the host is allowed: a name with one foot inside is refused. Throws where it resolves to nothing.
 */
export async function resolveCallback(
  url: URL,
  allow: readonly string[],
): Promise<LookupAddress | { refused: string }> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const addresses = await lookup(host, { all: true, verbatim: true });
  const [first] = addresses;
  if (first === undefined) throw new Error(`${host} resolves to no address`);
  const inside = isAllowed(url, allow)
    ? undefined
    : addresses.find((one) => !isPublic(one.address));
  return inside === undefined ? first : { refused: `${host} resolves to a private address` };
}
