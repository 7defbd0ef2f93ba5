import { describe, expect, it } from 'vitest';
import { readAsk } from '../../blocks/ask.ts';
import { readEdit } from '../../blocks/read-edit.ts';
import { readAnswer, readApprove, readReject } from '../../blocks/read-form.ts';
import type { Item } from '../../src/item.ts';
import { approval, form, question, record, review } from './fixtures.ts';

const text = (value: string | null) => ({ value: { type: 'plain_text_input', value } });
const option = (value: string | null) => ({
  value: { type: 'static_select', selected_option: value === null ? null : { value } },
});
const options = (...values: string[]) => ({
  value: { type: 'checkboxes', selected_options: values.map((value) => ({ value })) },
});
const date = (value: string | null) => ({ value: { type: 'datepicker', selected_date: value } });

describe('a rejection', () => {
  it('takes a reason and tags', () => {
    const values = { rationale: text(' Wrong day. '), tags: options('factual', 'tone', 'factual') };
    expect(readReject(values)).toEqual({
      ok: true,
      verdict: { word: 'reject', rationale: 'Wrong day.', error_tags: ['factual', 'tone'] },
    });
  });

  it.each([
    {
      what: 'no reason',
      values: { rationale: text(null), tags: options('tone') },
      fields: ['rationale'],
    },
    {
      what: 'a reason of two letters',
      values: { rationale: text(' n o '), tags: options('tone') },
      fields: ['rationale'],
    },
    { what: 'no tag', values: { rationale: text('Wrong.'), tags: options() }, fields: ['tags'] },
    {
      what: 'an unknown tag',
      values: { rationale: text('Wrong.'), tags: options('tone', 'ugly') },
      fields: ['tags'],
    },
    {
      what: 'a reason longer than Slack takes',
      values: { rationale: text('x'.repeat(3001)), tags: options('tone') },
      fields: ['rationale'],
    },
    { what: 'nothing at all', values: {}, fields: ['rationale', 'tags'] },
  ])('with $what is refused on the field', ({ values, fields }) => {
    const read = readReject(values);
    expect(read.ok ? [] : Object.keys(read.errors)).toEqual(fields);
  });
});

describe('an approval with a reason', () => {
  it('needs one', () => {
    expect(readApprove({ rationale: text('Checked the invoice.') })).toEqual({
      ok: true,
      verdict: { word: 'approve', rationale: 'Checked the invoice.' },
    });
    expect(readApprove({ rationale: text('ok') })).toMatchObject({
      ok: false,
      errors: { rationale: expect.any(String) },
    });
  });
});

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

describe('a free answer', () => {
  const read = (values: object) => readAnswer(record(question), values);

  it.each([
    ['what was written', { answer: text('It depends.') }, { answer: 'It depends.' }],
    [
      'the prepared text of an option',
      { choice: option('1') },
      { answer: 'Yes, as long as it was not activated.', choice: 'yes' },
    ],
    ['the label of one without a text', { choice: option('2') }, { answer: 'No', choice: 'no' }],
    [
      'what was written over an option',
      { choice: option('2'), answer: text('No, sorry.') },
      { answer: 'No, sorry.', choice: 'no' },
    ],
    [
      'a reason',
      { answer: text('Yes'), rationale: text('Terms, 4.2') },
      { answer: 'Yes', rationale: 'Terms, 4.2' },
    ],
  ])('is %s', (_, values, verdict) => {
    expect(read(values)).toEqual({ ok: true, verdict: { word: 'answer', ...verdict } });
  });

  it.each([
    ['nothing', {}],
    ['white space', { answer: text('  \n ') }],
    ['an option that is not there', { choice: option('99') }],
  ])('is not %s', (_, values) => {
    expect(read(values)).toMatchObject({ ok: false, errors: { answer: expect.any(String) } });
  });
});

describe('the answer of a form', () => {
  const good = {
    name: text('Acme'),
    notes: text(null),
    country: option('PL'),
    since: date('2024-02-29'),
    mail: text('a@example.com'),
    site: text('https://example.com'),
    employees: text('12'),
    rating: text('4,5'),
    active: option('false'),
    goods: options('ink', 'glue'),
  };
  const read = (more: object) => readAnswer(record(form), { ...good, ...more });

  it('comes with the types of its schema', () => {
    expect(read({})).toEqual({
      ok: true,
      verdict: {
        word: 'answer',
        answer: {
          name: 'Acme',
          country: 'PL',
          since: '2024-02-29',
          mail: 'a@example.com',
          site: 'https://example.com',
          employees: 12,
          rating: 4.5,
          active: false,
          goods: ['ink', 'glue'],
        },
      },
    });
  });

  it.each([
    ['name', text(''), 'This is needed.'],
    ['name', text('x'.repeat(81)), 'This must have at most 80 characters.'],
    ['country', option('US'), 'This must be one of DE, FR, PL.'],
    ['country', option(null), 'This is needed.'],
    ['since', date('2026-02-30'), 'This must be a date, like 2026-11-21.'],
    ['mail', text('nobody'), 'This must be an e-mail address.'],
    [
      'site',
      text('javascript:alert(1)'),
      'This must be an address that starts with https:// or http://.',
    ],
    ['employees', text('many'), 'This must be a number.'],
    ['employees', text('1.5'), 'This must be a whole number.'],
    ['employees', text('0'), 'This must be at least 1.'],
    ['rating', text('9'), 'This must be at most 5.'],
    ['active', option('perhaps'), 'Choose yes or no.'],
    ['goods', options('ink', 'gold'), 'This must be chosen from paper, ink, glue.'],
  ])('is held to the schema on the field: %s', (field, value, problem) => {
    expect(read({ [field]: value })).toEqual({ ok: false, errors: { [field]: problem } });
  });

  it('names a wrong field even where it is called like something every object has', () => {
    const properties = { constructor: { type: 'integer' as const } };
    const item: Item = {
      ...form,
      answer_schema: { type: 'object', properties, required: ['constructor'] },
    };
    const read = (values: object) => readAnswer(record(item), values);
    expect(read({})).toEqual({ ok: false, errors: { constructor: 'This is needed.' } });
    expect(read({ constructor: text('x') })).toMatchObject({
      errors: { constructor: 'This must be a number.' },
    });
    expect(read({ constructor: text('3') })).toMatchObject({ ok: true });
  });
});

describe('a question to an expert', () => {
  it('is a domain, a question, and what one should know', () => {
    expect(
      readAsk({ domain: option('billing'), question: text(' Why? '), body: text('') }),
    ).toEqual({ ok: true, domain: 'billing', question: 'Why?' });
    expect(
      readAsk({ domain: option('billing'), question: text('Why?'), body: text('Because') }),
    ).toMatchObject({ body: 'Because' });
  });

  it('names what is missing', () => {
    const read = readAsk({});
    expect(read.ok ? [] : Object.keys(read.errors)).toEqual(['domain', 'question']);
  });
});
