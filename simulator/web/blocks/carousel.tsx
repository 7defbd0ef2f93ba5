// Cards beside each other, to be moved through sideways.
import type { BlockProps } from './blocks.tsx';
import { Card } from './card.tsx';
import { listOf, stringOf } from './payload.ts';

export const Carousel = ({ block, block_id, surface }: BlockProps) => (
  <ul class="bk-carousel" aria-label="Cards" tabIndex={0}>
    {listOf(block['elements']).map((card, at) => (
      <li key={at}>
        <Card
          block={card}
          block_id={stringOf(card['block_id']) || `${block_id}.${at}`}
          surface={surface}
        />
      </li>
    ))}
  </ul>
);
