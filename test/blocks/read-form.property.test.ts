/** Forms full of garbage: refused on a field, never thrown. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAsk, readAskMetadata } from '../../blocks/modals/ask.ts';
import { readItemMetadata, writeItemMetadata } from '../../blocks/modals/modal-metadata.ts';
import { readEdit } from '../../blocks/modals/read-edit.ts';
import { readAnswer, readApprove, readReject } from '../../blocks/modals/read-form.ts';
import type { Item } from '../../src/domain/item.ts';
import { approval, form, question, record, review } from './fixtures.ts';
import { huge } from './hard-items.ts';
import { runs } from '../runs.ts';

const nested: Item = { ...approval, action: { name: 'pay', args: { to: { iban: 'DE89' } } } };
const text = (value: string) => ({ value: { type: 'plain_text_input', value } });

describe('garbage', () => {
  it('is refused on a field, and never thrown', () => {
    const anyItem = fc.constantFrom(approval, nested, question, review, form, huge('question'));
    const inner = fc.oneof(
      fc.anything(),
      fc.record({ value: fc.anything() }),
      fc.record({
        value: fc.oneof(
          fc.record({ value: fc.anything() }),
          fc.record({ selected_options: fc.anything() }),
          fc.record({ selected_option: fc.anything() }),
        ),
      }),
    );
    const values = fc.oneof(
      fc.anything(),
      fc.dictionary(
        fc.constantFrom(
          'answer',
          'rationale',
          'tags',
          'choice',
          'name',
          '__proto__',
          'domain',
          'question',
          'field:1',
          'field:2',
        ),
        inner,
      ),
    );
    fc.assert(
      fc.property(anyItem, values, (item, garbage) => {
        for (const read of [
          readApprove(garbage),
          readReject(garbage),
          readEdit(record(item), garbage),
          readAnswer(record(item), garbage),
        ]) {
          if (!read.ok) expect(Object.keys(read.errors).length).toBeGreaterThan(0);
        }
        readAsk(garbage);
      }),
      { numRuns: runs(500) },
    );
  });

  it.each(['['.repeat(3000), '{"a":'.repeat(600), 'null', '"x"', '{"__proto__":{"a":1}}'])(
    'in an edit (%#) is refused',
    (written) => {
      expect(readEdit(record(nested), { answer: text(written) })).toMatchObject({ ok: false });
    },
  );

  it('in what a modal carries reads as nothing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.json()), (garbage) => {
        readAskMetadata(garbage);
        const read = readItemMetadata(garbage);
        if (read) expect(Number.isInteger(read.version)).toBe(true);
      }),
    );
    const metadata = { item_id: 'x"\\', version: 4, action: 'edit' };
    expect(readItemMetadata(writeItemMetadata(metadata))).toEqual(metadata);
    expect(readItemMetadata('{"item_id":"","version":1,"action":"edit"}')).toBeNull();
  });
});
