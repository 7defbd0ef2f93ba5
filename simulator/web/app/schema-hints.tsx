// The fields that an item can have, and what each takes, from its JSON Schema.
type Json = Record<string, unknown>;
const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function SchemaHints({ schema }: { schema: object }) {
  const { properties, required } = schema as Json;
  if (!isJson(properties)) return null;
  const needed = Array.isArray(required) ? required : [];
  return (
    <details class="hints">
      <summary>What an item can have</summary>
      <dl>
        {Object.entries(properties).map(([name, field]) => (
          <div key={name}>
            <dt>
              <code>{name}</code>
              {needed.includes(name) && <span class="faint"> needed</span>}
            </dt>
            <dd>{fieldWords(field)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function fieldWords(field: unknown): string {
  if (!isJson(field)) return '';
  const { type, anyOf, enum: choices, maxLength, minimum, maximum, maxItems, items } = field;
  if (Array.isArray(choices)) return choices.join(', ');
  if (Array.isArray(anyOf)) return anyOf.map(fieldWords).filter(Boolean).join(' or ');
  const within =
    typeof maxLength === 'number'
      ? `up to ${maxLength} characters`
      : typeof maximum === 'number'
        ? `${String(minimum)} to ${maximum}`
        : typeof maxItems === 'number'
          ? `up to ${maxItems}`
          : '';
  const of =
    isJson(items) && isJson(items['properties'])
      ? `of {${Object.keys(items['properties']).join(', ')}}`
      : isJson(field['properties'])
        ? `{${Object.keys(field['properties']).join(', ')}}`
        : '';
  return [typeof type === 'string' ? type : 'any JSON', of, within].filter(Boolean).join(', ');
}
