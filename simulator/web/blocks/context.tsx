// Small print: who, when, which.
import type { BlockProps } from './blocks.tsx';
import { Picture } from './elements/picture.tsx';
import { listOf } from './payload.ts';
import { Text } from './text.tsx';

export const Context = ({ block, surface }: BlockProps) => (
  <div class="bk-context">
    {listOf(block['elements']).map((element, at) => (
      <span key={at} class="bk-context-item">
        {element['type'] === 'image' ? (
          <Picture element={element} small />
        ) : (
          <Text value={element} people={surface.people} />
        )}
      </span>
    ))}
  </div>
);
