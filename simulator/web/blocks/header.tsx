// The title of a card.
import type { BlockProps } from './blocks.tsx';
import { numberOf } from './payload.ts';
import { Text } from './text.tsx';

export const Header = ({ block, surface }: BlockProps) => (
  <div class={`bk-header bk-level-${numberOf(block['level']) ?? 1}`} role="heading" aria-level={3}>
    <Text value={block['text']} people={surface.people} />
  </div>
);
