import { describe, expect, it } from 'vitest';
import { editModal } from '../../blocks/modals/decide-modals.ts';
import { readEdit } from '../../blocks/modals/read-edit.ts';
import type { Item } from '../../src/domain/item.ts';
import { approval, open, record, review } from './fixtures.ts';
import { text, option } from './filled.ts';

describe('an edit of arguments, field by field', () => {
  const args = { customer: 88, amount: 240.5, iban: 'DE89', express: true, note: '' };
  const item: Item = { ...approval, action: { name: 'pay', args } };
  /** As the form stands when it opens: the hidden value is hidden. */
  const asOpened = {
    'field:1': text('88'),
    'field:2': text('240.5'),
    'field:3': text('••••'),
    'field:4': option('true'),
    'field:5': text(null),
  };
  const read = (more: object) => readEdit(record(item), { ...asOpened, ...more });

  it.each([
    ['a number', { 'field:2': text('200') }, { amount: 200 }],
    ['a number with a comma', { 'field:2': text('99,90') }, { amount: 99.9 }],
    ['a choice', { 'field:4': option('false') }, { express: false }],
    ['a hidden value', { 'field:3': text('FR76') }, { iban: 'FR76' }],
    ['an empty text', { 'field:5': text(' by\r\nFriday ') }, { note: 'by\nFriday' }],
  ])('takes %s, keeps the rest and each kind of value', (_, changed, edited) => {
    expect(read({ ...changed, rationale: text('Half.') })).toEqual({
      ok: true,
      verdict: { word: 'edit', edited: { ...args, ...edited }, rationale: 'Half.' },
    });
  });

  it.each([
    ['a text where a number was', { 'field:2': text('much') }, 'field:2', /must be a number/],
    ['no number', { 'field:1': text('') }, 'field:1', /must be a number/],
    ['a number that is none', { 'field:1': text('1e999') }, 'field:1', /must be a number/],
    ['no choice', { 'field:4': option(null) }, 'field:4', /yes or no/],
    ['an emptied text', { 'field:3': text('  ') }, 'field:3', /Write a value/],
    ['no change', {}, 'field:1', /Nothing was changed: approve instead/],
    ['the sign elsewhere', { 'field:5': text('x ••••') }, 'field:5', /stands for a hidden value/],
    ['too much', { 'field:5': text('x'.repeat(4000)) }, 'field:5', /too long/],
  ])('refuses %s on its field', (_, changed, field, problem) => {
    expect(read(changed)).toEqual({
      ok: false,
      errors: { [field]: expect.stringMatching(problem) as string },
    });
  });

  it('a hidden value stays of its kind', () => {
    const hidden: Item = { ...item, sensitive: ['$.action.args.amount', '$.action.args.express'] };
    const start = { ...asOpened, 'field:2': text('••••'), 'field:4': text('••••') };
    const tried = (more: object) =>
      readEdit(record(hidden), { ...start, 'field:3': text('DE89'), ...more });
    expect(tried({ 'field:2': text('7'), 'field:4': text('No') })).toMatchObject({
      ok: true,
      verdict: { edited: { ...args, amount: 7, express: false } },
    });
    expect(tried({ 'field:2': text('seven'), 'field:4': text('perhaps') })).toMatchObject({
      ok: false,
      errors: { 'field:2': 'This must be a number.', 'field:4': 'This must be yes or no.' },
    });
  });
});

it('a text argument may be emptied, a hidden one may not', () => {
  const args = { memo: 'For your birthday', iban: 'DE89' };
  const item: Item = { ...approval, action: { name: 'pay', args } };
  const values = { 'field:1': text(null), 'field:2': text('••••') };
  expect(readEdit(record(item), values)).toMatchObject({
    ok: true,
    verdict: { edited: { memo: '', iban: 'DE89' } },
  });
  const { blocks } = editModal(open(item));
  expect(blocks).toContainEqual(expect.objectContaining({ block_id: 'field:1', optional: true }));
  expect(blocks).toContainEqual(expect.objectContaining({ block_id: 'field:2', optional: false }));
});

it('an edit keeps what the input has changed by itself', () => {
  const proposal = 'Dear Kim,  \r\n\r\n\r\nyour par\u00adcel ❤\ufe0f comes on Monday.  \r\n';
  const shown = proposal.replace(/\r\n/g, '\n').replace(/\u00ad|\ufe0f/g, '');
  const read = (value: string) =>
    readEdit(record({ ...review, proposal }), { answer: text(value) });
  expect(read(shown.replace('Monday', 'Tuesday').trim())).toEqual({
    ok: true,
    verdict: { word: 'edit', edited: proposal.replace('Monday', 'Tuesday') },
  });
  expect(read(shown.trim())).toMatchObject({ ok: false });
  const note: Item = { ...approval, action: { name: 'mail', args: { note: 'a\r\nb' } } };
  expect(readEdit(record(note), { 'field:1': text('a\nbc') })).toMatchObject({
    ok: true,
    verdict: { edited: { note: 'a\r\nbc' } },
  });
});

describe('an edit of nested arguments', () => {
  const nested = { ...approval.action?.args, to: { name: 'Kim' } };
  const item: Item = { ...approval, action: { name: 'refund', args: nested } };
  const read = (edited: unknown, more: object = {}) =>
    readEdit(record(item), {
      answer: text(typeof edited === 'string' ? edited : JSON.stringify(edited)),
      ...more,
    });
  const args = { customer: 88, amount: 200, iban: '••••', to: { name: 'Kim' } };

  it('puts the hidden value back where it was left', () => {
    expect(read(args, { rationale: text('Half.') })).toEqual({
      ok: true,
      verdict: {
        word: 'edit',
        edited: { ...args, iban: 'DE89 3704 0044 0532 0130 00' },
        rationale: 'Half.',
      },
    });
  });

  it('takes a new value for a hidden one', () => {
    expect(read({ ...args, iban: 'FR76' })).toMatchObject({
      ok: true,
      verdict: { edited: { iban: 'FR76' } },
    });
  });

  it.each([
    ['what is no JSON', '{amount: 1}', /not JSON/],
    ['a list', [], /must stay an object/],
    ['null', null, /must stay an object/],
    ['a text where a number was', { ...args, amount: '200' }, /^amount must be a number\.$/],
    ['a missing field', { customer: 88, amount: 1, to: { name: 'Kim' } }, /^iban is missing\.$/],
    ['a new field', { ...args, extra: 1 }, /^extra was not there\.$/],
    ['no change', { ...args, amount: 240 }, /Nothing was changed: approve instead/],
    [
      'the sign for hidden values somewhere else',
      { ...args, iban: 'x ••••' },
      /stands for a hidden value/,
    ],
    [
      'a number that is none',
      '{"customer":88,"amount":1e999,"iban":"••••","to":{"name":"Kim"}}',
      /too large/,
    ],
    ['too much', `"${'x'.repeat(4000)}"`, /too long/],
  ])('refuses %s', (_, edited, problem) => {
    expect(read(edited)).toMatchObject({
      ok: false,
      errors: { answer: expect.stringMatching(problem) },
    });
  });
});

describe('where an edit went wrong', () => {
  const args = { customer: { address: { zip: '10115' } }, lines: [{ price: 1, gift: false }] };
  const item: Item = { ...approval, action: { name: 'ship', args } };
  const read = (edited: object) =>
    readEdit(record(item), { answer: text(JSON.stringify({ ...args, ...edited })) });

  it.each([
    [{ customer: { address: { zip: 10115 } } }, 'customer › address › zip must be a text.'],
    [{ customer: { address: 'Berlin' } }, 'customer › address must be an object.'],
    [
      { lines: [...args.lines, { price: 'two', gift: true }] },
      'lines › entry 2 › price must be a number.',
    ],
    [{ lines: [{ price: 1, gift: 'no' }] }, 'lines › entry 1 › gift must be true or false.'],
    [{ lines: {}, more: 1 }, 'more was not there (and 1 more).'],
  ])('%j: %s', (edited, problem) => {
    expect(read(edited)).toEqual({ ok: false, errors: { answer: problem } });
  });
});

describe('an edit of a text', () => {
  const read = (value: string) => readEdit(record(review), { answer: text(value) });

  it('takes a different one', () => {
    expect(read('It arrives\r\non Tuesday.')).toEqual({
      ok: true,
      verdict: { word: 'edit', edited: 'It arrives\non Tuesday.' },
    });
  });

  it.each([
    ['the same', String(review.proposal), /Nothing was changed/],
    ['none', '  ', /Write the text/],
  ])('refuses %s', (_, value, problem) => {
    expect(read(value)).toMatchObject({
      ok: false,
      errors: { answer: expect.stringMatching(problem) },
    });
  });

  it('is refused where the texts are gone', () => {
    expect(readEdit({ item: null }, { answer: text('x') })).toMatchObject({
      ok: false,
      errors: { answer: expect.stringMatching(/erased/) },
    });
  });
});
