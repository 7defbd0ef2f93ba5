// A picture: never fetched, its words in a frame instead.
import type { Json } from '../../../controls.ts';
import { withEmoji } from '../../text/emoji.ts';
import { Icon } from '../icon.tsx';
import { stringOf } from '../payload.ts';

export function Picture({ element, small = false }: { element: Json; small?: boolean }) {
  const words = withEmoji(stringOf(element['alt_text']));
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
