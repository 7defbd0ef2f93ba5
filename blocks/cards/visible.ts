/** What a domain lets its experts see at a glance (`visible_fields`). Details show the whole item. Pure. */
import type { CardDomain } from './card-input.ts';

/** Parts of a card that a domain can leave out. What is decided about, who asked and until when are always shown. */
type GlanceField = 'confidence' | 'impact' | 'model' | 'evidence' | 'ensemble';

export const isVisible = (
  domain: Pick<CardDomain, 'visible_fields'>,
  field: GlanceField,
): boolean => domain.visible_fields === null || domain.visible_fields.includes(field);

/** The reasons for asking, less those that would give away a number the domain hides. */
export const visibleReasons = (domain: CardDomain, why: readonly string[]): string[] =>
  why.filter(
    (line) =>
      !(['confidence', 'impact'] as const).some(
        (field) => !isVisible(domain, field) && line.toLowerCase().includes(field),
      ),
  );
