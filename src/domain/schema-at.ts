/** The part of a zod schema that a path leads to. Pure. */
import { z } from 'zod';

/** The schema at that path below `schema`, without what makes it optional; null where the path leaves it. */
export function schemaAt(schema: z.ZodType, path: readonly PropertyKey[]): z.ZodType | null {
  let at: unknown = bare(schema);
  for (const part of path) {
    if (at instanceof z.ZodObject) at = bare(at.shape[String(part)]);
    else if (at instanceof z.ZodArray) at = bare(at.element);
    else return null;
  }
  return at instanceof z.ZodType ? at : null;
}

/** The names that an object at that path may have; none where it is no object. */
export function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  const at = schemaAt(schema, path);
  return at instanceof z.ZodObject ? Object.keys(at.shape) : [];
}

function bare(schema: unknown): unknown {
  if (schema instanceof z.ZodOptional) return bare(schema.unwrap());
  if (schema instanceof z.ZodPipe) return bare(schema.in);
  return schema;
}
