// One thing that the gallery shows. Types only.

export interface GalleryEntry {
  /** The anchor on the page: letters, digits and hyphens; unique. */
  id: string;
  title: string;
  /** The part of the page it stands in. */
  group: string;
  surface: 'message' | 'modal' | 'home';
  /** A message (`text`, `blocks`) or a view as the app would send it. */
  payload: GalleryPayload;
  /** What the page shows beside it: errors at fields by block id, and the action that waits. */
  errors?: Record<string, string>;
  busy?: string;
}

export interface GalleryPayload {
  text?: string;
  title?: { text: string };
  submit?: { text: string };
  close?: { text: string };
  blocks: readonly unknown[];
}
