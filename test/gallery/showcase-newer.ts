// The newer blocks. Pure.
import { image, mrkdwn, number, plain, raw, rich, text, words } from './showcase-parts.ts';

export const newer = [
  { type: 'alert', level: 'warning', text: mrkdwn('The pager is *paused* in this channel.') },
  ...(['default', 'info', 'error', 'success'] as const).map((level) => ({
    type: 'alert',
    level,
    text: plain(`An alert: ${level}`),
  })),
  {
    type: 'markdown',
    text: '## What changed\n**Bold**, *italic*, ~~struck~~, `code`, [a link](https://example.com/).\n\n- one\n  - inside\n- two\n\n1. first\n2. second\n\n> A quotation\n\n```\ncode\n```',
  },
  {
    type: 'table',
    column_settings: [{ is_wrapped: true }, { align: 'right' }],
    rows: [
      [raw('Model'), raw('Agreed')],
      [raw('refund-model 3.1'), raw('92 %')],
      [rich(words(text('refund-model 3.0', { bold: true }))), raw('88 %')],
    ],
  },
  {
    type: 'data_table',
    caption: 'Decisions this week',
    page_size: 2,
    rows: [
      [raw('Domain'), raw('Decided'), raw('Minutes')],
      [raw('Billing'), number(1204), number(4.5)],
      [raw('Support'), number(873), number(7)],
      [raw('Data Ops'), number(12), number(61)],
    ],
  },
  {
    type: 'card',
    title: mrkdwn('*Refund 240 EUR?*'),
    subtitle: mrkdwn('Billing'),
    body: mrkdwn('Charged twice for order 4711.'),
    actions: [{ type: 'button', action_id: 'k1', text: plain('Open') }],
  },
  {
    type: 'carousel',
    elements: [1, 2, 3].map((at) => ({
      type: 'card',
      title: mrkdwn(`Card ${at}`),
      hero_image: image,
      body: mrkdwn('Its words'),
    })),
  },
  {
    type: 'container',
    title: plain('A container'),
    is_collapsible: true,
    child_blocks: [{ type: 'section', text: mrkdwn('Inside of it') }, { type: 'divider' }],
  },
  {
    type: 'plan',
    title: 'Checking the refund',
    tasks: (['complete', 'in_progress', 'pending', 'error'] as const).map((status, at) => ({
      type: 'task_card',
      task_id: `t${at}`,
      title: `Step ${at + 1}`,
      status,
      ...(at === 0
        ? {
            details: rich(words(text('Read two invoices'))),
            sources: [
              { type: 'url', url: 'https://example.com/invoices/1182', text: 'Invoice 1182' },
            ],
          }
        : {}),
    })),
  },
  { type: 'task_card', task_id: 't9', title: 'A task of its own', status: 'in_progress' },
  { type: 'file', source: 'remote', external_id: 'invoice-1182' },
  {
    type: 'video',
    title: plain('How to decide'),
    title_url: 'https://example.com/video',
    video_url: 'https://example.com/embed',
    thumbnail_url: 'https://example.com/t.png',
    alt_text: 'A person presses Approve',
    author_name: 'The team',
    description: plain('Two minutes.'),
  },
];
