// A text, fields in two columns, and one element beside them.
import { isJson } from '../../slack/controls.ts';
import type { BlockProps } from './blocks.tsx';
import { Element } from './elements/element.tsx';
import { listOf } from './payload.ts';
import { Text, nameWords } from './text.tsx';

export function Section({ block, block_id, surface }: BlockProps) {
  const { accessory } = block;
  const fields = listOf(block['fields']);
  return (
    <div class="bk-section">
      <div class="bk-section-words">
        {isJson(block['text']) && (
          <div class="bk-text">
            <Text value={block['text']} people={surface.people} />
          </div>
        )}
        {fields.length > 0 && (
          <div class="bk-fields">
            {fields.map((field, at) => (
              <div key={at} class="bk-text">
                <Text value={field} people={surface.people} />
              </div>
            ))}
          </div>
        )}
      </div>
      {isJson(accessory) && (
        <div class="bk-accessory">
          <Element
            element={accessory}
            block_id={block_id}
            surface={surface}
            dispatches
            clearable={false}
            naming={{
              label: nameWords(accessory['placeholder']) || nameWords(block['text']) || undefined,
            }}
          />
        </div>
      )}
    </div>
  );
}
