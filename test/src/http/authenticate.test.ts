import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createAuthenticate } from '../../../src/http/authenticate.ts';

const sha256 = (token: string) => createHash('sha256').update(token).digest('hex');

describe('whose token it is', () => {
  const authenticate = createAuthenticate({
    api_token: 'the-one-that-may-do-all',
    api_tokens: [
      { name: 'ci', scopes: ['submit'], sha256: sha256('token-of-ci') },
      { name: 'ops', scopes: ['read', 'cancel'], sha256: sha256('token-of-ops') },
    ],
  });

  it.each([
    [
      'Bearer the-one-that-may-do-all',
      { name: 'HITL_API_TOKEN', scopes: ['submit', 'read', 'cancel', 'all'] },
    ],
    ['Bearer token-of-ci', { name: 'ci', scopes: ['submit'] }],
    ['bearer   token-of-ops', { name: 'ops', scopes: ['read', 'cancel'] }],
    ['Bearer token-of-c', null],
    ['Bearer token-of-ci-and-more', null],
    ['Bearer token-of-ci token-of-ops', null],
    [`Bearer ${sha256('token-of-ci')}`, null],
    ['Basic token-of-ci', null],
    ['token-of-ci', null],
    ['Bearer ', null],
    ['', null],
    [undefined, null],
  ])('%s', (header, caller) => {
    expect(authenticate?.(header)).toEqual(caller);
  });

  it('without any token there is nothing to ask: the API is off', () => {
    expect(createAuthenticate({ api_token: undefined, api_tokens: [] })).toBeNull();
  });
});
