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

/** A unicast address of the public Internet: no private, loopback, link-local, CGNAT, ULA, mapped or tunnelled one. */
export function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  return ipaddr.parse(address).range() === 'unicast';
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
