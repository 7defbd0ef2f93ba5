// When what had the focus is gone (a button of a card that was decided), the focus goes to where it
// stood, so that a keyboard does not have to start from the top of the page again.
import { useEffect, useLayoutEffect } from 'preact/hooks';

/** Elements that take the focus for what was in them: `data-focus-home`. */
let home: string | null = null;

export function useKeptFocus(): void {
  useEffect(() => {
    const remember = (event: FocusEvent) => {
      if (!(event.target instanceof Element) || event.target.closest('dialog')) return;
      home = event.target.closest('[data-focus-home]')?.getAttribute('data-focus-home') ?? null;
    };
    const forget = (event: PointerEvent) => {
      if (event.target instanceof Element && !event.target.closest('[data-focus-home]'))
        home = null;
    };
    document.addEventListener('focusin', remember);
    document.addEventListener('pointerdown', forget);
    return () => {
      document.removeEventListener('focusin', remember);
      document.removeEventListener('pointerdown', forget);
    };
  }, []);
  useLayoutEffect(goHome);
}

/** Puts the focus where it stood, if nothing has it now. */
export function goHome(): void {
  if (home === null || (document.activeElement ?? document.body) !== document.body) return;
  const place = document.querySelector(`[data-focus-home="${CSS.escape(home)}"]`);
  if (place instanceof HTMLElement) place.focus({ preventScroll: true });
}
