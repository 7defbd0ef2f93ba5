// Reads `/gallery.json`: the entries, and the moment they take for now. Pure.
import { isJson } from '../../slack/controls.ts';
import type { GalleryEntry } from './entry.ts';

const isEntry = (value: unknown): value is GalleryEntry =>
  isJson(value) &&
  typeof value['id'] === 'string' &&
  typeof value['title'] === 'string' &&
  typeof value['group'] === 'string' &&
  isJson(value['payload']) &&
  Array.isArray(value['payload']['blocks']);

/** `{entries, now}`, or the list of entries alone; then now is the time of the machine. */
export function readEntries(body: unknown): { entries: GalleryEntry[]; now: number } {
  const entries = isJson(body) ? body['entries'] : body;
  if (!Array.isArray(entries) || !entries.every(isEntry))
    throw new Error('/gallery.json holds no entries');
  const now = isJson(body) && typeof body['now'] === 'number' ? body['now'] : Date.now();
  return { entries, now };
}
