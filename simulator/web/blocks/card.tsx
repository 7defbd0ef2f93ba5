// A card block: picture, title, words, and up to three buttons.
import { isJson } from '../../slack/controls.ts';
import type { BlockProps } from './blocks.tsx';
import { Button } from './elements/button.tsx';
import { Picture } from './elements/picture.tsx';
import { listOf } from './payload.ts';
import { Text } from './text.tsx';

const PARTS = ['title', 'subtitle', 'body', 'subtext'] as const;

export function Card({ block, block_id, surface }: BlockProps) {
  const actions = listOf(block['actions']);
  return (
    <div class="bk-card">
      {isJson(block['hero_image']) && <Picture element={block['hero_image']} />}
      {isJson(block['icon']) && <Picture element={block['icon']} small />}
      {PARTS.map(
        (part) =>
          isJson(block[part]) && (
            <div key={part} class={`bk-text bk-card-${part}`}>
              <Text value={block[part]} people={surface.people} />
            </div>
          ),
      )}
      {actions.length > 0 && (
        <div class="bk-actions">
          {actions.map((element, at) => (
            <Button key={at} element={element} block_id={block_id} surface={surface} />
          ))}
        </div>
      )}
    </div>
  );
}
