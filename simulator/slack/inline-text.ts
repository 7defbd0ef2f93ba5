// Slack's running text (mrkdwn, dates, mentions, rich_text elements) as plain words for a terminal.
import type { Json } from './controls.ts';
import { isJson } from './controls.ts';
import { styledSpans } from './styled-spans.ts';

export interface Reading {
  /** Epoch milliseconds; what "today" means. */
  now: number;
  /** IANA zone the dates are read in; the system's where nothing is said. */
  timezone?: string;
  /** What a user, channel or user group id is called; the id itself where nothing is said. */
  nameOf?: (id: string) => string;
}

export const EMOJI: Record<string, string> = {
  white_check_mark: '✅',
  heavy_check_mark: '✔',
  x: '❌',
  no_entry: '⛔',
  warning: '⚠️',
  rotating_light: '🚨',
  hourglass_flowing_sand: '⏳',
  alarm_clock: '⏰',
  bell: '🔔',
  eyes: '👀',
  pencil2: '✏️',
  raised_hand: '✋',
  question: '❓',
  mag: '🔍',
  speech_balloon: '💬',
  robot_face: '🤖',
  large_green_circle: '🟢',
  large_yellow_circle: '🟡',
  large_orange_circle: '🟠',
  red_circle: '🔴',
  white_circle: '⚪',
  tada: '🎉',
  link: '🔗',
};

/** Short codes as emoji; what would steer a terminal is taken out. */
export function emoji(text: string): string {
  const printable = text.replace(/(?!\n)\p{Cc}/gu, '');
  return printable.replace(/:([a-z0-9_+-]+):/g, (whole, name: string) => EMOJI[name] ?? whole);
}

function ordinal(day: number): string {
  const teen = day % 100 > 10 && day % 100 < 14;
  const suffix = teen ? 'th' : (['th', 'st', 'nd', 'rd'][day % 10] ?? 'th');
  return `${day}${suffix}`;
}

/** Slack's date tokens for an instant: `{date_short_pretty} at {time}` becomes `today at 6:39 AM`. */
export function formatDate(seconds: number, format: string, reading: Reading): string {
  const zone = reading.timezone;
  const date = new Date(seconds * 1000);
  const show = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-US', { timeZone: zone, ...options }).format(date);
  const dayOf = (ms: number) => new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(ms);
  const pretty = (otherwise: string) => {
    const day = dayOf(seconds * 1000);
    if (day === dayOf(reading.now)) return 'today';
    if (day === dayOf(reading.now + 86_400_000)) return 'tomorrow';
    if (day === dayOf(reading.now - 86_400_000)) return 'yesterday';
    return otherwise;
  };
  const year = show({ year: 'numeric' });
  const long = `${show({ month: 'long' })} ${ordinal(Number(show({ day: 'numeric' })))}, ${year}`;
  const short = `${show({ month: 'short' })} ${show({ day: 'numeric' })}, ${year}`;
  const withDay = `${show({ weekday: 'long' })}, ${long}`;
  const tokens: Record<string, () => string> = {
    date_num: () => dayOf(seconds * 1000),
    date: () => long,
    date_short: () => short,
    date_long: () => withDay,
    date_pretty: () => pretty(long),
    date_short_pretty: () => pretty(short),
    date_long_pretty: () => pretty(withDay),
    time: () => show({ hour: 'numeric', minute: '2-digit' }).replace(/\s/g, ' '),
    time_secs: () =>
      show({ hour: 'numeric', minute: '2-digit', second: '2-digit' }).replace(/\s/g, ' '),
    ago: () => ago(seconds * 1000 - reading.now),
  };
  return format.replace(/\{(\w+)\}/g, (whole, token: string) => tokens[token]?.() ?? whole);
}

function ago(ms: number): string {
  const minutes = Math.round(Math.abs(ms) / 60_000);
  const amount =
    minutes < 60
      ? `${minutes} minute${minutes === 1 ? '' : 's'}`
      : `${Math.round(minutes / 60)} hours`;
  return ms < 0 ? `${amount} ago` : `in ${amount}`;
}

function name(reading: Reading, id: string): string {
  return reading.nameOf?.(id) ?? id;
}

/** One `<…>` of mrkdwn. */
function tag(inner: string, reading: Reading): string {
  const [target = '', label] = inner.split('|');
  if (/^!date\^\d+\^/.test(target)) {
    const [, seconds, format = ''] = target.split('^');
    return formatDate(Number(seconds), format, reading);
  }
  if (target.startsWith('@')) return `@${label ?? name(reading, target.slice(1))}`;
  if (target.startsWith('#')) return `#${label ?? name(reading, target.slice(1))}`;
  if (target.startsWith('!subteam^'))
    return `@${(label ?? name(reading, target.slice(9))).replace(/^@/, '')}`;
  if (target.startsWith('!')) return `@${target.slice(1)}`;
  return link(target, label);
}

/** A link's words, and where it goes unless the words say that already. */
function link(url: string, words: string | undefined): string {
  if (words === undefined || words === '' || words === url) return url;
  const isHost = URL.canParse(url) && new URL(url).host === words;
  return isHost ? words : `${words} (${url})`;
}

/** mrkdwn as a person reads it: markers gone, mentions named, dates local, entities undone. */
export function mrkdwnToText(text: string, reading: Reading): string {
  return emoji(
    styledSpans(text.replace(/<([^<>]+)>/g, (_whole, inner: string) => tag(inner, reading)))
      .map((span) => (span.style?.code ? `\`${span.text}\`` : span.text))
      .join('')
      .replace(/&lt;/g, '<')
      .replace(/&gt;/g, '>')
      .replace(/&amp;/g, '&'),
  );
}

/** A text object, of either kind. */
export function textObjectToText(value: unknown, reading: Reading): string {
  if (!isJson(value) || typeof value['text'] !== 'string') return '';
  return value['type'] === 'mrkdwn' ? mrkdwnToText(value['text'], reading) : emoji(value['text']);
}

function string(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** One inline element of rich_text. */
function inline(element: Json, reading: Reading): string {
  switch (element['type']) {
    case 'text': {
      const style = isJson(element['style']) ? element['style'] : {};
      const text = string(element['text']);
      return style['code'] === true ? `\`${text}\`` : text;
    }
    case 'link': {
      return link(string(element['url']), string(element['text']));
    }
    case 'emoji':
      return emoji(`:${string(element['name'])}:`);
    case 'user':
      return `@${name(reading, string(element['user_id']))}`;
    case 'usergroup':
      return `@${name(reading, string(element['usergroup_id']))}`;
    case 'channel':
      return `#${name(reading, string(element['channel_id']))}`;
    case 'broadcast':
      return `@${string(element['range'])}`;
    case 'date':
      return formatDate(Number(element['timestamp']), string(element['format']), reading);
    default:
      return string(element['value']) || string(element['text']);
  }
}

export function inlineToText(elements: unknown, reading: Reading): string {
  if (!Array.isArray(elements)) return '';
  const text = elements.map((element: unknown) =>
    isJson(element) ? inline(element, reading) : '',
  );
  return text.join('').replace(/(?!\n)\p{Cc}/gu, '');
}
