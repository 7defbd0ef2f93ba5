/** Bearer tokens: who calls the HTTP API, and what they may do. None of them can decide an item. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { SCOPES, SINGLE_TOKEN, type ApiToken, type Scope } from '../config/api-tokens.ts';

export interface Caller {
  name: string;
  scopes: readonly Scope[];
}

/** Finds the caller of an Authorization header; null where it names nobody. Takes as long for any token. */
export type Authenticate = (header: string | undefined) => Caller | null;

/** @returns null where no token is configured: the API is off. */
export function createAuthenticate(config: {
  api_token: string | undefined;
  api_tokens: readonly ApiToken[];
}): Authenticate | null {
  const known: (Caller & { digest: Buffer })[] = config.api_tokens.map((token) => ({
    ...token,
    digest: Buffer.from(token.sha256, 'hex'),
  }));
  if (config.api_token !== undefined) {
    known.push({
      name: SINGLE_TOKEN,
      scopes: [...SCOPES],
      digest: digest(config.api_token),
    });
  }
  if (known.length === 0) return null;
  return (header) => {
    const [, given] = /^Bearer +(\S+)$/i.exec(header ?? '') ?? [];
    if (given === undefined) return null;
    const held = digest(given);
    let caller: Caller | null = null;
    for (const token of known) {
      if (timingSafeEqual(token.digest, held)) caller = { name: token.name, scopes: token.scopes };
    }
    return caller;
  };
}

const digest = (token: string): Buffer => createHash('sha256').update(token).digest();
