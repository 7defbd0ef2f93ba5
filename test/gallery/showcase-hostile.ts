// Texts that were written to harm, in each place that takes one: nothing here is cut or cleaned. Pure.
import { image, input, mrkdwn, options, plain, raw, rich, text, words } from './showcase-parts.ts';

const BAD = '"><img src=x onerror="window.__harmed=1"><script>window.__harmed=1</script>';
const SCRIPT = 'javascript:window.__harmed=1';
const LONG = `\u202e${'W'.repeat(600)}Z${'\u0300\u0301\u0302\u0303'.repeat(60)}\u202e`;
const hostileButton = {
  type: 'button',
  action_id: BAD,
  text: plain(BAD.slice(0, 75)),
  url: SCRIPT,
  value: BAD,
};
export const hostile = [
  { type: 'header', text: plain(BAD) },
  {
    type: 'section',
    block_id: BAD,
    text: mrkdwn(
      `${BAD} <${SCRIPT}|click> <data:text/html,x|data> <https://evil.example/"onmouseover=alert(1)|${BAD}> *${LONG}* <@U0BOB|${BAD}> <!date^99999999999999^{date}^${SCRIPT}|${BAD}>`,
    ),
    accessory: hostileButton,
  },
  { type: 'context', elements: [plain(LONG), mrkdwn(LONG), { ...image, alt_text: BAD }] },
  {
    type: 'actions',
    elements: [
      hostileButton,
      {
        type: 'overflow',
        action_id: 'o',
        options: [{ text: plain(BAD.slice(0, 75)), url: SCRIPT }],
      },
      {
        type: 'static_select',
        action_id: 's',
        placeholder: plain(BAD),
        options: options(BAD, LONG),
      },
    ],
  },
  rich(
    words(
      { type: 'link', url: SCRIPT, text: 'click' },
      { type: 'link', url: 'vbscript:x', text: BAD },
      text(LONG),
      { type: 'emoji', name: BAD },
      { type: 'color', value: 'red;background:url(https://evil.example)' },
      { type: 'user', user_id: BAD },
      { type: 'date', timestamp: 1e17, format: BAD, url: SCRIPT, fallback: BAD },
    ),
    { type: 'rich_text_quote', elements: [text(`${LONG}\nשלום \u202e עולם`)] },
    { type: 'rich_text_preformatted', elements: [text(LONG)] },
  ),
  {
    type: 'markdown',
    text: `${BAD}\n[click](${SCRIPT}) ![x](https://evil.example/x.png) <${SCRIPT}> **${LONG}**`,
  },
  {
    type: 'table',
    rows: [
      [raw(BAD), raw(LONG)],
      [raw(LONG), rich(words({ type: 'link', url: SCRIPT, text: 'x' }))],
    ],
  },
  {
    type: 'task_card',
    task_id: 'x',
    title: BAD,
    status: 'pending',
    sources: [{ type: 'url', url: SCRIPT, text: BAD }],
  },
  {
    type: 'video',
    title: plain(BAD),
    title_url: SCRIPT,
    video_url: SCRIPT,
    thumbnail_url: SCRIPT,
    alt_text: BAD,
  },
  input('x', LONG, { type: 'plain_text_input', initial_value: BAD }, { hint: plain(BAD) }),
];
