// A rich_text_input, as plain lines: what is typed goes out as one section.
import { isJson } from '../../../slack/controls.ts';
import { namingAttributes } from '../naming.ts';
import { listOf, stringOf } from '../payload.ts';
import { nameWords } from '../text.tsx';
import { useHeld } from '../use-held.ts';
import type { ElementProps } from './element.tsx';

/** The words of a rich_text, without what shapes them. */
const wordsOf = (value: unknown): string =>
  isJson(value) ? stringOf(value['text']) + listOf(value['elements']).map(wordsOf).join('') : '';

export function RichTextInput(props: ElementProps) {
  const { held, hold, tell } = useHeld(props);
  return (
    <textarea
      {...namingAttributes(props.naming)}
      class="bk-input bk-multiline"
      rows={3}
      placeholder={nameWords(props.element['placeholder']) || undefined}
      value={wordsOf(held.rich_text_value)}
      onInput={(event) => {
        const text = event.currentTarget.value;
        const elements = text === '' ? [] : [{ type: 'text', text }];
        const section = { type: 'rich_text_section', elements };
        hold(
          { rich_text_value: text === '' ? null : { type: 'rich_text', elements: [section] } },
          false,
        );
      }}
      onBlur={() => tell()}
    />
  );
}
