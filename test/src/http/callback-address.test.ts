import { describe, expect, it } from 'vitest';
import { callbackProblem, isPublic, resolveCallback } from '../../../src/http/callback-address.ts';

describe('an address of the public Internet', () => {
  it.each([
    ['8.8.8.8', true],
    ['172.32.0.1', true],
    ['100.128.0.1', true],
    ['2606:4700::1111', true],
    ['127.0.0.1', false],
    ['127.255.255.254', false],
    ['0.0.0.0', false],
    ['10.0.0.1', false],
    ['172.16.0.1', false],
    ['172.31.255.255', false],
    ['192.168.1.1', false],
    ['100.64.0.1', false],
    ['100.127.255.255', false],
    ['169.254.169.254', false],
    ['192.0.0.1', false],
    ['192.0.2.1', false],
    ['198.18.0.1', false],
    ['198.51.100.1', false],
    ['203.0.113.1', false],
    ['224.0.0.1', false],
    ['240.0.0.1', false],
    ['255.255.255.255', false],
    ['::', false],
    ['::1', false],
    ['::ffff:127.0.0.1', false],
    ['::ffff:8.8.8.8', false],
    ['::127.0.0.1', false],
    ['64:ff9b::7f00:1', false],
    ['64:ff9b:1::7f00:1', false],
    ['2002:7f00:1::', false],
    ['2001::1', false],
    ['2001:db8::1', false],
    ['fc00::1', false],
    ['fdff::1', false],
    ['fe80::1', false],
    ['fe80::1%eth0', false],
    ['fec0::1', false],
    ['ff02::1', false],
    ['localhost', false],
    ['', false],
  ])('%s: %s', (address, is) => {
    expect(isPublic(address)).toBe(is);
  });
});

describe('a callback, as it is put in', () => {
  const rules = { allow: ['hooks.internal', '127.0.0.1:8080', 'tls.internal:443'], signed: true };
  it.each([
    ['https://hooks.example/x', null],
    ['https://8.8.8.8/x', null],
    ['http://hooks.example/x', /https/],
    ['https://user:pass@hooks.example/', /password/],
    ['https://localhost/', /private/],
    ['https://LOCALHOST./', /private/],
    ['https://a.localhost/', /private/],
    ['https://127.0.0.1/', /private/],
    ['https://127.1/', /private/],
    ['https://2130706433/', /private/],
    ['https://0x7f000001/', /private/],
    ['https://0177.0.0.1/', /private/],
    ['https://[::1]/', /private/],
    ['https://[::ffff:127.0.0.1]/', /private/],
    ['https://[fd00::1]/', /private/],
    ['https://169.254.169.254/latest/meta-data', /private/],
    ['https://100.64.0.1/', /private/],
    ['http://hooks.internal/x', null],
    ['http://hooks.internal:9/x', null],
    ['http://127.0.0.1:8080/x', null],
    ['http://127.0.0.1:8081/x', /https/],
    ['http://2130706433:8080/x', null],
    ['https://tls.internal/x', null],
    ['http://tls.internal/x', /https/],
    ['https://user@hooks.internal/x', /user name/],
  ])('%s', (url, problem) => {
    const said = callbackProblem(url, rules);
    if (problem === null) expect(said).toBeNull();
    else expect(said).toMatch(problem);
  });

  it('without a secret to sign with there are none', () => {
    expect(callbackProblem('https://hooks.example/', { allow: [], signed: false })).toContain(
      'HITL_WEBHOOK_SECRET',
    );
  });
});

describe('the one address that is connected to', () => {
  it.each(['https://localhost/', 'https://127.0.0.1/', 'https://[::1]/', 'https://0/'])(
    '%s resolves to this machine, and is refused',
    async (url) => {
      expect(await resolveCallback(new URL(url), [])).toMatchObject({
        refused: expect.stringContaining('private'),
      });
    },
  );

  it('is what the operator allowed, wherever it is', async () => {
    expect(await resolveCallback(new URL('http://127.0.0.1:81/'), ['127.0.0.1:81'])).toEqual({
      address: '127.0.0.1',
      family: 4,
    });
    expect(await resolveCallback(new URL('http://[::1]:81/'), ['[::1]'])).toMatchObject({
      family: 6,
    });
  });

  it('a name that nobody has is an error, to be tried again', async () => {
    await expect(resolveCallback(new URL('https://nowhere.invalid/'), [])).rejects.toThrow();
  });
});
