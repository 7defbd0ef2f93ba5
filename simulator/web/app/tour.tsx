// What to do first: three steps over the messages, each ticked off once it was done, until they are put away. They
// say what this is for to whoever reads nothing else.
import { useEffect, useState } from 'preact/hooks';
import type { ShownMessage } from '../protocol.ts';
import { usePage } from './page.ts';
import { rememberTourEnd, wasTourEnded } from './session.ts';
import { decidedByPeople, waitingCard } from './tour-steps.ts';

const HOUR = 60 * 60_000;

export function Tour() {
  const { state, seen, tell, perform } = usePage();
  const [isOver, setOver] = useState(wasTourEnded);
  const [hasLooked, setLooked] = useState(false);
  const card = waitingCard(seen);
  const isDecided = decidedByPeople(seen.items) > 0;
  const isMoved = seen.clock.offset >= HOUR;
  const isLooking = isDecided && state.panel.kind === 'items';
  useEffect(() => {
    if (isLooking) setLooked(true);
  }, [isLooking]);
  if (isOver) return null;

  const goTo = ({ channel, ts }: ShownMessage, part?: string) => {
    tell({ type: 'went', place: { kind: 'channel', id: channel } });
    requestAnimationFrame(() => {
      const row = document.querySelector<HTMLElement>(`[data-ts="${ts}"]`);
      row?.scrollIntoView({ block: 'nearest' });
      if (part !== undefined) row?.querySelector<HTMLElement>(part)?.focus();
    });
  };
  const goToCard = () => {
    if (card) goTo(card, '.bk-actions button');
    else void perform({ do: 'next_item' });
  };
  const showResult = () => {
    tell({ type: 'opened', panel: { kind: 'items' } });
    requestAnimationFrame(() => {
      const decided = document.querySelector<HTMLDetailsElement>('.entry.is-decided details');
      if (decided) decided.open = true;
      document.querySelector('.came-back')?.scrollIntoView({ block: 'start' });
    });
  };
  const steps = [
    {
      is_done: isDecided,
      words: card || isDecided ? 'Decide: press a button on its card' : 'Let it ask something',
      act: goToCard,
    },
    {
      is_done: hasLooked,
      words: 'See what the AI gets back',
      act: showResult,
    },
    {
      is_done: isMoved,
      words: 'Leave a card alone: move the clock on 1 h',
      act: () => {
        if (card) goTo(card);
        void perform(card ? { do: 'move_clock', ms: HOUR } : { do: 'next_item' });
      },
    },
  ];
  const isDone = steps.every((step) => step.is_done);
  const next = steps.findIndex((step) => !step.is_done);
  return (
    <section class="tour" aria-label="What to try first">
      <p>
        {isDone
          ? 'That is the whole idea. Be somebody else, make trouble, put an item of your own in.'
          : 'Here an AI asks before it does what it should not decide alone.'}
      </p>
      <ol>
        {steps.map(({ is_done, words, act }, at) => (
          <li key={words}>
            <button
              type="button"
              class={`tour-step${is_done ? ' is-done' : ''}${at === next ? ' is-next' : ''}`}
              onClick={act}
            >
              <span class="tour-sign" aria-hidden="true">
                {is_done ? '✓' : at + 1}
              </span>
              {words}
              {is_done && <span class="heard"> (done)</span>}
            </button>
          </li>
        ))}
      </ol>
      <button
        type="button"
        class="quiet tour-end"
        aria-label="Put the first steps away"
        onClick={() => {
          rememberTourEnd();
          setOver(true);
        }}
      >
        ✕
      </button>
    </section>
  );
}
