// How an element is called by those who cannot see it, and what else is said about it. Types and shaping only.

export interface Naming {
  /** The id that the control itself takes, where a `<label for>` points at it. */
  id?: string;
  /** Ids of what names it; else `label` is its name. */
  labelledBy?: string;
  label?: string;
  /** Ids of hint and error. */
  describedBy?: string;
  invalid?: boolean;
  required?: boolean;
}

/** The attributes of a single control. */
export const namingAttributes = (naming: Naming) => ({
  id: naming.id,
  'aria-labelledby': naming.labelledBy,
  'aria-label': naming.labelledBy === undefined ? naming.label : undefined,
  'aria-describedby': naming.describedBy,
  'aria-invalid': naming.invalid ? ('true' as const) : undefined,
  'aria-required': naming.required ? ('true' as const) : undefined,
});
