// A button; one with an address is a link that tells the app as well.
import type { Json } from '../../../slack/controls.ts';
import { safeHref } from '../../text/safe-href.ts';
import { stringOf } from '../payload.ts';
import { nameWords } from '../text.tsx';
import type { Act, Surface } from '../types.ts';
import { useConfirm } from './use-confirm.tsx';

export interface PressProps {
  element: Json;
  block_id: string;
  surface: Surface;
}

export function Button({ element, block_id, surface }: PressProps) {
  const { ask, question } = useConfirm(element, surface.people);
  const action_id = stringOf(element['action_id']);
  const busy = surface.busy !== null && surface.busy === action_id;
  const act: Act = {
    type: stringOf(element['type']),
    block_id,
    action_id,
    ...(typeof element['value'] === 'string' ? { value: element['value'] } : {}),
  };
  const href = safeHref(stringOf(element['url']));
  const style = element['style'];
  const shared = {
    class: `bk-button${style === 'primary' ? ' bk-primary' : style === 'danger' ? ' bk-danger' : ''}`,
    'aria-label': stringOf(element['accessibility_label']) || undefined,
    'aria-busy': busy ? ('true' as const) : undefined,
    'aria-disabled': busy ? ('true' as const) : undefined,
    'data-action-id': action_id,
  };
  const face = (
    <>
      <span class="bk-button-text">{nameWords(element['text'])}</span>
      {busy && <span class="bk-spinner" aria-hidden="true" />}
    </>
  );
  if (href !== null) {
    return (
      <a
        {...shared}
        href={href}
        target="_blank"
        rel="noopener noreferrer nofollow"
        onClick={() => surface.onAct(act)}
      >
        {face}
      </a>
    );
  }
  return (
    <>
      <button
        {...shared}
        type="button"
        onClick={() => {
          if (!busy) ask(() => surface.onAct(act));
        }}
      >
        {face}
      </button>
      {question}
    </>
  );
}
