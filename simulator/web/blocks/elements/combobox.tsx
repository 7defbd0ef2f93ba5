// One box to choose in, for every menu: type to narrow, arrows to move, Enter to take, Escape to leave.
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { namingAttributes } from '../naming.ts';
import type { Naming } from '../naming.ts';
import { usePopupPlace } from './use-popup-place.ts';

export interface Entry {
  key: string;
  text: string;
  description?: string;
}

export interface EntryGroup {
  label: string | null;
  entries: Entry[];
}

interface ComboboxProps {
  groups: EntryGroup[];
  /** Keys of what is chosen. */
  chosen: string[];
  /** Several may be chosen; at most `max`. */
  many: boolean;
  max?: number;
  /** A single choice may be taken back. */
  clearable: boolean;
  placeholder: string;
  naming: Naming;
  busy: boolean;
  autofocus: boolean;
  onChoose(keys: string[]): void;
}

const MOST_SHOWN = 200;

export function Combobox(props: ComboboxProps) {
  const { groups, chosen, many, naming, placeholder, onChoose } = props;
  const [open, setOpen] = useState(false);
  /** What was typed since it opened; null: nothing, the choice itself is shown. */
  const [typed, setTyped] = useState<string | null>(null);
  const [active, setActive] = useState(0);
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const popup = useRef<HTMLDivElement>(null);
  const all = groups.flatMap((group) => group.entries);
  const nameOf = (key: string) => all.find((entry) => entry.key === key)?.text ?? key;

  const wanted = (typed ?? '').trim().toLowerCase();
  const shown = groups
    .map((group) => ({
      ...group,
      entries: group.entries.filter((entry) => entry.text.toLowerCase().includes(wanted)),
    }))
    .filter((group) => group.entries.length > 0);
  const flat = shown.flatMap((group) => group.entries).slice(0, MOST_SHOWN);
  const at = Math.min(active, flat.length - 1);

  useEffect(() => {
    if (props.autofocus) input.current?.focus();
  }, []);
  usePopupPlace(popup, open);
  useEffect(() => {
    if (open) popup.current?.querySelector('.bk-active')?.scrollIntoView({ block: 'nearest' });
  }, [open, at]);

  const show = () => {
    if (open || props.busy) return;
    setOpen(true);
    setActive(
      Math.max(
        0,
        all.findIndex((entry) => entry.key === chosen[0]),
      ),
    );
  };
  const hide = () => {
    setOpen(false);
    setTyped(null);
  };
  const take = (entry: Entry | undefined) => {
    if (!entry || props.busy) return;
    if (!many) {
      hide();
      onChoose([entry.key]);
      return;
    }
    setTyped(null);
    const has = chosen.includes(entry.key);
    if (!has && props.max !== undefined && chosen.length >= props.max) return;
    onChoose(has ? chosen.filter((key) => key !== entry.key) : [...chosen, entry.key]);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const moves: Record<string, number> = open
      ? { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + 8, PageUp: at - 8 }
      : {};
    const to = moves[event.key];
    if (to !== undefined) setActive(Math.min(flat.length - 1, Math.max(0, to)));
    else if (!open && ['ArrowDown', 'ArrowUp', 'Enter'].includes(event.key)) show();
    else if (open && event.key === 'Enter') take(flat[at]);
    else if (open && event.key === 'Escape') hide();
    else if (many && event.key === 'Backspace' && !typed && chosen.length > 0)
      onChoose(chosen.slice(0, -1));
    else return;
    // Escape closes the list, not the window around it; Enter takes an entry, not the form.
    event.preventDefault();
    event.stopPropagation();
  };

  const [first] = chosen;
  const value = typed ?? (many || first === undefined ? '' : nameOf(first));
  let index = -1;
  return (
    <div class="bk-combobox bk-popup-anchor">
      {many && chosen.length > 0 && (
        <ul class="bk-chips" aria-label="Chosen">
          {chosen.map((key) => (
            <li key={key} class="bk-chip">
              <span class="bk-run">{nameOf(key)}</span>
              <button
                type="button"
                class="bk-chip-remove"
                aria-label={`Remove ${nameOf(key)}`}
                onClick={() => {
                  onChoose(chosen.filter((one) => one !== key));
                  input.current?.focus();
                }}
              >
                <span aria-hidden="true">×</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <div class="bk-combobox-line">
        <input
          ref={input}
          {...namingAttributes(naming)}
          class="bk-input bk-combobox-input"
          type="text"
          role="combobox"
          autocomplete="off"
          spellcheck={false}
          aria-autocomplete="list"
          aria-haspopup="listbox"
          aria-expanded={open}
          aria-controls={open && flat.length > 0 ? id : undefined}
          aria-activedescendant={open && flat.length > 0 ? `${id}-${at}` : undefined}
          aria-busy={props.busy ? 'true' : undefined}
          placeholder={placeholder}
          value={value}
          onClick={show}
          onInput={(event) => {
            setOpen(true);
            setTyped(event.currentTarget.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
          onBlur={hide}
        />
        {props.clearable && !many && chosen.length > 0 && (
          <button
            type="button"
            class="bk-clear"
            aria-label="Clear"
            onClick={() => {
              onChoose([]);
              input.current?.focus();
            }}
          >
            <span aria-hidden="true">×</span>
          </button>
        )}
        <span class={props.busy ? 'bk-spinner' : 'bk-caret'} aria-hidden="true" />
      </div>
      {open && (
        // The box keeps the focus while the mouse chooses.
        <div ref={popup} class="bk-popup" onMouseDown={(event) => event.preventDefault()}>
          {flat.length === 0 ? (
            <div class="bk-nothing" role="status">
              {all.length === 0 ? 'There is nothing to choose here' : 'Nothing matches'}
            </div>
          ) : (
            <div
              id={id}
              role="listbox"
              aria-label={naming.label ?? placeholder}
              aria-multiselectable={many ? 'true' : undefined}
            >
              {shown.map((group, which) => {
                const entries = group.entries.flatMap((entry) => {
                  index += 1;
                  if (index >= MOST_SHOWN) return [];
                  return [
                    <div
                      key={entry.key}
                      id={`${id}-${index}`}
                      role="option"
                      aria-selected={chosen.includes(entry.key)}
                      class={`bk-option${index === at ? ' bk-active' : ''}`}
                      onClick={() => take(entry)}
                    >
                      <span class="bk-run">{entry.text}</span>
                      {entry.description !== undefined && (
                        <span class="bk-option-description bk-run">{entry.description}</span>
                      )}
                    </div>,
                  ];
                });
                return group.label === null ? (
                  entries
                ) : (
                  <div key={which} role="group" aria-label={group.label}>
                    <div class="bk-option-group" aria-hidden="true">
                      {group.label}
                    </div>
                    {entries}
                  </div>
                );
              })}
            </div>
          )}
        </div>
      )}
    </div>
  );
}
