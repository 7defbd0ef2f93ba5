// What all panels at the side have: a title, a way to close them, and the focus when they open.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { usePage } from './page.ts';

export function PanelFrame(props: {
  title: string;
  more?: string;
  kind: string;
  children: ComponentChildren;
}) {
  const { title, more, kind, children } = props;
  const { tell } = usePage();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    heading.current?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  const close = () => tell({ type: 'opened', panel: { kind: 'none' } });
  return (
    <aside
      class={`panel panel-${kind}`}
      aria-label={title}
      onKeyDown={(event) => {
        const isOpenMenu = event.target instanceof Element && event.target.closest('article');
        if (event.key === 'Escape' && !event.defaultPrevented && !isOpenMenu) close();
      }}
    >
      <div class="panel-head">
        <h2 ref={heading} tabIndex={-1}>
          {title}
        </h2>
        <span class="faint">{more}</span>
        <button type="button" class="quiet close" aria-label={`Close ${title}`} onClick={close}>
          ✕
        </button>
      </div>
      {children}
    </aside>
  );
}
