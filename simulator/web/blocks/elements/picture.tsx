// A picture that the app uploaded; one from elsewhere is never fetched: its words in a frame instead.
import { useState } from 'preact/hooks';
import { isJson, type Json } from '../../../slack/controls.ts';
import { withEmoji } from '../../text/emoji.ts';
import { Icon } from '../icon.tsx';
import { stringOf } from '../payload.ts';

export function Picture({ element, small = false }: { element: Json; small?: boolean }) {
  const [isGone, setGone] = useState(false);
  const words = withEmoji(stringOf(element['alt_text']));
  const file = isJson(element['slack_file']) ? stringOf(element['slack_file']['id']) : '';
  if (/^F[A-Z0-9]+$/.test(file) && !isGone) {
    return (
      <img
        class={small ? 'bk-picture bk-small' : 'bk-picture'}
        src={`/web/files/${file}`}
        alt={words}
        title={words}
        onError={() => setGone(true)}
      />
    );
  }
  return (
    <span
      class={small ? 'bk-frame bk-small' : 'bk-frame'}
      role="img"
      aria-label={words}
      title={words}
    >
      <Icon name="picture" />
      {!small && <span class="bk-run">{words}</span>}
    </span>
  );
}
