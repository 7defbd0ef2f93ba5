// The renderer's own signs, drawn: they look the same where a system has no emoji. Never the only bearer of a meaning.

const PATHS = {
  picture: 'M3 4.5h14v11H3zM3 13l4-4 3.5 3.5L13 10l4 4M13.2 7.6h.1',
  file: 'M5 2.5h6.5L15 6v11.5H5zM11.5 2.5V6H15',
  play: 'M6 4l10 6-10 6z',
  thumb_up: 'M3 9h3v8H3zM6 9.5 9.5 3c1.4 0 2 1 1.7 2.3L10.6 8H16l-1.2 8.2c-.1.5-.5.8-1 .8H6',
  thumb_down:
    'M17 11h-3V3h3zM14 10.5 10.5 17c-1.4 0-2-1-1.7-2.3L9.4 12H4l1.2-8.2c.1-.5.5-.8 1-.8H14',
  trash: 'M4 5.5h12M8 5.5V3.5h4v2M5.5 5.5l.8 11h7.4l.8-11M8.5 8.5v5M11.5 8.5v5',
  pencil: 'M4 16l.8-3.5L13.5 3.8l2.7 2.7-8.7 8.7z',
  copy: 'M7 7h9v9H7zM13 7V4H4v9h3',
  refresh: 'M16 6v4h-4M15.5 10a5.7 5.7 0 1 0-.6 3.2',
  default: 'M10 9.9h.1',
  info: 'M10 2.5a7.5 7.5 0 1 0 .01 0M10 9v5M10 6.2h.1',
  warning: 'M10 3 2.5 16.5h15zM10 8v4M10 14.4h.1',
  error: 'M10 2.5a7.5 7.5 0 1 0 .01 0M7 7l6 6M13 7l-6 6',
  success: 'M10 2.5a7.5 7.5 0 1 0 .01 0M6.5 10l2.5 2.5 4.5-5',
  more: 'M4.5 10h.1M10 10h.1M15.5 10h.1',
} as const;

export type IconName = keyof typeof PATHS;

export const isIconName = (name: string): name is IconName => Object.hasOwn(PATHS, name);

export const Icon = ({ name }: { name: IconName }) => (
  <svg class={`bk-icon bk-icon-${name}`} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
    <path d={PATHS[name]} />
  </svg>
);
