import { describe, expect, it } from 'vitest';
import { isAllowedHost } from '../../../src/http/allowed-host.ts';

const allowed = (host: string | undefined, bind = '127.0.0.1', public_hosts: string[] = []) =>
  isAllowedHost(host, { bind, public_hosts });

describe('the host by which the pager is called', () => {
  it.each([
    'localhost',
    'localhost:3000',
    'LocalHost:3000',
    'localhost.',
    'localhost.:3000',
    '127.0.0.1:3000',
    '[::1]:3000',
    '[::1]',
  ])('%s is this machine', (host) => {
    expect(allowed(host)).toBe(true);
    expect(allowed(host, '10.1.2.3')).toBe(true);
  });

  it.each([
    'evil.example',
    'evil.example:3000',
    'localhost.evil.example',
    'evil.localhost',
    'evil.example#localhost',
    'localhost@evil.example',
    'evil.example:80:localhost',
    '127.0.0.1.evil.example',
    '127.0.0.2',
    '10.1.2.3:3000',
    '[::2]:3000',
    '[localhost]evil.example',
    '[localhost',
    'localhost..',
    'localhost:x',
    ':3000',
    '',
    '[]',
  ])('%j is not', (host) => {
    expect(allowed(host)).toBe(false);
  });

  it('the address that is listened on is ours; where that is every address, each of them is, but no name', () => {
    expect(allowed('10.1.2.3:3000', '10.1.2.3')).toBe(true);
    expect(allowed('[fd00::1]:3000', 'FD00::1')).toBe(true);
    expect(allowed('10.1.2.4:3000', '10.1.2.3')).toBe(false);
    for (const bind of ['0.0.0.0', '::']) {
      expect(allowed('10.1.2.3:3000', bind)).toBe(true);
      expect(allowed('[fd00::1]:3000', bind)).toBe(true);
      expect(allowed('evil.example', bind)).toBe(false);
      expect(allowed('2130706433', bind)).toBe(false);
    }
  });

  it('names that the operator gives are: by any port, or by the one that is named', () => {
    const named = ['pager.example', 'inside:3000', '[fd00::5]'];
    for (const host of [
      'pager.example',
      'Pager.Example:8443',
      'pager.example.',
      'inside:3000',
      '[fd00::5]:1',
    ])
      expect([host, allowed(host, '127.0.0.1', named)]).toEqual([host, true]);
    for (const host of ['x.pager.example', 'inside:3001', 'inside', 'fd00::5'])
      expect([host, allowed(host, '127.0.0.1', named)]).toEqual([host, false]);
  });

  it('a program of before HTTP/1.1 names none: it is no browser', () => {
    expect(allowed(undefined)).toBe(true);
  });
});
