// How much has been typed of what fits: said once it matters.

/** Where the text is short, or more than half of the room is used. */
const matters = (length: number, min: number | undefined, max: number | undefined): boolean =>
  (length > 0 && min !== undefined && length < min) ||
  (max !== undefined && (max <= 300 || length > max / 2));

export function CharacterCount({
  length,
  min,
  max,
}: {
  length: number;
  min?: number;
  max?: number;
}) {
  if (!matters(length, min, max)) return null;
  const wrong =
    (min !== undefined && length > 0 && length < min) || (max !== undefined && length > max);
  return (
    <div class={`bk-count${wrong ? ' bk-wrong' : ''}`}>
      {min !== undefined && length < min
        ? `${length} of at least ${min}`
        : `${length} / ${max ?? length}`}
      <span class="bk-hidden"> characters</span>
    </div>
  );
}
