// "Are you sure?" before an action goes out: the `confirm` object as a window over everything.
import { useLayoutEffect, useId, useRef } from 'preact/hooks';
import type { Json } from '../../../slack/controls.ts';
import { Text, nameWords } from '../text.tsx';
import type { People } from '../types.ts';

export function ConfirmDialog({
  confirm,
  people,
  onAnswer,
}: {
  confirm: Json;
  people: People;
  onAnswer(sure: boolean): void;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useLayoutEffect(() => {
    dialog.current?.showModal();
  }, []);
  /** Closing gives the focus back to what was pressed. */
  const answer = (sure: boolean) => {
    dialog.current?.close();
    onAnswer(sure);
  };
  const style = confirm['style'] === 'danger' ? 'bk-danger' : 'bk-primary';
  return (
    <dialog
      ref={dialog}
      class="bk-confirm"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
      onCancel={(event) => {
        event.preventDefault();
        answer(false);
      }}
      // Neither a key nor a click in here is meant for what lies behind.
      onKeyDown={(event) => event.stopPropagation()}
      onClick={(event) => {
        event.stopPropagation();
        if (event.target === dialog.current) answer(false);
      }}
    >
      <div class="bk-confirm-body">
        <div id={`${id}-title`} class="bk-confirm-title" role="heading" aria-level={2}>
          {nameWords(confirm['title']) || 'Are you sure?'}
        </div>
        <div id={`${id}-text`} class="bk-text">
          <Text value={confirm['text']} people={people} />
        </div>
        <div class="bk-confirm-buttons">
          <button type="button" class="bk-button" onClick={() => answer(false)}>
            {nameWords(confirm['deny']) || 'Cancel'}
          </button>
          <button type="button" class={`bk-button ${style}`} onClick={() => answer(true)}>
            {nameWords(confirm['confirm']) || 'Yes'}
          </button>
        </div>
      </div>
    </dialog>
  );
}
