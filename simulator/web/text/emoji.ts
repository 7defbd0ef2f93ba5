// `:white_check_mark:` as ✅. Codes that mean nothing stay as they were typed.
import { get } from 'node-emoji';

/** Slack's names for what the list calls otherwise. */
const SLACK_NAMES: Record<string, string> = {
  thinking_face: '🤔',
  slightly_smiling_face: '🙂',
  simple_smile: '🙂',
  hugging_face: '🤗',
  face_with_monocle: '🧐',
  large_green_circle: '🟢',
  large_yellow_circle: '🟡',
  large_orange_circle: '🟠',
  large_red_square: '🟥',
  woman_shrugging: '🤷‍♀️',
  man_shrugging: '🤷‍♂️',
  hourglass_flowing_sand: '⏳',
};
const SKIN_TONES = ['🏻', '🏼', '🏽', '🏾', '🏿'];
const CODE = /:([a-z0-9_+'-]{1,64}):(?::skin-tone-([2-6]):)?/g;

/** One emoji by its name (no colons); `tone` 2..6 as Slack counts. Null where nobody knows it. */
export function emojiOf(name: string, tone?: number): string | null {
  const found = Object.hasOwn(SLACK_NAMES, name) ? SLACK_NAMES[name] : get(name);
  if (found === undefined) return null;
  return tone === undefined ? found : found + (SKIN_TONES[tone - 2] ?? '');
}

/** A text with its codes drawn. */
export const withEmoji = (text: string): string =>
  text.replace(
    CODE,
    (whole, name: string, tone?: string) =>
      emojiOf(name, tone === undefined ? undefined : Number(tone)) ?? whole,
  );
