// A date, a time of day, or a moment in the viewer's zone, with the browser's own pickers.
import { useRef } from 'preact/hooks';
import { namingAttributes } from '../naming.ts';
import { nameWords } from '../text.tsx';
import type { FormValue } from '../types.ts';
import { useHeld } from '../use-held.ts';
import type { ElementProps } from './element.tsx';
import { useConfirm } from './use-confirm.tsx';
import { momentOf, wallTime } from './zoned-time.ts';

type Held = Omit<FormValue, 'type'>;

interface Kind {
  input: 'date' | 'time' | 'datetime-local';
  name: string;
  shown(held: Held): string;
  held(text: string): Held;
}

const kindOf = (type: unknown, timezone: string): Kind => {
  switch (type) {
    case 'timepicker':
      return {
        input: 'time',
        name: 'Choose a time',
        shown: (held) => held.selected_time ?? '',
        held: (text) => ({ selected_time: text.slice(0, 5) || null }),
      };
    case 'datetimepicker':
      return {
        input: 'datetime-local',
        name: `Choose a date and time (${timezone})`,
        shown: (held) =>
          held.selected_date_time ? wallTime(held.selected_date_time, timezone) : '',
        held: (text) => ({ selected_date_time: momentOf(text.slice(0, 16), timezone) }),
      };
    default:
      return {
        input: 'date',
        name: 'Choose a date',
        shown: (held) => held.selected_date ?? '',
        held: (text) => ({ selected_date: text || null }),
      };
  }
};

export function Picker(props: ElementProps) {
  const { element, naming, surface } = props;
  const { held, hold, tell, busy } = useHeld(props);
  const { ask, question } = useConfirm(element, surface.people);
  /** Typed digit by digit, a year is wrong three times before it is right: the app hears of it at the end. */
  const typing = useRef(false);
  const untold = useRef(false);
  const kind = kindOf(element['type'], surface.people.timezone);
  const finish = () => {
    typing.current = false;
    if (!untold.current) return;
    untold.current = false;
    ask(() => tell());
  };
  return (
    <span class="bk-picker">
      <input
        {...namingAttributes({
          ...naming,
          label: naming.label ?? (nameWords(element['placeholder']) || kind.name),
        })}
        class="bk-input bk-picker-input"
        type={kind.input}
        value={kind.shown(held)}
        aria-busy={busy ? 'true' : undefined}
        onKeyDown={(event) => {
          typing.current = event.key !== 'Enter';
          if (event.key === 'Enter') finish();
        }}
        onPointerDown={() => {
          typing.current = false;
        }}
        onInput={(event) => {
          const value = kind.held(event.currentTarget.value);
          if (typing.current) {
            untold.current = true;
            hold(value, false);
          } else ask(() => hold(value));
        }}
        onBlur={finish}
      />
      {kind.input === 'datetime-local' && <span class="bk-zone">{surface.people.timezone}</span>}
      {question}
    </span>
  );
}
