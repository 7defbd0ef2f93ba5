// Where a list opens: under what opened it, moved aside as far as it would be cut off, and brought into sight.
import { useLayoutEffect } from 'preact/hooks';
import type { RefObject } from 'preact';

const GAP = 8;

/** The edges between which the list can be seen: those of the nearest box that scrolls, within the window. */
function edges(popup: HTMLElement): { left: number; right: number } {
  let left = 0;
  let right = document.documentElement.clientWidth;
  for (let box = popup.parentElement; box; box = box.parentElement) {
    if (getComputedStyle(box).overflowX === 'visible') continue;
    const at = box.getBoundingClientRect();
    left = Math.max(left, at.left);
    right = Math.min(right, at.left + box.clientWidth);
    break;
  }
  return { left: left + GAP, right: right - GAP };
}

export function usePopupPlace(popup: RefObject<HTMLElement | null>, open: boolean): void {
  useLayoutEffect(() => {
    const list = popup.current;
    if (!open || !list) return;
    list.style.left = '0';
    const at = list.getBoundingClientRect();
    const { left, right } = edges(list);
    const shift = Math.max(left - at.left, Math.min(0, right - at.right));
    list.style.left = `${shift}px`;
    list.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [open]);
}
