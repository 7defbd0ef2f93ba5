// An icon with a word, under a message.
import { Icon, isIconName } from '../icon.tsx';
import { stringOf } from '../payload.ts';
import { nameWords } from '../text.tsx';
import { useConfirm } from './use-confirm.tsx';
import type { PressProps } from './button.tsx';

export function IconButton({ element, block_id, surface }: PressProps) {
  const { ask, question } = useConfirm(element, surface.people);
  const action_id = stringOf(element['action_id']);
  const name = stringOf(element['accessibility_label']) || nameWords(element['text']);
  const value = stringOf(element['value']);
  const icon = stringOf(element['icon']);
  return (
    <>
      <button
        type="button"
        class="bk-icon-button"
        aria-label={name}
        title={name}
        onClick={() =>
          ask(() => surface.onAct({ type: 'icon_button', block_id, action_id, value }))
        }
      >
        {isIconName(icon) ? <Icon name={icon} /> : <span class="bk-run">{name}</span>}
      </button>
      {question}
    </>
  );
}
