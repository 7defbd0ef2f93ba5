// Makes entries of the gallery out of what the product draws. Pure.
import { withinLimits } from '../../blocks/text/limits.ts';
import type { GalleryEntry, GalleryPayload } from '../../simulator/web/gallery/entry.ts';

const slug = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

/** As the product would send it: cut to what Slack takes. */
export const entryOf = (
  group: string,
  title: string,
  surface: GalleryEntry['surface'],
  payload: GalleryPayload,
): GalleryEntry => ({
  id: slug(`${group} ${title}`),
  title,
  group,
  surface,
  payload: withinLimits(surface, payload),
});
