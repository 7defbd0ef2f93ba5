// Two thumbs under an answer.
import { useState } from 'preact/hooks';
import { isJson } from '../../../slack/controls.ts';
import { Icon } from '../icon.tsx';
import { stringOf } from '../payload.ts';
import { nameWords } from '../text.tsx';
import type { PressProps } from './button.tsx';

const THUMBS = [
  ['positive_button', 'thumb_up'],
  ['negative_button', 'thumb_down'],
] as const;

export function FeedbackButtons({ element, block_id, surface }: PressProps) {
  const [given, setGiven] = useState<string | null>(null);
  const action_id = stringOf(element['action_id']);
  return (
    <>
      {THUMBS.map(([which, sign]) => {
        const button = isJson(element[which]) ? element[which] : {};
        const name = stringOf(button['accessibility_label']) || nameWords(button['text']);
        return (
          <button
            key={which}
            type="button"
            class="bk-icon-button"
            aria-label={name}
            aria-pressed={given === which}
            title={nameWords(button['text'])}
            onClick={() => {
              setGiven(which);
              surface.onAct({
                type: 'feedback_buttons',
                block_id,
                action_id,
                value: stringOf(button['value']),
              });
            }}
          >
            <Icon name={sign} />
          </button>
        );
      })}
    </>
  );
}
