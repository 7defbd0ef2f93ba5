/**
 * Digests: how records refer to texts without holding them. Pure; no salts are made here.
 */
import { createHash } from 'node:crypto';

/** Any JSON value. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json | undefined };

/**
 * One text for one JSON value: keys sorted by code unit, no white space, absent and `undefined` alike
 * (the order of RFC 8785, with JSON.stringify's numbers and strings, which are the ones it names).
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const entries = Object.entries(value).filter(([, held]) => held !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, held]) => `${JSON.stringify(key)}:${canonicalJson(held)}`).join(',')}}`;
}

/** `sha256:` and 64 hex digits of a text's UTF-8. */
export const sha256 = (text: string): string =>
  `sha256:${createHash('sha256').update(text, 'utf8').digest('hex')}`;

/** Digest of a value under a salt: says nothing about a short text once the salt is erased. */
export const saltedDigest = (salt: string, value: unknown): string =>
  sha256(`${salt}\n${canonicalJson(value)}`);

/** Digest of a text as it is written, under a salt: an item's canonical JSON. */
export const digestOf = (salt: string, written: string): string => sha256(`${salt}\n${written}`);
