/** The tokens of the HTTP API, as the environment names them: by the digest of each. Pure. */

import { OTHER_PRODUCERS } from '../domain/producer.ts';

/** What a token may do; `all`: with the items of others too. */
export const SCOPES = ['submit', 'read', 'cancel', 'all'] as const;
export type Scope = (typeof SCOPES)[number];

/** The name of the token that HITL_API_TOKEN holds. */
export const SINGLE_TOKEN = 'HITL_API_TOKEN';

/** A bearer token by the digest of it. */
export interface ApiToken {
  name: string;
  scopes: Scope[];
  /** SHA-256 of the token, hex. */
  sha256: string;
}

/** Reads `HITL_API_TOKENS`. A part may be a token that was put in by mistake: positions are named, not what was written. */
export function readTokens(list: string | undefined, wrong: (problem: string) => void): ApiToken[] {
  const tokens: ApiToken[] = [];
  for (const [at, written] of (list ?? '')
    .split(',')
    .filter((one) => one.trim())
    .entries()) {
    const place = `token ${at + 1}`;
    const [name, scopes, sha256, ...more] = written.trim().split(':');
    if (!name || !scopes || !sha256 || more.length > 0) {
      wrong(`${place} must be name:scope+scope:sha256hex`);
      continue;
    }
    const unknown = scopes.split('+').filter((scope) => !SCOPES.some((known) => known === scope));
    if (unknown.length > 0)
      wrong(`${place} (${name}) names an unknown scope; there are ${SCOPES.join(', ')}`);
    if (!/^[0-9a-f]{64}$/.test(sha256))
      wrong(
        `${place} (${name}) must end with the token's SHA-256 as 64 hex digits: \`printf %s TOKEN | sha256sum\``,
      );
    if (scopes === 'all')
      wrong(
        `${place} (${name}) has \`all\` alone, which says whose items: add submit, read or cancel`,
      );
    if (tokens.some((token) => token.name === name)) wrong(`${place} has the name of another`);
    if (name === SINGLE_TOKEN || OTHER_PRODUCERS.some((other) => other === name))
      wrong(`${place} (${name}) has a name that the pager uses itself`);
    tokens.push({
      name,
      scopes: SCOPES.filter((scope) => scopes.split('+').includes(scope)),
      sha256,
    });
  }
  return tokens;
}
