import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../src/domain/hash.ts';
import { withoutAbsent } from '../../../src/domain/absent-fields.ts';
import { FIELDS, itemSchema } from '../../../src/domain/item.ts';
import { parseItem } from '../../../src/domain/parse-item.ts';
import { damagedItems } from './damaged-item.ts';
import { runs } from '../../runs.ts';

describe('reading what came in', () => {
  it('never throws, on any JSON, and what it does not take it names', () => {
    fc.assert(
      fc.property(fc.json({ noUnicodeString: false }), (text) => {
        const parsed = parseItem(JSON.parse(text));
        if (!parsed.ok) expect(parsed.errors.length).toBeGreaterThan(0);
      }),
      { numRuns: runs(500) },
    );
  });

  it('never throws on an item of which something was broken; each error says where and what', () => {
    fc.assert(
      fc.property(damagedItems, (input) => {
        const parsed = parseItem(input);
        if (parsed.ok) return;
        for (const { field, problem } of parsed.errors) {
          expect(field).not.toBe('');
          expect(problem).not.toBe('');
        }
      }),
      { numRuns: runs(1000) },
    );
  });

  it('keeps what it takes as it came: the item and its canonical JSON say the same', () => {
    fc.assert(
      fc.property(damagedItems, (input) => {
        const parsed = parseItem(input);
        if (!parsed.ok) return;
        expect(canonicalJson(parsed.item)).toBe(parsed.written);
        expect(canonicalJson(withoutAbsent(itemSchema, input))).toBe(parsed.written);
        expect(parseItem(JSON.parse(parsed.written))).toEqual(parsed);
      }),
      { numRuns: runs(1000) },
    );
  });

  it('knows the names of its fields', () => {
    expect([...FIELDS]).toContain('evidence');
    expect(FIELDS.has('constructor')).toBe(false);
  });
});
