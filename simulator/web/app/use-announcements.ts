// Says aloud, for who cannot see it, what happened in the workspace: what a card says now, who wrote.
import { useEffect, useRef } from 'preact/hooks';
import type { ShownMessage } from '../protocol.ts';
import { blockLines, newWords, plainWords } from './block-words.ts';
import type { Page } from './page.ts';
import type { Event, Seen } from './page-state.ts';

const LONGEST = 200;

export function useAnnouncements(page: Page | null, tell: (event: Event) => void): void {
  const before = useRef<Seen | null>(null);
  const seen = page?.seen ?? null;
  useEffect(() => {
    const last = before.current;
    before.current = seen;
    if (!page || !last || !seen || last.directory.me !== seen.directory.me) return;
    if (last.messages === seen.messages) return;
    const words = [...seen.messages]
      .filter(([key, message]) => last.messages.get(key) !== message)
      .flatMap(([key, message]) => happened(page, last.messages.get(key), message) ?? []);
    const newest = words.at(-1);
    if (newest !== undefined) tell({ type: 'said', words: newest.slice(0, LONGEST) });
  }, [seen]);
}

function happened(
  { people, state }: Page,
  before: ShownMessage | undefined,
  now: ShownMessage,
): string | undefined {
  if (before) {
    return newWords(blockLines(before.blocks, people), blockLines(now.blocks, people));
  }
  if (now.user === state.as) return undefined;
  const words = plainWords(now.text, people) || blockLines(now.blocks, people).join('. ');
  return now.is_note ? `Only for you: ${words}` : `${people.userName(now.user)}: ${words}`;
}
