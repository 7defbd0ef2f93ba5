// The item as a form: what most items have, and what its kind needs. The rest stays as it is in the JSON.
import { useId } from 'preact/hooks';
import { usePage } from './page.ts';
import type { Json } from './item-text.ts';

const KINDS: { kind: string; words: string; needs: Json }[] = [
  {
    kind: 'approval',
    words: 'Approval: may I do this?',
    needs: { action: { name: 'do_it', args: {} } },
  },
  { kind: 'question', words: 'Question: what is the answer?', needs: {} },
  { kind: 'review', words: 'Review: is this right?', needs: { proposal: '…' } },
  {
    kind: 'comparison',
    words: 'Comparison: which is better?',
    needs: {
      candidates: [
        { id: 'a', text: '…' },
        { id: 'b', text: '…' },
      ],
    },
  },
];
/** What only some kinds have: taken away when the kind changes. */
const OF_KIND = ['action', 'candidates', 'options', 'answer_schema'];
const DOMAINS = ['billing', 'support', 'data-ops', 'compliance'];

interface FieldProps {
  item: Json;
  name: string;
  label: string;
  errors: Record<string, string>;
  onChange(item: Json): void;
}

export function ItemForm(props: {
  item: Json;
  errors: Record<string, string>;
  onChange(item: Json): void;
}) {
  const { item, onChange } = props;
  const { seen } = usePage();
  const kind = String(item['kind'] ?? '');
  const choose = (next: string) => {
    const rest = Object.fromEntries(
      Object.entries(item).filter(([name]) => !OF_KIND.includes(name)),
    );
    const needs = KINDS.find((each) => each.kind === next)?.needs ?? {};
    onChange({ ...needs, ...rest, kind: next });
  };
  return (
    <>
      <div class="field-row">
        <label class="field">
          <span>Kind</span>
          <select value={kind} onChange={(event) => choose(event.currentTarget.value)}>
            {KINDS.map((each) => (
              <option key={each.kind} value={each.kind}>
                {each.words}
              </option>
            ))}
          </select>
        </label>
        <label class="field">
          <span>Domain</span>
          <select
            value={String(item['domain'] ?? '')}
            onChange={(event) => onChange(withField(item, 'domain', event.currentTarget.value))}
          >
            <option value="">rules decide</option>
            {DOMAINS.map((domain) => (
              <option key={domain}>{domain}</option>
            ))}
          </select>
        </label>
      </div>
      <TextField {...props} name="title" label="Title" rows={2} />
      <TextField {...props} name="body" label="What the expert needs to read" rows={3} />
      {kind !== 'approval' && typeof (item['proposal'] ?? '') === 'string' && (
        <TextField {...props} name="proposal" label="What the AI would say" rows={3} />
      )}
      {kind === 'approval' && <JsonField {...props} name="action" label="Action (JSON)" />}
      {kind === 'comparison' && (
        <JsonField {...props} name="candidates" label="Candidates (JSON)" />
      )}
      {kind === 'question' && <JsonField {...props} name="options" label="Options (JSON)" />}
      <TextField {...props} name="justification" label="Why the AI thinks so" rows={2} />
      <div class="field-row">
        <NumberField {...props} name="confidence" label="Confidence" max={1} step={0.01} />
        <NumberField {...props} name="impact" label="Impact" max={10} step={1} />
      </div>
      <p class="faint">
        id <code>{String(item['id'] ?? '')}</code>; evidence, tags and more under JSON.
        {seen.items.entries.length === 0 && ' Below 0.60 confidence a person is asked.'}
      </p>
    </>
  );
}

function withField(item: Json, name: string, value: unknown): Json {
  const { [name]: _before, ...rest } = item;
  // An empty field is a field that is not there.
  return value === '' || value === undefined ? rest : { ...item, [name]: value };
}

function TextField({ item, name, label, rows, errors, onChange }: FieldProps & { rows: number }) {
  return (
    <label class="field">
      <span>{label}</span>
      <textarea
        rows={rows}
        value={String(item[name] ?? '')}
        aria-invalid={errors[name] !== undefined}
        onInput={(event) => onChange(withField(item, name, event.currentTarget.value))}
      />
    </label>
  );
}

function NumberField(props: FieldProps & { max: number; step: number }) {
  const { item, name, label, max, step, errors, onChange } = props;
  const id = useId();
  const value = item[name];
  return (
    <div class="field">
      <label for={id}>
        {label} <output>{typeof value === 'number' ? value : 'not said'}</output>
      </label>
      <input
        id={id}
        type="range"
        min={0}
        max={max}
        step={step}
        value={typeof value === 'number' ? value : 0}
        aria-invalid={errors[name] !== undefined}
        onInput={(event) => onChange(withField(item, name, event.currentTarget.valueAsNumber))}
      />
    </div>
  );
}

/** JSON within the form: kept once it can be read. */
function JsonField({ item, name, label, errors, onChange }: FieldProps) {
  const written = item[name] === undefined ? '' : JSON.stringify(item[name], null, 1);
  return (
    <label class="field">
      <span>{label}</span>
      <textarea
        class="json"
        key={`${name} ${String(item['id'])} ${String(item['kind'])}`}
        rows={Math.min(7, written.split('\n').length)}
        spellcheck={false}
        defaultValue={written}
        aria-invalid={errors[name] !== undefined}
        onInput={(event) => {
          const { currentTarget: box } = event;
          const text = box.value.trim();
          try {
            const value: unknown = text === '' ? undefined : JSON.parse(text);
            box.setCustomValidity('');
            onChange(withField(item, name, value));
          } catch {
            box.setCustomValidity('This is no JSON');
          }
        }}
      />
    </label>
  );
}
