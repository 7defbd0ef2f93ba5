import type { KnownBlock, ModalView } from '@slack/types';
import { describe, expect, it } from 'vitest';
import { MESSAGE_BLOCKS_MAX_CHARS, limitProblems, withinLimits } from '../../blocks/text/limits.ts';

const x = (count: number) => 'x'.repeat(count);
const plain = (text: string) => ({ type: 'plain_text' as const, text });
const section = (text: string): KnownBlock => ({ type: 'section', text: { type: 'mrkdwn', text } });
const message = (...blocks: object[]) => ({ text: 'x', blocks });
const button = (more: object) => ({ type: 'button', text: plain('Go'), action_id: 'go', ...more });
const actions = (...elements: object[]) => ({ type: 'actions', elements });
const modal = (more: object) => ({
  type: 'modal',
  title: plain('T'),
  blocks: [section('x')],
  ...more,
});
const many = <T>(count: number, make: (at: number) => T) =>
  Array.from({ length: count }, (_, at) => make(at));
const option = (at: number) => ({ text: plain(`${at}`), value: `${at}` });
const input = (element: object) => ({ type: 'input', label: plain('L'), element });

const paths = (surface: 'message' | 'modal' | 'home', payload: object) =>
  limitProblems(surface, payload).map((one) => one.path);

describe('limitProblems', () => {
  it.each([
    ['51 blocks', 'message', message(...many(51, () => section('x'))), ['blocks']],
    ['a section of 3001', 'message', message(section(x(3001))), ['blocks[0].text.text']],
    ['an empty section', 'message', message(section('')), ['blocks[0].text.text']],
    ['a section without text', 'message', message({ type: 'section' }), ['blocks[0]']],
    [
      '11 fields',
      'message',
      message({ type: 'section', fields: many(11, () => plain('x')) }),
      ['blocks[0].fields'],
    ],
    [
      'a header of 151',
      'message',
      message({ type: 'header', text: plain(x(151)) }),
      ['blocks[0].text.text'],
    ],
    [
      'a mrkdwn header',
      'message',
      message({ type: 'header', text: { type: 'mrkdwn', text: 'x' } }),
      ['blocks[0].text.type'],
    ],
    [
      '26 buttons',
      'message',
      message(actions(...many(26, (at) => button({ action_id: `a${at}` })))),
      ['blocks[0].elements'],
    ],
    [
      '11 context elements',
      'message',
      message({ type: 'context', elements: many(11, () => plain('x')) }),
      ['blocks[0].elements'],
    ],
    [
      'a button text of 76',
      'message',
      message(actions(button({ text: plain(x(76)) }))),
      ['blocks[0].elements[0].text.text'],
    ],
    [
      'a button value of 2001',
      'message',
      message(actions(button({ value: x(2001) }))),
      ['blocks[0].elements[0].value'],
    ],
    [
      'a button without an action',
      'message',
      message(actions({ type: 'button', text: plain('x') })),
      ['blocks[0].elements[0].action_id'],
    ],
    [
      'an action id twice',
      'message',
      message(actions(button({}), button({}))),
      ['blocks[0].elements[1].action_id'],
    ],
    [
      'a block id twice',
      'message',
      message({ ...section('x'), block_id: 'b' }, { ...section('y'), block_id: 'b' }),
      ['blocks[1].block_id'],
    ],
    [
      'a block id of 256',
      'message',
      message({ ...section('x'), block_id: x(256) }),
      ['blocks[0].block_id'],
    ],
    [
      '101 options',
      'message',
      message(actions({ type: 'static_select', action_id: 'a', options: many(101, option) })),
      ['blocks[0].elements[0].options'],
    ],
    [
      'no options',
      'message',
      message(actions({ type: 'static_select', action_id: 'a', options: [] })),
      ['blocks[0].elements[0].options'],
    ],
    [
      '11 checkboxes',
      'modal',
      modal({
        submit: plain('S'),
        blocks: [input({ type: 'checkboxes', action_id: 'a', options: many(11, option) })],
      }),
      ['blocks[0].element.options'],
    ],
    [
      'an option of 76',
      'message',
      message(
        actions({
          type: 'static_select',
          action_id: 'a',
          options: [{ text: plain(x(76)), value: x(76) }],
        }),
      ),
      ['blocks[0].elements[0].options[0].text.text', 'blocks[0].elements[0].options[0].value'],
    ],
    [
      'an empty rich text',
      'message',
      message({
        type: 'rich_text',
        elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: '' }] }],
      }),
      ['blocks[0].elements[0].elements[0].text'],
    ],
    [
      'an input in a message',
      'message',
      message(input({ type: 'plain_text_input', action_id: 'v' })),
      ['blocks[0]'],
    ],
    [
      'a type that is not sent',
      'message',
      message({ type: 'video' }),
      ['blocks[0].type', 'blocks[0].type'],
    ],
    ['an element as a block', 'message', message(button({})), ['blocks[0].type']],
    ['no block at all', 'message', message(), ['blocks']],
    ['a modal title of 25', 'modal', modal({ title: plain(x(25)) }), ['title.text']],
    ['a modal without a title', 'modal', modal({ title: undefined }), ['title']],
    [
      'inputs without submit',
      'modal',
      modal({ blocks: [input({ type: 'plain_text_input', action_id: 'v' })] }),
      ['submit'],
    ],
    [
      'private metadata of 3001',
      'modal',
      modal({ private_metadata: x(3001) }),
      ['private_metadata'],
    ],
    [
      'an initial value of 3001',
      'modal',
      modal({
        submit: plain('S'),
        blocks: [input({ type: 'plain_text_input', action_id: 'v', initial_value: x(3001) })],
      }),
      ['blocks[0].element.initial_value'],
    ],
    ['a view of 250 kB', 'modal', modal({ blocks: many(90, () => section(x(2900))) }), ['view']],
    [
      '101 blocks of a Home',
      'home',
      { type: 'home', blocks: many(101, () => section('x')) },
      ['blocks'],
    ],
  ] as const)('finds %s', (_, surface, payload, expected) => {
    expect(paths(surface, payload)).toEqual(expected);
  });

  it('finds a message that is too long in all', () => {
    expect(paths('message', message(...many(6, () => section(x(2900)))))).toEqual(['blocks']);
  });

  it('has nothing to say about what Slack takes', () => {
    expect(limitProblems('message', message(section(x(3000)), actions(button({}))))).toEqual([]);
    expect(limitProblems('home', { type: 'home', blocks: [section('x')] })).toEqual([]);
  });
});

describe('withinLimits', () => {
  it('cuts what is too long, and says where the rest is', () => {
    const cut = withinLimits(
      'message',
      message(section(x(5000)), { type: 'header', text: plain(x(200)) }),
    );
    expect(limitProblems('message', cut)).toEqual([]);
    const text = JSON.stringify(cut);
    expect(text).toContain('x… (Details)"');
    expect(text).toContain('x…"');
  });

  it('shortens the longest texts first until a message fits', () => {
    const fitting = withinLimits(
      'message',
      message(section('short'), ...many(8, () => section(x(2900)))),
    );
    expect(limitProblems('message', fitting)).toEqual([]);
    expect(JSON.stringify(fitting.blocks).length).toBeGreaterThan(MESSAGE_BLOCKS_MAX_CHARS / 2);
    expect(fitting.blocks[0]).toEqual(section('short'));
  });

  it('shortens a view until it fits', () => {
    const view: ModalView = {
      type: 'modal',
      title: plain('T'),
      blocks: many(90, () => section('漢'.repeat(2900))),
    };
    expect(limitProblems('modal', withinLimits('modal', view))).toEqual([]);
  });

  it('never touches ids, values and what is to be edited', () => {
    const payload = modal({
      private_metadata: x(3001),
      submit: plain('S'),
      blocks: [input({ type: 'plain_text_input', action_id: 'v', initial_value: x(3001) })],
    });
    expect(withinLimits('modal', payload)).toEqual(payload);
  });

  it('leaves what fits as it is', () => {
    const payload = message(section('x'), actions(button({ value: 'v' })));
    expect(withinLimits('message', payload)).toEqual(payload);
  });
});
