// The page as its components reach it: what it knows, what happens to it, and deeds in the person's name.
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { People } from '../blocks/types.ts';
import type { Answer, Deed } from '../protocol.ts';
import type { Event, PageState, Seen } from './page-state.ts';

export interface Page {
  state: PageState;
  seen: Seen;
  people: People;
  tell(event: Event): void;
  /** Sends a deed; what went wrong is shown as well as answered. */
  perform(deed: Deed): Promise<Answer>;
}

export const PageContext = createContext<Page | null>(null);

export function usePage(): Page {
  const page = useContext(PageContext);
  if (!page) throw new Error('there is no page around this');
  return page;
}
