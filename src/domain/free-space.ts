/** When the space that is left on a disk deserves a warning. Pure. */

/** Bytes. */
export interface Space {
  free: number;
  total: number;
}

const GB = 1e9;

/** Told each once: a tenth of the disk left, a gigabyte left. */
export const SPACE_LIMITS = ['tenth', 'gigabyte'] as const;
export type SpaceLimit = (typeof SPACE_LIMITS)[number];

/** Less than this is filled by a few large items at once: a full disk counts as mended only above it. */
export const ROOM_BYTES = 1024 * 1024;

/** By how much the space must be above a limit before the warning is over. */
const WELL_ABOVE = 1.1;

/** The limits that the space is under. @param ease more than 1: how far above counts as under still */
export function limitsUnder({ free, total }: Space, ease = 1): SpaceLimit[] {
  const under: SpaceLimit[] = [];
  if (free < (total / 10) * ease) under.push('tenth');
  if (free < GB * ease) under.push('gigabyte');
  return under;
}

/** Those that it is well above: should it come under them again, that is told again. */
export const limitsOver = (space: Space): SpaceLimit[] => {
  const under = limitsUnder(space, WELL_ABOVE);
  return SPACE_LIMITS.filter((limit) => !under.includes(limit));
};

/** One sentence where any limit is passed, or null. `folder`: HITL_DATA_DIR's. */
export const spaceWarning = (space: Space, folder: string): string | null =>
  limitsUnder(space).length === 0
    ? null
    : `${spaceWords(space)} on the disk that HITL_DATA_DIR (${folder}) is on: make room; when it is full, nothing more can be saved`;

/** "0.4 GB (2%) free". */
export const spaceWords = ({ free, total }: Space): string =>
  `${(free / GB).toFixed(1)} GB (${total === 0 ? 0 : Math.floor((free / total) * 100)}%) free`;
