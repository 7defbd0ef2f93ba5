// Small buttons under an answer.
import type { BlockProps } from './blocks.tsx';
import { Element } from './elements/element.tsx';
import { listOf, stringOf, stringsOf } from './payload.ts';

export const ContextActions = ({ block, block_id, surface }: BlockProps) => (
  <div class="bk-actions bk-context-actions">
    {listOf(block['elements']).map((element, at) => {
      const only = stringsOf(element['visible_to_user_ids']);
      return (
        <span key={at} class="bk-context-action" data-visible-to={only.join(' ') || undefined}>
          <Element
            key={stringOf(element['action_id'])}
            element={element}
            block_id={block_id}
            surface={surface}
            dispatches
            clearable={false}
            naming={{}}
          />
        </span>
      );
    })}
  </div>
);
