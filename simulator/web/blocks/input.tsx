// A field of a form: label, control, hint, and what is wrong with what was entered.
import { useId } from 'preact/hooks';
import { isJson } from '../../slack/controls.ts';
import type { BlockProps } from './blocks.tsx';
import { Element, isSingleControl } from './elements/element.tsx';
import { textObjectOf } from './payload.ts';
import { Text } from './text.tsx';

export function Input({ block, block_id, surface }: BlockProps) {
  const id = useId();
  const element = isJson(block['element']) ? block['element'] : {};
  const optional = block['optional'] === true;
  const error = surface.errors?.[block_id];
  const hint = textObjectOf(block['hint']);
  const single = isSingleControl(element['type']);
  const described = [
    ...(error === undefined ? [] : [`${id}-error`]),
    ...(hint === null ? [] : [`${id}-hint`]),
  ].join(' ');
  const words = (
    <>
      <Text value={block['label']} people={surface.people} />
      {optional && <span class="bk-optional"> (optional)</span>}
    </>
  );
  return (
    <div class={error === undefined ? 'bk-field' : 'bk-field bk-invalid'} data-block-id={block_id}>
      {single ? (
        <label id={`${id}-label`} class="bk-label" for={`${id}-control`}>
          {words}
        </label>
      ) : (
        <div id={`${id}-label`} class="bk-label">
          {words}
        </div>
      )}
      <Element
        element={element}
        block_id={block_id}
        surface={surface}
        dispatches={block['dispatch_action'] === true}
        clearable={optional}
        naming={{
          ...(single ? { id: `${id}-control` } : {}),
          labelledBy: `${id}-label`,
          describedBy: described || undefined,
          invalid: error !== undefined,
          required: !optional,
        }}
      />
      {error !== undefined && (
        <div id={`${id}-error`} class="bk-error" role="alert">
          <span aria-hidden="true">⚠ </span>
          {error}
        </div>
      )}
      {hint && (
        <div id={`${id}-hint`} class="bk-hint">
          <Text value={hint} people={surface.people} />
        </div>
      )}
    </div>
  );
}
