// Asks before it does, where the element says so.
import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { isJson } from '../../../slack/controls.ts';
import type { Json } from '../../../slack/controls.ts';
import type { People } from '../types.ts';
import { ConfirmDialog } from './confirm-dialog.tsx';

export interface Confirming {
  /** Does it now, or once the person is sure. */
  ask(act: () => void): void;
  /** The open question, to be drawn beside the control. */
  question: JSX.Element | null;
}

export function useConfirm(element: Json, people: People): Confirming {
  const [waiting, setWaiting] = useState<{ act: () => void } | null>(null);
  const { confirm } = element;
  if (!isJson(confirm)) return { ask: (act) => act(), question: null };
  return {
    ask: (act) => setWaiting({ act }),
    question: waiting && (
      <ConfirmDialog
        confirm={confirm}
        people={people}
        onAnswer={(sure) => {
          setWaiting(null);
          if (sure) waiting.act();
        }}
      />
    ),
  };
}
