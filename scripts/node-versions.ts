/** The Node versions that all of this is run on: the one of .nvmrc, by every test, and newer ones, by the story. */
export const OLDEST = '20';
export const NEWER = ['22', '24', '26'] as const;
