import ipaddr from 'ipaddr.js';
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

/** IANA's special-purpose registries (IPv4: RFC 6890 and its updates; IPv6 likewise), with multicast and what is retired. */
const SPECIAL = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'],
  ...['192.0.0.0/24', '192.0.2.0/24', '192.31.196.0/24', '192.52.193.0/24', '192.88.99.0/24'],
  ...['192.168.0.0/16', '192.175.48.0/24', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24'],
  ...['224.0.0.0/4', '240.0.0.0/4', '255.255.255.255/32'],
  ...['::/128', '::1/128', '::/96', '::ffff:0:0/96', '::ffff:0:0:0/96', '64:ff9b::/96'],
  ...['64:ff9b:1::/48', '100::/64', '100:0:0:1::/64', '2001::/23', '2001::/32', '2001:1::1/128'],
  ...['2001:1::2/128', '2001:1::3/128', '2001:2::/48', '2001:3::/32', '2001:4:112::/48'],
  ...['2001:10::/28', '2001:20::/28', '2001:30::/28', '2001:db8::/32', '2002::/16'],
  ...[
    '2620:4f:8000::/48',
    '3fff::/20',
    '5f00::/16',
    'fc00::/7',
    'fe80::/10',
    'fec0::/10',
    'ff00::/8',
  ],
  // Not given out, so routed nowhere, or to whoever misuses it.
  ...['200::/7', '400::/6', '800::/5', '1000::/4', '4000::/3', '6000::/3', '8000::/3', 'a000::/3'],
  ...['c000::/3', 'e000::/4', 'f000::/5', 'f800::/6', 'fe00::/9'],
];

describe('a range that is not globally routable unicast', () => {
  it.each(SPECIAL)('%s holds no public address', (range) => {
    const [base, bits] = ipaddr.parseCIDR(range);
    const first = base.toByteArray();
    for (const fill of [0x00, 0x01, 0x55, 0x7f, 0x80, 0xff]) {
      const bytes = first.map((byte, at) => {
        const host = 0xff >> Math.min(8, Math.max(0, bits - at * 8));
        return (byte & ~host) | (fill & host);
      });
      const address = ipaddr.fromByteArray(bytes).toString();
      expect([address, isPublic(address)]).toEqual([address, false]);
    }
  });

  it.each(['127.0.0.1', '10.0.0.1', '169.254.169.254', '8.8.8.8'])(
    'no IPv6 form that carries %s is public',
    (v4) => {
      const hex = ipaddr.IPv4.parse(v4)
        .toByteArray()
        .map((byte) => byte.toString(16).padStart(2, '0'));
      const [high, low] = [`${hex[0]}${hex[1]}`, `${hex[2]}${hex[3]}`];
      for (const form of [
        ...[`::${v4}`, `::${high}:${low}`, `::ffff:${v4}`, `::ffff:0:${high}:${low}`],
        ...[`64:ff9b::${v4}`, `64:ff9b:1::${v4}`, `2002:${high}:${low}::1`],
        `2001:0:${high}:${low}::1`,
      ]) {
        expect([form, isPublic(form)]).toEqual([form, false]);
        expect(callbackProblem(`https://[${form}]/`, { allow: [], signed: true })).toMatch(
          /private/,
        );
      }
    },
  );

  it.each(['1.1.1.1', '8.8.4.4', '223.255.255.254', '2001:4860:4860::8888', '2a00:1450::1'])(
    'its neighbour %s is public',
    (address) => {
      expect(isPublic(address)).toBe(true);
    },
  );
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
    ['https://[::7f00:1]/', /private/],
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
