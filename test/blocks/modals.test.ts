import { describe, expect, it } from 'vitest';
import { askModal } from '../../blocks/modals/ask.ts';
import {
  answerModal,
  approveModal,
  editModal,
  noticeModal,
  rejectModal,
} from '../../blocks/modals/decide-modals.ts';
import { detailsModal } from '../../blocks/modals/details.ts';
import { limitProblems, withinLimits } from '../../blocks/text/limits.ts';
import { readItemMetadata } from '../../blocks/modals/modal-metadata.ts';
import { checkView } from '../../simulator/slack/view-schema.ts';
import { KINDS, type Item } from '../../src/domain/item.ts';
import {
  GOOD,
  NOW,
  approval,
  decided,
  decisionOf,
  erased,
  everyState,
  form,
  open,
  question,
  review,
} from './fixtures.ts';
import { MINIMAL, hostile, huge } from './hard-items.ts';
import { blockIds, mrkdwnTexts, ofType, words } from './seen.ts';

const MODALS = { approveModal, rejectModal, editModal, answerModal, detailsModal };
const items: { name: string; item: Item }[] = [
  ...KINDS.flatMap((kind) => [
    { name: `good ${kind}`, item: GOOD[kind] },
    { name: `minimal ${kind}`, item: MINIMAL[kind] },
    { name: `hostile ${kind}`, item: hostile(kind) },
    { name: `huge ${kind}`, item: huge(kind) },
  ]),
  { name: 'form', item: form },
];

describe('every modal of every item', () => {
  it.each(items)('of a $name is one that Slack takes', ({ item }) => {
    for (const [state, input] of everyState(item)) {
      for (const [name, modal] of Object.entries(MODALS)) {
        const view = withinLimits('modal', modal(input));
        expect(limitProblems('modal', view), `${name} ${state}`).toEqual([]);
        expect(checkView(view, 'modal'), `${name} ${state}`).toMatchObject({ ok: true });
      }
    }
  });

  it.each(items)('of a $name keeps hostile words out of mrkdwn', ({ item }) => {
    for (const modal of Object.values(MODALS)) {
      for (const text of mrkdwnTexts(modal(open(item)))) {
        expect(text.replace(/<@U[A-Z0-9]+>/g, '')).not.toMatch(/[<>]|\*bold|`code|https:\/\//);
      }
    }
  });
});

describe('the forms', () => {
  it('know their item, the revision that was seen, and their word', () => {
    const input = open(approval, { view_rev: 9 });
    const known = (view: { private_metadata?: string }) => readItemMetadata(view.private_metadata);
    expect(known(rejectModal(input))).toEqual({
      item_id: 'order-4711',
      version: 9,
      action: 'reject',
    });
    expect(known(editModal(input))?.action).toBe('edit');
    expect(known(approveModal(input))?.action).toBe('approve');
    expect(known(answerModal(open(question)))?.action).toBe('answer');
    expect(rejectModal(input).callback_id).toBe('decide_item');
  });

  it.each([
    ['rejectModal', rejectModal(open(approval))],
    ['editModal', editModal(open(approval))],
    ['detailsModal', detailsModal(open(approval))],
  ])('%s shows the guide and the reasons of the AI', (_, view) => {
    const seen = words(view);
    expect(seen).toContain('Refunds under 500 EUR need an invoice number.');
    expect(seen).toContain('Two charges of 240 EUR within 40 seconds');
  });

  it.each([
    [
      'reject: the reason before what it is about',
      rejectModal(open(review)),
      'Why? The AI',
      'AI wrote',
    ],
    [
      'answer: the question before the answer',
      answerModal(open(question)),
      'The terms do',
      'Your answer',
    ],
  ])('%s, the guide last', (_, view, first, second) => {
    const seen = words(view);
    const places = [first, second, 'Refunds under 500'].map((part) => seen.indexOf(part));
    expect(places[0]).toBeGreaterThan(0);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  it('ask a rejection for its reason and tags', () => {
    const view = rejectModal(open(review));
    expect(blockIds(view)).toEqual(['rationale', 'tags']);
    expect(ofType(view, 'multi_static_select')[0]?.options).toHaveLength(7);
    expect(
      ofType(view, 'input').every((one) => one.optional === false || one.optional === undefined),
    ).toBe(true);
  });

  it('start an edit from the arguments, hidden values hidden', () => {
    const args = { ...approval.action?.args, express_delivery: false, unitPrice: 1.5 };
    const view = editModal(open({ ...approval, action: { name: 'refund', args } }));
    const inputs = ofType(view, 'input').map(({ label, element }) => {
      const { type, initial_value, initial_option } = Object(element) as Record<string, unknown>;
      return [Reflect.get(Object(label), 'text'), type, initial_value ?? initial_option];
    });
    expect(inputs).toEqual([
      ['Customer', 'number_input', '88'],
      ['Amount', 'number_input', '240'],
      ['Iban', 'plain_text_input', expect.stringMatching(/^•••• 1-[0-9a-z]{4}$/)],
      ['Express delivery', 'radio_buttons', expect.objectContaining({ value: 'false' })],
      ['Unit price', 'number_input', '1.5'],
      ['Why did you change it?', 'plain_text_input', undefined],
    ]);
    expect(JSON.stringify(view)).not.toContain('DE89');
  });

  it.each([
    ['nested', { to: { name: 'Kim' } }],
    ['without a kind (null)', { note: null }],
    ['a number with an exponent', { tiny: 1e-9 }],
    ['a text with what cannot be seen', { name: 'a\u202eb' }],
    ['a text that ends in a space', { name: 'a ' }],
    ['many', Object.fromEntries(Array.from({ length: 11 }, (_, at) => [`arg_${at}`, at]))],
  ])('edit arguments as JSON where one is %s, so that none changes by being shown', (_, args) => {
    const view = editModal(open({ ...approval, action: { name: 'x', args }, sensitive: [] }));
    expect(blockIds(view)).toEqual(['answer', 'rationale']);
    const [input] = ofType(view, 'plain_text_input');
    expect(JSON.parse(String(input?.initial_value))).toEqual(args);
  });

  it('ask an edit for its reason too, where the policy always wants one', () => {
    const reason = (reason_required: boolean) =>
      ofType(editModal(open(review, { reason_required })), 'input')[1];
    expect(reason(true)).toMatchObject({ block_id: 'rationale', optional: false });
    expect(reason(false)).toMatchObject({ block_id: 'rationale', optional: true });
  });

  it('write what cannot be seen as an escape, so that it is neither hidden nor lost', () => {
    const args = { name: 'a\u202eb\u200b' };
    const [input] = ofType(
      editModal(open({ ...approval, action: { name: 'x', args } })),
      'plain_text_input',
    );
    expect(input?.initial_value).toContain('a\\u202eb\\u200b');
    expect(JSON.parse(String(input?.initial_value))).toEqual(args);
  });

  it('say so where a text is too long to edit, and offer no input', () => {
    const view = editModal(open({ ...review, proposal: 'long '.repeat(1000) }));
    expect(words(view)).toContain('too long to edit in Slack');
    expect(ofType(view, 'input')).toEqual([]);
    expect(view.submit).toBeUndefined();
  });

  it('offer prepared answers beside a free one', () => {
    const view = answerModal(open(question));
    expect(blockIds(view)).toEqual(['choice', 'answer', 'rationale']);
    expect(ofType(view, 'static_select')[0]?.options).toMatchObject([
      { value: '1' },
      { value: '2' },
    ]);
    expect(blockIds(answerModal(open(MINIMAL.question)))).toEqual(['answer', 'rationale']);
  });

  it('turn answer_schema into inputs, one for each field', () => {
    const inputs = ofType(answerModal(open(form)), 'input');
    const types = inputs.map((one) => [
      one.block_id,
      Reflect.get(Object(one.element), 'type'),
      one.optional,
    ]);
    expect(types).toEqual([
      ['name', 'plain_text_input', false],
      ['notes', 'plain_text_input', true],
      ['country', 'static_select', false],
      ['since', 'datepicker', true],
      ['mail', 'email_text_input', true],
      ['site', 'url_text_input', true],
      ['employees', 'number_input', true],
      ['rating', 'number_input', true],
      ['active', 'radio_buttons', true],
      ['goods', 'checkboxes', true],
      ['rationale', 'plain_text_input', true],
    ]);
    const byId = new Map(inputs.map((one) => [one.block_id, one.element]));
    expect(byId.get('name')).toMatchObject({ multiline: false });
    expect(byId.get('notes')).toMatchObject({ multiline: true });
    expect(byId.get('since')).toMatchObject({ initial_date: '2020-02-29' });
    expect(byId.get('employees')).toMatchObject({
      is_decimal_allowed: false,
      min_value: '1',
      max_value: '1000000',
    });
    expect(byId.get('rating')).toMatchObject({ is_decimal_allowed: true, initial_value: '2.5' });
    expect(byId.get('active')).toMatchObject({ initial_option: { value: 'true' } });
  });

  it('leave our reason out where the producer has a field of that name', () => {
    const properties = {
      rationale: { type: 'string' as const },
      answer: { type: 'string' as const },
    };
    const item: Item = { ...form, answer_schema: { type: 'object', properties } };
    expect(blockIds(answerModal(open(item)))).toEqual(['rationale', 'answer']);
  });

  it('offer no default that the schema itself would refuse', () => {
    const properties = {
      n: { type: 'integer' as const, maximum: 3, default: 7 },
      d: { type: 'string' as const, format: 'date' as const, default: 'soon' },
    };
    const view = answerModal(open({ ...form, answer_schema: { type: 'object', properties } }));
    expect(JSON.stringify(view)).not.toMatch(/initial_value|initial_date/);
  });
});

describe('details', () => {
  it('hold the whole item', () => {
    const body = `${'line of the body\n'.repeat(400)}the very end`;
    const seen = words(detailsModal(open({ ...approval, body, tags: ['refund'], cohort: 'eu' })));
    for (const text of [
      'the very end',
      'Tags: refund',
      'Cohort: eu',
      'Rule unsure',
      'refund-model, 3.1',
    ])
      expect(seen).toContain(text);
    expect(seen).not.toContain('DE89');
  });

  it('say how it ended, and what has happened', () => {
    const input = decided(
      approval,
      decisionOf('rejected', { rationale: 'No invoice.', error_tags: ['policy_violation'] }),
    );
    const seen = words(
      detailsModal({ ...input, history: [{ at: NOW, words: '<@U0BOB> claimed it' }] }),
    );
    expect(seen).toContain('No invoice.');
    expect(seen).toContain('2026-11-21 10:00 UTC · @U0BOB claimed it');
  });

  it('say that texts have been erased', () => {
    expect(words(detailsModal(erased(open(approval))))).toContain('have been erased');
  });
});

describe('the other modals', () => {
  it('a notice says its words, title cut to what Slack takes', () => {
    const view = noticeModal('A title that is much too long for Slack', '<@U0BOB> approved this.');
    expect(view.title.text.length).toBeLessThanOrEqual(24);
    expect(words(view)).toContain('<@U0BOB> approved this.');
    expect(limitProblems('modal', view)).toEqual([]);
  });

  it('the form for a question carries the message and where it was asked', () => {
    const view = askModal({
      domains: [
        { id: 'billing', title: 'Billing' },
        { id: 'data', title: 'Data' },
      ],
      prefill: {
        question: 'q'.repeat(500),
        domain: 'data',
        evidence: {
          label: 'Message',
          text: 'm'.repeat(9000),
          url: 'https://acme.slack.com/archives/C1/p1',
        },
        thread: { channel: 'C1', ts: '1.2' },
      },
      note: 'Ask away.',
    });
    expect(limitProblems('modal', view)).toEqual([]);
    expect(checkView(view, 'modal')).toMatchObject({ ok: true });
    expect(blockIds(view)).toEqual(['domain', 'question', 'body']);
    expect(JSON.parse(view.private_metadata ?? '')).toEqual({
      thread: { channel: 'C1', ts: '1.2' },
      evidence: { label: 'Message', url: 'https://acme.slack.com/archives/C1/p1' },
    });
    expect(ofType(view, 'static_select')[0]).toMatchObject({ initial_option: { value: 'data' } });
  });

  it('the form for a question says so where nobody can be asked', () => {
    const view = askModal({ domains: [] });
    expect(words(view)).toContain('No domain can be asked');
    expect(limitProblems('modal', view)).toEqual([]);
  });
});
