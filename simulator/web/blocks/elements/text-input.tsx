// What one types into: text, numbers, addresses.
import { useEffect, useRef } from 'preact/hooks';
import { namingAttributes } from '../naming.ts';
import { isJson } from '../../../slack/controls.ts';
import { numberOf, stringsOf } from '../payload.ts';
import { nameWords } from '../text.tsx';
import { useHeld } from '../use-held.ts';
import { CharacterCount } from './character-count.tsx';
import type { ElementProps } from './element.tsx';

const MODES: Record<string, 'decimal' | 'numeric' | 'email' | 'url'> = {
  email_text_input: 'email',
  url_text_input: 'url',
};

export function TextInput(props: ElementProps) {
  const { element, naming } = props;
  const { held, hold, tell } = useHeld(props);
  const control = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  useEffect(() => {
    if (element['focus_on_load'] === true) control.current?.focus();
  }, []);
  const config = isJson(element['dispatch_action_config']) ? element['dispatch_action_config'] : {};
  const triggers = stringsOf(config['trigger_actions_on']);
  const onCharacter = triggers.includes('on_character_entered');
  const onEnter = triggers.length === 0 || triggers.includes('on_enter_pressed');
  const value = held.value ?? '';
  const type = element['type'];
  const multiline = type === 'plain_text_input' && element['multiline'] === true;
  const number = element['is_decimal_allowed'] === true ? 'decimal' : 'numeric';
  const shared = {
    ...namingAttributes(naming),
    class: `bk-input${multiline ? ' bk-multiline' : ''}`,
    onKeyDown: (event: KeyboardEvent) => {
      const sends = event.key === 'Enter' && (!multiline || event.ctrlKey || event.metaKey);
      if (sends && onEnter) tell();
    },
  };
  const typed = (event: { currentTarget: { value: string } }) => {
    const next = event.currentTarget.value;
    // A number is typed in many ways; what Slack takes has no spaces around it.
    hold({ value: (type === 'number_input' ? next.trim() : next) || null }, onCharacter);
  };
  const placeholder = nameWords(element['placeholder']) || undefined;
  return (
    <div class="bk-typed">
      {multiline ? (
        <textarea
          {...shared}
          ref={control}
          rows={3}
          placeholder={placeholder}
          value={value}
          onInput={typed}
        />
      ) : (
        <input
          {...shared}
          ref={control}
          type="text"
          inputMode={type === 'number_input' ? number : (MODES[String(type)] ?? 'text')}
          autocomplete="off"
          placeholder={placeholder}
          value={value}
          onInput={typed}
        />
      )}
      {type === 'plain_text_input' && (
        <CharacterCount
          length={value.length}
          min={numberOf(element['min_length'])}
          max={numberOf(element['max_length'])}
        />
      )}
    </div>
  );
}
