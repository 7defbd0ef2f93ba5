/** Nested arguments are edited as JSON: an input that hides or respells characters gives back the same value. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { editStart } from '../../blocks/modals/edit-form.ts';
import { readEdit } from '../../blocks/modals/read-edit.ts';
import type { Item } from '../../src/domain/item.ts';
import { approval } from './fixtures.ts';

/** All that inputs are known to do to a text, at once. */
const asInputsDo = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}\ufe00-\ufe0f]/gu, '')
    .replace(/\p{Zs}/gu, ' ')
    .replace(/(?!\n)\p{Cc}/gu, '')
    .trim();

const HARD = [
  ...[
    '\u00a0',
    '\u2009',
    '\u3000',
    '\ufe0f',
    '\u{e0100}',
    '\u200d',
    '\u200b',
    '\u202e',
    '\u00ad',
    '\t',
    '\r\n',
  ],
  ...[
    'e\u0301',
    '\u0301',
    '\u202e\u0301',
    '\n\u0301',
    '❤\ufe0f\u0301',
    '\u212a',
    '\u1100\u1161',
    '\u2028',
    '\u0000',
    '\ud800',
    '❤\ufe0f',
    '👩‍🔬',
    'हिन्दी',
    '"',
    '\\',
  ],
];
const text = fc
  .array(fc.oneof(fc.constantFrom(...HARD), fc.string({ unit: 'grapheme', maxLength: 4 })), {
    maxLength: 6,
  })
  .map((parts) => parts.join(''));
const nested = (words: string, key: string): Item => ({
  ...approval,
  action: { name: 'send', args: { to: { [`k${key}`]: words, other: ['x', words] } } },
});

it('what nobody touched comes back as it was', () => {
  fc.assert(
    fc.property(text, text, (words, key) => {
      const item = nested(words, key);
      const start = editStart(item);
      if (start?.as !== 'json') throw new Error('it is edited as JSON');
      const value = asInputsDo(start.text);
      const values = { answer: { value: { type: 'plain_text_input', value } } };
      expect(readEdit({ item }, values)).toEqual({
        ok: false,
        errors: { answer: 'Nothing was changed: approve instead.' },
      });
    }),
  );
});

it('and a change changes that alone', () => {
  fc.assert(
    fc.property(text, (words) => {
      const item = nested(words, '');
      const start = editStart(item);
      if (start?.as !== 'json') throw new Error('it is edited as JSON');
      const value = asInputsDo(start.text.replace('"x"', '"y"'));
      fc.pre(value !== asInputsDo(start.text));
      const read = readEdit({ item }, { answer: { value: { type: 'plain_text_input', value } } });
      expect(read).toMatchObject({
        ok: true,
        verdict: { edited: { to: { k: words, other: ['y', words] } } },
      });
    }),
  );
});

it('what an input keeps stays readable', () => {
  const start = editStart(nested('Grüße an हिन्दी, مرحبا', ''));
  expect(start).toMatchObject({ as: 'json' });
  expect(JSON.stringify(start)).toContain('Grüße an हिन्दी, مرحبا');
});
