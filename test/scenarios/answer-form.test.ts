import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDesk, question, type Desk } from './desk.ts';

const schema = {
  type: 'object',
  properties: {
    order: { type: 'string', title: 'Order number', maxLength: 20 },
    story: { type: 'string', title: 'What happened', minLength: 10 },
    amount: { type: 'number', minimum: 0.5 },
    parcels: { type: 'integer', minimum: 1, maximum: 9 },
    insured: { type: 'boolean' },
    carrier: { type: 'string', enum: ['DHL', 'UPS', 'Post'] },
    damage: {
      type: 'array',
      items: { type: 'string', enum: ['wet', 'torn', 'open'] },
      maxItems: 2,
    },
    arrived: { type: 'string', format: 'date' },
    contact: { type: 'string', format: 'email' },
    proof: { type: 'string', format: 'url' },
  },
  required: ['order', 'amount', 'insured', 'carrier'],
};

const filled = {
  order: 'A-4711',
  story: 'It fell off the van.',
  amount: '12.5',
  parcels: '2',
  insured: 'Yes',
  carrier: 'UPS',
  damage: ['wet', 'open'],
  arrived: '2026-11-20',
  contact: 'kim@example.com',
  proof: 'https://example.com/photo',
};

describe('an answer that the producer wants as a form', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk();
  });
  afterAll(async () => {
    expect(desk.slack.problems).toEqual([]);
    await desk.close();
  });

  async function form(id: string) {
    await desk.submit(question(id, { answer_schema: schema }));
    const carol = desk.slack.user('carol');
    await carol.clicks('Answer').on(await desk.card(id));
    return { carol, modal: await desk.modal('carol', 'Answer') };
  }

  it('asks each field with the input that fits it', async () => {
    const { carol, modal } = await form('form-inputs');
    const inputs = modal.blocks.flatMap((block) => {
      const { element } = block as { element?: { type: string; multiline?: boolean } };
      const lines = element?.multiline ? ', several lines' : '';
      return block.type === 'input' ? [[block.block_id, `${element?.type}${lines}`]] : [];
    });
    expect(Object.fromEntries(inputs)).toEqual({
      order: 'plain_text_input',
      story: 'plain_text_input, several lines',
      amount: 'number_input',
      parcels: 'number_input',
      insured: 'radio_buttons',
      carrier: 'static_select',
      damage: 'checkboxes',
      arrived: 'datepicker',
      contact: 'email_text_input',
      proof: 'url_text_input',
      rationale: 'plain_text_input, several lines',
    });
    await carol.closes();
  });

  it('gives each value back in its own type, and shows it on the card', async () => {
    const { carol } = await form('form-all');
    expect(await carol.fills(filled).submits()).toMatchObject({ closed: true });
    expect(await desk.result('form-all')).toMatchObject({
      outcome: 'answered',
      answer: {
        order: 'A-4711',
        story: 'It fell off the van.',
        amount: 12.5,
        parcels: 2,
        insured: true,
        carrier: 'UPS',
        damage: ['wet', 'open'],
        arrived: '2026-11-20',
        contact: 'kim@example.com',
        proof: 'https://example.com/photo',
      },
    });
    expect(desk.textOf(await desk.card('form-all', 'Answered'))).toContain('A-4711');
  });

  it('leaves out what was left empty', async () => {
    const { carol } = await form('form-few');
    const { order, amount, carrier } = filled;
    await carol.fills({ order, amount, insured: 'No', carrier }).submits();
    expect((await desk.result('form-few')).answer).toEqual({
      order: 'A-4711',
      amount: 12.5,
      insured: false,
      carrier: 'UPS',
    });
  });

  it('says on each field what is wrong with it, and keeps the form', async () => {
    const { carol } = await form('form-wrong');
    const wrong = {
      order: 'A-'.padEnd(25, '0'),
      story: 'Too short',
      damage: ['wet', 'torn', 'open'],
      contact: 'kim@a..b.example',
    };
    const sent = await carol.fills({ ...filled, ...wrong }).submits();
    expect(sent.errors).toEqual({
      order: 'This must have at most 20 characters.',
      story: 'This must have at least 10 characters.',
      damage: 'Choose at most 2.',
      contact: 'This must be an e-mail address.',
    });
    expect((await desk.status('form-wrong')).status).toBe('open');
    expect(await carol.fills(filled).submits()).toMatchObject({ closed: true });
    expect((await desk.result('form-wrong')).outcome).toBe('answered');
  });
});
