/**
 * JSON Schema as MCP's elicitation, zod and pydantic write it, put into the words that a form knows (`answer-fields`), where
 * it means the same. What cannot be asked in a form is named with its place. Pure; what it does not know it leaves as it is.
 */

export interface SchemaProblem {
  path: (string | number)[];
  message: string;
}

type Schema = Record<string, unknown>;
type Path = (string | number)[];

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Says nothing about what a right answer is. */
const ANNOTATIONS = ['examples', '$comment', 'deprecated', 'readOnly', 'writeOnly', '$id', 'id'];
/** zod names these formats beside a pattern that says the same. */
const SAID_BY_PATTERN = new Set([
  ...['starts_with', 'ends_with', 'includes', 'regex', 'lowercase', 'uppercase'],
]);
/** What zod 4.0 to 4.3 writes beside `format: email`. It looks ahead; the format is checked by the same rule. */
const EMAIL_OF_ZOD =
  "^(?!\\.)(?!.*\\.\\.)([A-Za-z0-9_'+\\-\\.]*)[A-Za-z0-9_+-]@([A-Za-z0-9][A-Za-z0-9\\-]*\\.)+[A-Za-z]{2,}$";
const DEEPEST_REF = 10;

/** What `$ref` may name, and whom to tell what no form can ask. */
interface Reading {
  defs: Schema;
  say: (path: Path, message: string) => void;
}

/** The schema in plain words, and what of it no form can ask. */
export function plainSchema(given: unknown): { schema: unknown; problems: SchemaProblem[] } {
  const problems: SchemaProblem[] = [];
  if (!isSchema(given)) return { schema: given, problems };
  const { $defs, definitions, ...whole } = given;
  const reading: Reading = {
    defs: { ...(isSchema(definitions) ? definitions : {}), ...(isSchema($defs) ? $defs : {}) },
    say: (path, message) => problems.push({ path, message }),
  };
  const schema = withoutAnnotations(resolved(whole, reading, []));
  if (isSchema(schema['additionalProperties']) && isEmpty(schema['additionalProperties']))
    schema['additionalProperties'] = true;
  if (isSchema(schema['properties']))
    schema['properties'] = Object.fromEntries(
      Object.entries(schema['properties']).map(([name, one]) => [
        name,
        plainField(one, reading, ['properties', name]),
      ]),
    );
  return { schema, problems };
}

const isEmpty = (schema: Schema): boolean => Object.keys(schema).length === 0;

function withoutAnnotations(schema: Schema): Schema {
  const copy = { ...schema };
  for (const name of ANNOTATIONS) delete copy[name];
  return copy;
}

/** Without `$ref` and an `allOf` of one: what stands beside them counts more. */
function resolved(schema: Schema, reading: Reading, path: Path, depth = 0): Schema {
  const { $ref, allOf, ...beside } = schema;
  if (typeof $ref === 'string') {
    const name = /^#\/(?:\$defs|definitions)\/(.+)$/.exec($ref)?.[1]?.replaceAll('~1', '/');
    const target =
      name !== undefined && Object.hasOwn(reading.defs, name) ? reading.defs[name] : undefined;
    if (!isSchema(target) || depth >= DEEPEST_REF) {
      const problem = isSchema(target)
        ? 'leads back to itself'
        : `names "${$ref}", which is not in $defs`;
      reading.say([...path, '$ref'], problem);
      return beside;
    }
    return resolved({ ...target, ...beside }, reading, path, depth + 1);
  }
  if (Array.isArray(allOf)) {
    const [only] = allOf as unknown[];
    if (allOf.length !== 1 || !isSchema(only)) {
      reading.say([...path, 'allOf'], 'can’t be asked in a form: write one schema');
      return beside;
    }
    return resolved({ ...only, ...beside }, reading, path, depth + 1);
  }
  return schema;
}

function plainField(given: unknown, reading: Reading, path: Path): unknown {
  if (!isSchema(given)) return given;
  const field = withNull(withoutAnnotations(resolved(given, reading, path)), reading, path);
  if (field['default'] === null) delete field['default'];
  const kind = field['type'];
  if (kind === 'array') return plainList(field, reading, path);
  if (kind === 'object' || isSchema(field['properties']))
    reading.say(
      path,
      'is an object of its own, which a form can’t ask: put its fields beside the others',
    );
  const asked = withConst(withChoices(field, reading, path));
  const { format, pattern } = asked;
  if (typeof format === 'string' && SAID_BY_PATTERN.has(format) && pattern !== undefined)
    delete asked['format'];
  if (format === 'email' && pattern === EMAIL_OF_ZOD) delete asked['pattern'];
  return asked;
}

/** `anyOf: [T, null]`, `type: [T, null]` and `enum: […, null]` are T that may be null. */
function withNull(field: Schema, reading: Reading, path: Path): Schema {
  const { anyOf, oneOf, type, ...beside } = field;
  const key = Array.isArray(anyOf) ? 'anyOf' : 'oneOf';
  const list: unknown = anyOf ?? oneOf;
  if (Array.isArray(list)) {
    const each = (list as unknown[]).map((one, at): Schema =>
      isSchema(one) ? resolved(one, reading, [...path, key, at]) : {},
    );
    const others = each.filter((one) => one['type'] !== 'null');
    const nullable = others.length < each.length ? { nullable: true } : {};
    const outer = type === undefined ? {} : { type };
    const [only] = others;
    if (others.length === 1 && only !== undefined && (nullable.nullable || !('const' in only)))
      return withNull(
        { ...outer, ...withoutAnnotations(only), ...beside, ...nullable },
        reading,
        path,
      );
    if (others.length > 0 && others.every((one) => 'const' in one || Array.isArray(one['enum'])))
      return { ...outer, ...beside, ...choicesOf(others), ...nullable };
    reading.say(
      [...path, key],
      'has several kinds of value, which a form can’t ask: take one, or a list of choices',
    );
    return { ...field };
  }
  if (!Array.isArray(type)) return withoutNullChoice(field);
  const kinds = type.filter((one) => one !== 'null') as unknown[];
  if (kinds.length !== 1)
    reading.say([...path, 'type'], 'names several types, which a form can’t ask: take one');
  return withoutNullChoice({
    ...beside,
    type: kinds[0],
    ...(kinds.length < type.length ? { nullable: true } : {}),
  });
}

function withoutNullChoice(field: Schema): Schema {
  const { enum: choices } = field;
  if (!Array.isArray(choices) || !choices.includes(null)) return { ...field };
  return { ...field, enum: choices.filter((one) => one !== null) as unknown[], nullable: true };
}

/** `oneOf: [{const, title}, …]` as choices and what they are called. */
function choicesOf(list: readonly Schema[]): Schema {
  const choices = list.flatMap((one) =>
    (Array.isArray(one['enum']) ? (one['enum'] as unknown[]) : [one['const']]).map((value) => ({
      value,
      name: typeof one['title'] === 'string' && 'const' in one ? one['title'] : String(value),
    })),
  );
  const named = choices.some(({ value, name }) => name !== value);
  return {
    enum: choices.map(({ value }) => value),
    ...(named && list.some((one) => 'title' in one)
      ? { enumNames: choices.map(({ name }) => name) }
      : {}),
  };
}

/** Choices that name no type have that of their values. */
function withChoices(field: Schema, reading: Reading, path: Path): Schema {
  const { enum: choices, type } = field;
  const values = Array.isArray(choices)
    ? (choices as unknown[])
    : 'const' in field
      ? [field['const']]
      : [];
  const kinds = new Set(values.map((one) => typeof one));
  if (kinds.size > 1)
    reading.say([...path, 'enum'], 'has choices of several types, which a form can’t ask');
  const [kind] = kinds;
  if (kind === 'boolean' && Array.isArray(choices)) {
    const { enum: _, ...rest } = field;
    return { ...rest, type: 'boolean', ...(values.length === 1 ? { const: values[0] } : {}) };
  }
  return type === undefined && kind !== undefined ? { ...field, type: kind } : field;
}

/** A constant is the one choice. */
function withConst(field: Schema): Schema {
  if (!('const' in field) || field['type'] === 'boolean') return { ...field };
  const { const: only, ...rest } = field;
  return { ...rest, enum: [only] };
}

function plainList(field: Schema, reading: Reading, path: Path): Schema {
  const { items, uniqueItems: _, ...list } = field;
  const one = plainField(items, reading, [...path, 'items']);
  if (!isSchema(one) || !Array.isArray(one['enum'])) {
    reading.say(
      [...path, 'items'],
      'must name choices (enum): a form can’t ask for a list of anything else',
    );
    return list;
  }
  const { title: _title, description: _description, ...choices } = one;
  return { ...list, items: choices };
}
