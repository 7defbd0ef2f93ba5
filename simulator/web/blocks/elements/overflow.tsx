// The ⋯ menu: a few lesser actions behind one button.
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { safeHref } from '../../text/safe-href.ts';
import { Icon } from '../icon.tsx';
import { optionGroupsOf, stringOf } from '../payload.ts';
import { nameWords } from '../text.tsx';
import type { Option } from '../types.ts';
import type { PressProps } from './button.tsx';
import { useConfirm } from './use-confirm.tsx';
import { usePopupPlace } from './use-popup-place.ts';

export function Overflow({ element, block_id, surface }: PressProps) {
  const [open, setOpen] = useState(false);
  const { ask, question } = useConfirm(element, surface.people);
  const id = useId();
  const menu = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const action_id = stringOf(element['action_id']);
  const busy = surface.busy !== null && surface.busy === action_id;
  const options = optionGroupsOf(element).flatMap((group) => group.options);
  const items = () => [...(menu.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
  usePopupPlace(menu, open);
  useLayoutEffect(() => {
    if (!open) return;
    items()[0]?.focus({ preventScroll: true });
  }, [open]);

  const choose = (option: Option) => {
    setOpen(false);
    button.current?.focus();
    ask(() => surface.onAct({ type: 'overflow', block_id, action_id, selected_option: option }));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const all = items();
    const at = all.findIndex((item) => item === document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (to !== undefined) all.at(to % all.length)?.focus();
    else if (event.key === 'Escape') {
      setOpen(false);
      button.current?.focus();
    } else return;
    // Escape closes this, not the window around it.
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <span
      class="bk-popup-anchor"
      onFocusOut={(event) => {
        const to = event.relatedTarget;
        if (!(to instanceof Node) || !event.currentTarget.contains(to)) setOpen(false);
      }}
    >
      <button
        ref={button}
        type="button"
        class="bk-button bk-more"
        aria-label="More actions"
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        aria-busy={busy ? 'true' : undefined}
        onClick={() => setOpen(!open)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return;
          event.preventDefault();
          setOpen(true);
        }}
      >
        {busy ? <span class="bk-spinner" aria-hidden="true" /> : <Icon name="more" />}
      </button>
      {open && (
        <div ref={menu} id={id} class="bk-popup" role="menu" onKeyDown={onKeyDown}>
          {options.map((option, at) => (
            <Item key={at} option={option} onChoose={() => choose(option)} />
          ))}
        </div>
      )}
      {question}
    </span>
  );
}

function Item({ option, onChoose }: { option: Option; onChoose(): void }) {
  const href = safeHref(option.url ?? '');
  const face = (
    <>
      <span class="bk-run">{nameWords(option.text)}</span>
      {option.description && (
        <span class="bk-option-description bk-run">{nameWords(option.description)}</span>
      )}
    </>
  );
  const shared = { class: 'bk-option', role: 'menuitem' as const, tabIndex: -1, onClick: onChoose };
  return href === null ? (
    <button type="button" {...shared}>
      {face}
    </button>
  ) : (
    <a {...shared} href={href} target="_blank" rel="noopener noreferrer nofollow">
      {face}
    </a>
  );
}
