// The whole page: what is shown, how wide, how bright, and the way to each part.
import { useLayoutEffect, useMemo, useState } from 'preact/hooks';
import type { GalleryEntry } from './entry.ts';
import { Exhibit } from './exhibit.tsx';
import { galleryPeople } from './gallery-people.ts';

/** Shown where nothing was asked for: the ordinary ones; the hard ones are one click away. */
const isOrdinary = ({ group }: GalleryEntry): boolean => !/, (?:minimal|hostile|huge)$/.test(group);

const askedFor = (): string | null => new URLSearchParams(location.search).get('only');

/** An anchor brings its own group with it. */
function shownAtFirst(entries: readonly GalleryEntry[]): string {
  const anchored = entries.find(({ id }) => `#${id}` === location.hash);
  if (askedFor() === null && anchored && !isOrdinary(anchored)) return anchored.group;
  return askedFor() ?? 'ordinary';
}

function choose(entries: readonly GalleryEntry[], only: string): GalleryEntry[] {
  if (only === 'ordinary') return entries.filter(isOrdinary);
  const wanted = only.toLowerCase();
  const part = entries.filter(({ group }) => group.toLowerCase() === wanted);
  if (part.length > 0) return part;
  return entries.filter(
    ({ group, id }) => group.toLowerCase().includes(wanted) || id.includes(wanted),
  );
}

function groupsOf(entries: readonly GalleryEntry[]): Map<string, GalleryEntry[]> {
  const groups = new Map<string, GalleryEntry[]>();
  for (const entry of entries) groups.set(entry.group, [...(groups.get(entry.group) ?? []), entry]);
  return groups;
}

const SHOWN = [
  ['ordinary', 'Ordinary'],
  ['minimal', 'Minimal'],
  ['hostile', 'Hostile'],
  ['huge', 'Huge'],
  ['', 'All'],
] as const;

export function Gallery({ entries, now }: { entries: readonly GalleryEntry[]; now: number }) {
  const [only, setOnly] = useState(() => shownAtFirst(entries));
  const [theme, setTheme] = useState('system');
  const [width, setWidth] = useState('wide');
  useLayoutEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
  }, [theme]);
  const people = useMemo(() => galleryPeople(now), [now]);
  const shown = choose(entries, only);
  const groups = groupsOf(shown);
  return (
    <div class={`gallery gallery-${width}`}>
      <header class="gallery-head">
        <h1>Gallery</h1>
        <p>
          Every card, window and line that the pager can draw: {shown.length} of {entries.length}.
        </p>
        <div class="gallery-switches">
          <Switch name="Show" options={SHOWN} value={only} onChange={setOnly} />
          <Switch
            name="Width"
            options={[
              ['wide', 'Wide'],
              ['narrow', 'Narrow'],
            ]}
            value={width}
            onChange={setWidth}
          />
          <Switch
            name="Light"
            options={[
              ['system', 'System'],
              ['light', 'Light'],
              ['dark', 'Dark'],
            ]}
            value={theme}
            onChange={setTheme}
          />
        </div>
        <details>
          <summary>Contents</summary>
          <nav aria-label="Contents">
            <ul>
              {[...groups.keys()].map((group) => (
                <li key={group}>
                  <a href={`#${groupId(group)}`}>{group}</a>
                </li>
              ))}
            </ul>
          </nav>
        </details>
      </header>
      <main>
        {[...groups].map(([group, members]) => (
          <div key={group}>
            <h2 id={groupId(group)}>{group}</h2>
            <div class="gallery-group">
              {members.map((entry) => (
                <Exhibit key={entry.id} entry={entry} people={people} />
              ))}
            </div>
          </div>
        ))}
      </main>
    </div>
  );
}

const groupId = (group: string): string =>
  `group-${group.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`;

function Switch({
  name,
  options,
  value,
  onChange,
}: {
  name: string;
  options: readonly (readonly [string, string])[];
  value: string;
  onChange(value: string): void;
}) {
  return (
    <fieldset class="gallery-switch">
      <legend>{name}</legend>
      {options.map(([key, words]) => (
        <button key={key} type="button" aria-pressed={key === value} onClick={() => onChange(key)}>
          {words}
        </button>
      ))}
    </fieldset>
  );
}
