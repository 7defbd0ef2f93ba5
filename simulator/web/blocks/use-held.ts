// What an element holds: what the person entered here, else what the surface remembers, else its initial value.
import { useState } from 'preact/hooks';
import type { Json } from '../../slack/controls.ts';
import { initialValue } from '../../slack/view-state.ts';
import { stringOf } from './payload.ts';
import type { Act, FormValue, Surface } from './types.ts';

export interface Place {
  surface: Surface;
  block_id: string;
  element: Json;
  /** Whether a change is told to the app at once: in actions and sections, and in inputs that dispatch. */
  dispatches: boolean;
}

export interface Holding {
  held: FormValue;
  /** Keeps a value; `tell` says whether the app hears of it now (where the place dispatches at all). */
  hold(value: Omit<FormValue, 'type'>, tell?: boolean): void;
  /** Tells the app what is held. */
  tell(value?: Omit<FormValue, 'type'>): void;
  busy: boolean;
}

export function useHeld({ surface, block_id, element, dispatches }: Place): Holding {
  const type = stringOf(element['type']);
  const action_id = stringOf(element['action_id']);
  const key = JSON.stringify([block_id, action_id, type]);
  // What was entered belongs to this element: another one in its place starts anew.
  const [own, setOwn] = useState<{ key: string; value: FormValue } | null>(null);
  const remembered = surface.values?.[block_id]?.[action_id];
  const start: FormValue = { type, ...initialValue({ ...element, type }) };
  const held = own?.key === key ? own.value : remembered?.type === type ? remembered : start;
  const tell = (value: Omit<FormValue, 'type'> = held) => {
    if (!dispatches || surface.busy === action_id) return;
    const act: Act = { ...value, type, block_id, action_id };
    surface.onAct(act);
  };
  return {
    held,
    hold(value, tellNow = true) {
      const next: FormValue = { ...value, type };
      setOwn({ key, value: next });
      surface.onValue?.(block_id, action_id, next);
      if (tellNow) tell(value);
    },
    tell,
    busy: surface.busy !== null && surface.busy === action_id,
  };
}
