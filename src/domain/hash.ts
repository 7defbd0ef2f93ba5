/**
 * Digests: how records refer to texts without holding them. Pure; no salts are made here.
 */
import { createHmac, hash } from 'node:crypto';
import { isExactNumber, RawJson } from './exact-json.ts';

/** Any JSON value. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json | undefined };

/**
 * One text for one JSON value: keys sorted by code unit, no white space, absent and `undefined` alike
 * (the order of RFC 8785, with JSON.stringify's numbers and strings, which are the ones it names). A number that JavaScript
 * would change stands as it was written: two values that differ only in its digits have two texts.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (isExactNumber(value)) return value.value;
  if (value instanceof RawJson) return canonicalJson(value.value);
  const held = value as { [key: string]: unknown };
  let text = '';
  // Without a comparison of one's own, strings are sorted by their code units.
  for (const key of Object.keys(held).toSorted()) {
    if (held[key] === undefined) continue;
    text += `${text === '' ? '' : ','}${quoted(key)}:${canonicalJson(held[key])}`;
  }
  return `{${text}}`;
}

/** Printable ASCII without the quote and the backslash: JSON has it as it is. */
const PLAIN = /^[ !#-[\]-~]*$/;

/** As JSON.stringify does it, which takes its time to find out that there is nothing to escape. */
const quoted = (text: string): string => (PLAIN.test(text) ? `"${text}"` : JSON.stringify(text));

/** `sha256:` and 64 hex digits of a text's UTF-8. */
export const sha256 = (text: string): string => `sha256:${hash('sha256', text, 'hex')}`;

/** HMAC-SHA-256 of a text's UTF-8, 64 hex digits: nobody without the key can tell it. */
export const keyedHash = (key: string, text: string): string =>
  createHmac('sha256', key).update(text).digest('hex');

/** Digest of a value under a salt: says nothing about a short text once the salt is erased. */
export const saltedDigest = (salt: string, value: unknown): string =>
  sha256(`${salt}\n${canonicalJson(value)}`);

/**
 * Whether a digest under that salt is of the value that a JSON text says. Almost every text is canonical as it stands, and
 * need not be read; `parse` reads it where it is not.
 */
export const isDigestOf = (
  digest: unknown,
  salt: string,
  text: string,
  parse: (text: string) => unknown,
): boolean => digestOf(salt, text) === digest || saltedDigest(salt, parse(text)) === digest;

/** Digest of a text as it is written, under a salt: an item's canonical JSON. */
export const digestOf = (salt: string, written: string): string => sha256(`${salt}\n${written}`);
