// Talking to the page's server: one stream of what happens, and deeds sent to it.
import type { Answer, Change, Deed, Snapshot } from '../protocol.ts';

export interface Heard {
  snapshot(snapshot: Snapshot): void;
  changes(changes: Change[]): void;
  connection(is_connected: boolean): void;
}

/** Listens as that person until the returned function is called; comes back by itself when it is cut off. */
export function listen(as: string, heard: Heard): () => void {
  let source: EventSource;
  let again: number | undefined;
  const open = () => {
    source = new EventSource(`/web/events?as=${encodeURIComponent(as)}`);
    source.addEventListener('snapshot', (event) =>
      heard.snapshot(JSON.parse(event.data) as Snapshot),
    );
    source.addEventListener('changes', (event) =>
      heard.changes(JSON.parse(event.data) as Change[]),
    );
    source.addEventListener('error', () => {
      heard.connection(false);
      // The browser tries again by itself, apart from where it was refused.
      if (source.readyState === EventSource.CLOSED) again = window.setTimeout(open, 1500);
    });
  };
  open();
  return () => {
    window.clearTimeout(again);
    source.close();
  };
}

/** Sends what was done. Never throws: a server that is gone is an answer too. */
export async function send(deed: Deed): Promise<Answer> {
  try {
    const response = await fetch('/web/do', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(deed),
    });
    return (await response.json()) as Answer;
  } catch {
    return { ok: false, error: 'The workspace does not answer. Is the demo still running?' };
  }
}
