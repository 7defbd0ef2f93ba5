// Blocks in a frame of their own, which may be folded.
import { isJson } from '../../slack/controls.ts';
import { Blocks } from './blocks.tsx';
import type { BlockProps } from './blocks.tsx';
import { Picture } from './elements/picture.tsx';
import { listOf } from './payload.ts';
import { RichText } from './rich-text.tsx';
import { Text } from './text.tsx';

export function Container({ block, surface }: BlockProps) {
  const heading = (
    <>
      {isJson(block['icon']) && <Picture element={block['icon']} small />}
      <span class="bk-container-title">
        {isJson(block['rich_text_title']) ? (
          <RichText block={block['rich_text_title']} people={surface.people} />
        ) : (
          <Text value={block['title']} people={surface.people} />
        )}
        {isJson(block['subtitle']) && (
          <span class="bk-option-description">
            <Text value={block['subtitle']} people={surface.people} />
          </span>
        )}
      </span>
    </>
  );
  const inside = <Blocks blocks={listOf(block['child_blocks'])} surface={surface} />;
  return block['is_collapsible'] === true ? (
    <details class="bk-container" open={block['default_collapsed'] !== true}>
      <summary class="bk-container-heading">{heading}</summary>
      {inside}
    </details>
  ) : (
    <div class="bk-container">
      <div class="bk-container-heading">{heading}</div>
      {inside}
    </div>
  );
}
