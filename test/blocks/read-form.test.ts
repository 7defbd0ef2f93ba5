import { describe, expect, it } from 'vitest';
import { readAsk } from '../../blocks/modals/ask.ts';
import { readAnswer, readApprove, readReject } from '../../blocks/modals/read-form.ts';
import type { Item } from '../../src/domain/item.ts';
import { form, question, record } from './fixtures.ts';
import { text, option, options, date } from './filled.ts';

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
