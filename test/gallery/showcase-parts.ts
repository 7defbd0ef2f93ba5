// Small builders of what the gallery shows of Block Kit. Pure.

export const plain = (text: string) => ({ type: 'plain_text', text, emoji: true });
export const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
export const options = (...names: string[]) =>
  names.map((name, at) => ({ text: plain(name), value: String(at) }));
export const rich = (...elements: object[]) => ({ type: 'rich_text', elements });
export const words = (...elements: object[]) => ({ type: 'rich_text_section', elements });
export const text = (value: string, style?: object) => ({
  type: 'text',
  text: value,
  ...(style ? { style } : {}),
});
export const raw = (value: string) => ({ type: 'raw_text', text: value });
export const number = (value: number) => ({
  type: 'raw_number',
  value,
  text: value.toLocaleString('en-US'),
});
export const image = {
  type: 'image',
  image_url: 'https://example.com/chart.png',
  alt_text: 'Refunds a day, rising since Monday',
};
export const NOON = 1_795_258_800;
export const input = (block_id: string, label: string, element: object, more: object = {}) => ({
  type: 'input',
  block_id,
  label: plain(label),
  element: { action_id: 'value', ...element },
  ...more,
});
