// A picture with its title: the words of it, in a frame.
import type { BlockProps } from './blocks.tsx';
import { Picture } from './elements/picture.tsx';
import { Text } from './text.tsx';

export const Image = ({ block, surface }: BlockProps) => (
  <figure class="bk-figure">
    {block['title'] !== undefined && (
      <figcaption class="bk-text">
        <Text value={block['title']} people={surface.people} />
      </figcaption>
    )}
    <Picture element={block} />
  </figure>
);
