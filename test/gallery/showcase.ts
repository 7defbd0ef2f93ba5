// Every block and element of Block Kit, and texts that were written to harm in each place that takes one. Pure.
import type { GalleryEntry } from '../../simulator/web/gallery/entry.ts';
import { controls, richText } from './showcase-blocks.ts';
import { form } from './showcase-form.ts';
import { hostile } from './showcase-hostile.ts';
import { newer } from './showcase-newer.ts';
import { plain } from './showcase-parts.ts';

/** Ids `every-…`: nothing here is cut, for the renderer has to stand what comes. */
export function showcaseEntries(): GalleryEntry[] {
  const entry = (
    id: string,
    title: string,
    surface: GalleryEntry['surface'],
    blocks: readonly unknown[],
    more: { title?: { text: string }; submit?: { text: string }; close?: { text: string } } = {},
  ): GalleryEntry => ({
    id: `every-${id}`,
    title,
    group: 'Every block',
    surface,
    payload: { blocks, ...more },
  });
  return [
    entry('control', 'Texts and controls', 'message', controls),
    entry('rich-text', 'Rich text', 'message', [richText]),
    entry('newer', 'The newer blocks', 'message', newer),
    entry('input', 'Every input', 'modal', form, {
      title: { text: 'Every input' },
      submit: { text: 'Send' },
      close: { text: 'Cancel' },
    }),
    {
      ...entry('refused', 'Fields that were filled in wrong', 'modal', form.slice(0, 12), {
        title: { text: 'Refused' },
        submit: { text: 'Send' },
        close: { text: 'Cancel' },
      }),
      errors: Object.fromEntries(
        ['text', 'long', 'number', 'select', 'several', 'radio'].map((id) => [
          id,
          'This is not right yet: please look once more.',
        ]),
      ),
    },
    { ...entry('busy', 'A button that waits', 'message', controls.slice(6, 7)), busy: 'b1' },
    entry('home', 'A Home', 'home', [
      { type: 'header', text: plain('What waits for you') },
      ...controls.slice(1, 4),
      ...controls.slice(6, 7),
    ]),
    entry('hostile', 'Hostile in every place', 'message', hostile),
  ];
}
