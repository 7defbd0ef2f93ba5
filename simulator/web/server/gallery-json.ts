// What the gallery page shows, as JSON; made once, when someone first looks at it.
let made: Promise<string> | null = null;

export function galleryJson(): Promise<string> {
  // oxlint-disable-next-line no-restricted-imports -- the gallery shows what the tests draw
  made ??= import('../../../test/gallery/fixtures.ts').then(({ GALLERY_NOW, galleryEntries }) =>
    JSON.stringify({ entries: galleryEntries(), now: GALLERY_NOW }),
  );
  return made;
}
