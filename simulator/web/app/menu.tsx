// A button that opens a short list to choose from, for mouse and keyboard alike.
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';

export interface Choice {
  id: string;
  words: ComponentChildren;
  /** Only where one of the choices holds at a time. */
  is_chosen?: boolean;
}

export function Menu(props: {
  /** What is on the button. */
  face: ComponentChildren;
  /** What the button is called, where its face does not say it. */
  label?: string;
  choices: readonly Choice[];
  onChoose(id: string): void;
  kind?: string;
  /** Which edge of the button the list keeps to. */
  align?: 'left' | 'right';
  opens?: 'down' | 'up';
}) {
  const { face, label, choices, onChoose, kind = 'plain', align = 'left', opens = 'down' } = props;
  const [isOpen, setOpen] = useState(false);
  const around = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();

  useLayoutEffect(() => {
    if (!isOpen) return;
    const chosen = list.current?.querySelector<HTMLElement>('[aria-checked="true"]');
    (chosen ?? list.current?.querySelector<HTMLElement>('button'))?.focus();
  }, [isOpen]);
  useEffect(() => {
    if (!isOpen) return;
    const leave = (event: PointerEvent) => {
      if (event.target instanceof Node && !around.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener('pointerdown', leave);
    return () => document.removeEventListener('pointerdown', leave);
  }, [isOpen]);

  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const items = [...(list.current?.querySelectorAll('button') ?? [])];
    const at = items.findIndex((item) => item === document.activeElement);
    const go = (next: number) => items[(next + items.length) % items.length]?.focus();
    if (event.key === 'Escape') close();
    else if (event.key === 'ArrowDown') go(at + 1);
    else if (event.key === 'ArrowUp') go(at - 1);
    else if (event.key === 'Home') go(0);
    else if (event.key === 'End') go(-1);
    else if (event.key === 'Tab') return setOpen(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const isRadio = choices.some((choice) => choice.is_chosen !== undefined);
  return (
    <div class={`menu menu-${kind}`} ref={around}>
      <button
        type="button"
        class="menu-button"
        ref={button}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        aria-label={label}
        title={label}
        onClick={() => setOpen(!isOpen)}
        onKeyDown={(event) => {
          if (isOpen || event.key !== 'ArrowDown') return;
          event.preventDefault();
          setOpen(true);
        }}
      >
        {face}
      </button>
      {isOpen && (
        <div
          id={id}
          class={`menu-list menu-${align} menu-${opens}`}
          role="menu"
          ref={list}
          onKeyDown={onKeyDown}
        >
          {choices.map((choice) => (
            <button
              key={choice.id}
              type="button"
              role={isRadio ? 'menuitemradio' : 'menuitem'}
              aria-checked={isRadio ? choice.is_chosen === true : undefined}
              tabIndex={-1}
              onClick={() => {
                close();
                onChoose(choice.id);
              }}
            >
              {choice.words}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
