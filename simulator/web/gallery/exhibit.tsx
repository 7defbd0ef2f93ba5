// One entry of the gallery, in the frame that its surface has in Slack.
import { useState } from 'preact/hooks';
import { Blocks } from '../blocks/blocks.tsx';
import { Mrkdwn } from '../blocks/text.tsx';
import type { Act, People, Surface } from '../blocks/types.ts';
import type { GalleryEntry } from './entry.ts';

export function Exhibit({ entry, people }: { entry: GalleryEntry; people: People }) {
  const [acts, setActs] = useState<Act[]>([]);
  const { id, title, surface: kind, payload } = entry;
  const surface: Surface = {
    kind,
    people,
    busy: entry.busy ?? null,
    ...(entry.errors ? { errors: entry.errors } : {}),
    onAct: (act) => setActs((before) => [...before, act]),
  };
  const last = acts.at(-1);
  return (
    <section class="gallery-exhibit" id={id} aria-labelledby={`${id}-title`}>
      <h3 id={`${id}-title`}>
        <a href={`#${id}`}>{title}</a>
      </h3>
      <div class={`gallery-frame gallery-${kind}`}>
        {kind === 'message' && <Author />}
        {payload.title && <div class="gallery-window-title">{payload.title.text}</div>}
        <div
          class="gallery-inside"
          {...(kind === 'modal' ? { tabIndex: 0, role: 'group', 'aria-label': title } : {})}
        >
          {payload.blocks.length === 0 ? (
            <div class="bk-blocks">
              <div class="bk-text">
                <Mrkdwn text={payload.text ?? ''} people={people} />
              </div>
            </div>
          ) : (
            <Blocks blocks={payload.blocks} surface={surface} />
          )}
        </div>
        {kind === 'modal' && (
          <div class="gallery-window-buttons bk-blocks">
            <button type="button" class="bk-button">
              {payload.close?.text ?? 'Cancel'}
            </button>
            {payload.submit && (
              <button type="button" class="bk-button bk-primary">
                {payload.submit.text}
              </button>
            )}
          </div>
        )}
      </div>
      {last && (
        <pre class="gallery-act" aria-label="What Slack would send">
          {JSON.stringify(last, null, 2)}
        </pre>
      )}
    </section>
  );
}

const Author = () => (
  <div class="gallery-author">
    <span class="gallery-avatar" aria-hidden="true">
      HP
    </span>
    <strong>HITL Pager</strong>
    <span class="gallery-app">APP</span>
  </div>
);
