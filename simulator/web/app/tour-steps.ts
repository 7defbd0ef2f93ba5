// What of the first steps is there to do, and what was done. Pure.
import type { ItemsInfo, ShownMessage } from '../protocol.ts';
import type { Seen } from './page-state.ts';

const DECIDING = /^item_(approve|edit|reject|answer|prefer)/;

/** The newest card that this person has before them and could decide. */
export function waitingCard({
  messages,
  directory,
}: Pick<Seen, 'messages' | 'directory'>): ShownMessage | null {
  const own = new Set(directory.channels.filter(({ is_member }) => is_member).map(({ id }) => id));
  const waiting = [...messages.values()].filter(
    (each) => own.has(each.channel) && each.blocks.some(isDeciding),
  );
  return waiting.toSorted((a, b) => (a.ts < b.ts ? 1 : -1))[0] ?? null;
}

function isDeciding(block: ShownMessage['blocks'][number]): boolean {
  const elements: unknown = block['elements'];
  return (
    block.type === 'actions' &&
    Array.isArray(elements) &&
    elements.some(
      (each: unknown) =>
        typeof each === 'object' &&
        each !== null &&
        'action_id' in each &&
        DECIDING.test(String(each.action_id)),
    )
  );
}

/** How many items that were put in from here a person has decided. */
export const decidedByPeople = ({ entries }: Pick<ItemsInfo, 'entries'>): number =>
  entries.filter(({ result }) => deciderOf(result) === 'human').length;

function deciderOf(result: unknown): unknown {
  const by: unknown =
    typeof result === 'object' && result !== null && 'decided_by' in result
      ? result.decided_by
      : null;
  return typeof by === 'object' && by !== null && 'type' in by ? by.type : null;
}
