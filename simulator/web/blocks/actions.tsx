// A row of things to press and choose.
import type { BlockProps } from './blocks.tsx';
import { Element } from './elements/element.tsx';
import { listOf } from './payload.ts';

export const Actions = ({ block, block_id, surface }: BlockProps) => (
  <div class="bk-actions">
    {listOf(block['elements']).map((element, at) => (
      <Element
        key={at}
        element={element}
        block_id={block_id}
        surface={surface}
        dispatches
        clearable={false}
        naming={{}}
      />
    ))}
  </div>
);
