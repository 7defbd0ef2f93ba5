// Small builders of blocks, and the lines Slack refuses them with.

export const x = (length: number) => 'x'.repeat(length);
export const many = <T>(length: number, make: (index: number) => T) =>
  Array.from({ length }, (_, i) => make(i));
export const plain = (text: string) => ({ type: 'plain_text', text });
export const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
export const section = (text: unknown) => ({ type: 'section', text });
export const button = (more: object = {}) => ({ type: 'button', text: plain('Go'), ...more });
export const actions = (...elements: object[]) => ({ type: 'actions', elements });
export const option = (index: number | string, more: object = {}) => ({
  text: plain(`o${index}`),
  value: String(index),
  ...more,
});
export const select = (more: object) =>
  actions({ type: 'static_select', placeholder: plain('p'), ...more });
export const overflow = (count: number) =>
  actions({ type: 'overflow', options: many(count, option) });
export const radio = (count: number) =>
  actions({ type: 'radio_buttons', options: many(count, option) });
export const confirm = (more: object) => ({
  title: plain('t'),
  text: plain('x'),
  confirm: plain('y'),
  deny: plain('n'),
  ...more,
});
export const input = (element: object, more: object = {}) => ({
  type: 'input',
  label: plain('l'),
  element,
  ...more,
});
export const text = (more: object = {}) => input({ type: 'plain_text_input', ...more });
export const image = (more: object) => ({
  type: 'image',
  alt_text: 'a',
  image_url: 'https://a.example/i.png',
  ...more,
});
export const raw = (value: string) => ({ type: 'raw_text', text: value });
export const rich = (...elements: object[]) => ({ type: 'rich_text', elements });
export const richSection = (...elements: object[]) => ({ type: 'rich_text_section', elements });

export const shorter = (limit: number, at: string) =>
  `[ERROR] must be less than ${limit + 1} characters [json-pointer:${at}]`;
export const fewer = (limit: number, at: string) =>
  `[ERROR] no more than ${limit} items allowed [json-pointer:${at}]`;
export const atLeast = (limit: number, at: string) =>
  `[ERROR] no fewer than ${limit} items allowed [json-pointer:${at}]`;

export const modal = (more: object = {}) => ({
  type: 'modal',
  title: plain('t'),
  submit: plain('s'),
  blocks: [{ type: 'divider' }],
  ...more,
});
