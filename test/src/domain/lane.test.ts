import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { laneName, readLane, type Lane, type LaneName } from '../../../src/domain/lane.ts';

const lane: fc.Arbitrary<Lane> = fc.oneof(
  fc.record({ kind: fc.constantFrom('notes', 'people', 'files', 'results') }),
  fc.record({
    kind: fc.constantFrom('post', 'edit', 'home', 'usergroup', 'pagerduty', 'webhook'),
    of: fc.string(),
  }),
);

describe('a lane’s name', () => {
  it('reads as the lane that it is the name of, whatever stands in it', () => {
    fc.assert(
      fc.property(lane, (one) => {
        expect(readLane(laneName(one))).toEqual(one);
      }),
    );
  });

  it('stands in rows as it did in every release', () => {
    const names = [
      laneName({ kind: 'post', of: 'C0BILLING' }),
      laneName({ kind: 'webhook', of: 'https://shop.test:8443' }),
      laneName({ kind: 'results' }),
    ];
    expect(names).toEqual(['post:C0BILLING', 'webhook:https://shop.test:8443', 'results']);
  });

  it('of another release is no lane', () => {
    for (const name of ['fax:1', 'posts', 'post', 'results:1', ''])
      expect(readLane(name as unknown as LaneName)).toBeNull();
  });
});
