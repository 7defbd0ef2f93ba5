// Radio buttons and checkboxes: every option in sight.
import { useId } from 'preact/hooks';
import { optionGroupsOf } from '../payload.ts';
import { Text } from '../text.tsx';
import type { Option } from '../types.ts';
import { useHeld } from '../use-held.ts';
import type { ElementProps } from './element.tsx';
import { useConfirm } from './use-confirm.tsx';

export function OptionBoxes(props: ElementProps) {
  const { element, naming, surface } = props;
  const { held, hold, busy } = useHeld(props);
  const { ask, question } = useConfirm(element, surface.people);
  const id = useId();
  const many = element['type'] === 'checkboxes';
  const options = optionGroupsOf(element).flatMap((group) => group.options);
  const same = (a: Option, b: Option) => JSON.stringify(a) === JSON.stringify(b);
  const chosen = many
    ? (held.selected_options ?? [])
    : held.selected_option
      ? [held.selected_option]
      : [];
  const has = (option: Option) => chosen.some((one) => same(one, option));
  const choose = (option: Option) =>
    ask(() =>
      hold(
        many
          ? { selected_options: options.filter((one) => has(one) !== same(one, option)) }
          : { selected_option: option },
      ),
    );
  return (
    <div
      class="bk-boxes"
      role={many ? 'group' : 'radiogroup'}
      aria-labelledby={naming.labelledBy}
      aria-label={naming.labelledBy === undefined ? (naming.label ?? 'Options') : undefined}
      aria-describedby={naming.describedBy}
      aria-invalid={!many && naming.invalid ? 'true' : undefined}
      aria-required={!many && naming.required ? 'true' : undefined}
      aria-busy={busy ? 'true' : undefined}
    >
      {options.map((option, at) => (
        <label key={at} class="bk-box">
          <input
            type={many ? 'checkbox' : 'radio'}
            name={id}
            checked={has(option)}
            aria-describedby={option.description ? `${id}-${at}` : undefined}
            onChange={(event) => {
              choose(option);
              // Until the person is sure, nothing has changed.
              event.currentTarget.checked = has(option);
            }}
          />
          <span class="bk-text">
            <Text value={option.text} people={surface.people} />
            {option.description && (
              <span id={`${id}-${at}`} class="bk-option-description">
                <Text value={option.description} people={surface.people} />
              </span>
            )}
          </span>
        </label>
      ))}
      {question}
    </div>
  );
}
