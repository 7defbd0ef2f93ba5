import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { candidateOrder } from '../../blocks/cards/candidate-order.ts';
import { comparison } from './fixtures.ts';

const candidates = ['a', 'b', 'c'].map((id) => ({ id, text: id }));
const order = (id: string, list = candidates) =>
  candidateOrder({ id, candidates: list }).map((one) => one.id);

describe('the order of candidates', () => {
  it('is the same at every drawing, in whatever order they came', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }),
        fc.shuffledSubarray(candidates, { minLength: 3 }),
        (id, list) => {
          expect(order(id, list)).toEqual(order(id));
        },
      ),
    );
  });

  it('loses none and adds none', () => {
    expect(candidateOrder(comparison)).toHaveLength(3);
    expect(new Set(candidateOrder(comparison))).toEqual(new Set(comparison.candidates));
    expect(candidateOrder({ id: 'x' })).toEqual([]);
  });

  it('favours no position: each of the six orders comes about as often', () => {
    const counts = new Map<string, number>();
    const items = 6000;
    for (let at = 0; at < items; at += 1) {
      const key = order(`item-${at}`).join('');
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    // 1000 expected, standard deviation 29: five of them each way.
    for (const count of counts.values()) expect(Math.abs(count - items / 6)).toBeLessThan(145);
  });
});
