// The AI's side: put an item in, by form or as JSON, and see what comes back.
import { useState } from 'preact/hooks';
import type { Answer, ItemEntry } from '../protocol.ts';
import { ItemForm } from './item-form.tsx';
import { freshId, itemIn } from './item-text.ts';
import { Menu } from './menu.tsx';
import { usePage } from './page.ts';
import { PanelFrame } from './panel-frame.tsx';
import { SchemaHints } from './schema-hints.tsx';

export function ItemPanel() {
  const { seen, perform } = usePage();
  const { entries, samples, next, schema } = seen.items;
  const [text, setText] = useState(() => samplesText(samples[0]?.item));
  const [isJson, setJson] = useState(false);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [trouble, setTrouble] = useState('');
  const read = itemIn(text);

  const settle = (answer: Answer) => {
    setErrors(answer.ok ? {} : (answer.errors ?? {}));
    setTrouble(answer.ok ? '' : answer.error);
    return answer.ok;
  };
  const put = async () => {
    if (!read.ok) return setTrouble(read.why);
    if (settle(await perform({ do: 'put_item', item: read.item }))) {
      // The same item again is a replay: the next one has an id of its own.
      setText((now) => (now === text ? freshId(now) : now));
    }
  };
  return (
    <PanelFrame title="Put an item in" more="as the AI does" kind="items">
      <div class="panel-body" role="group" tabIndex={0} aria-label="Items">
        <button
          type="button"
          class="strong next-item"
          onClick={() => void perform({ do: 'next_item' }).then(settle)}
        >
          Next of {next.of} <span class="next-title">{next.title}</span>
        </button>
        <div class="item-tabs" role="group" aria-label="How to write the item">
          {[false, true].map((each) => (
            <button
              key={String(each)}
              type="button"
              class="tab"
              aria-pressed={isJson === each}
              onClick={() => setJson(each)}
            >
              {each ? 'JSON' : 'Form'}
            </button>
          ))}
          <Menu
            face="Samples ▾"
            align="right"
            choices={samples.map(({ name }) => ({ id: name, words: name }))}
            onChoose={(name) => {
              setText(samplesText(samples.find((each) => each.name === name)?.item));
              setErrors({});
              setTrouble('');
            }}
          />
        </div>
        <form
          class="item-form"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void put();
          }}
        >
          {isJson || !read.ok ? (
            <>
              <label class="field">
                <span>The item as JSON</span>
                <textarea
                  class="json"
                  rows={16}
                  spellcheck={false}
                  value={text}
                  aria-invalid={!read.ok}
                  onInput={(event) => setText(event.currentTarget.value)}
                />
              </label>
              {!read.ok && <p class="field-error">{read.why}</p>}
              <SchemaHints schema={schema} />
            </>
          ) : (
            <ItemForm
              item={read.item}
              errors={errors}
              onChange={(item) => setText(JSON.stringify(item, null, 2))}
            />
          )}
          {trouble !== '' && (
            <div class="field-error" role="alert">
              {Object.keys(errors).length === 0
                ? trouble
                : Object.entries(errors).map(([field, problem]) => (
                    <div key={field}>
                      <code>{field}</code> {problem}
                    </div>
                  ))}
            </div>
          )}
          <button type="submit" class="plain">
            Put it in
          </button>
        </form>
        <h3 class="came-back">What came back</h3>
        {entries.length === 0 && <p class="faint">Nothing was put in from here yet.</p>}
        <ul class="entries">
          {entries.map((entry) => (
            <Entry key={entry.id} entry={entry} />
          ))}
        </ul>
      </div>
    </PanelFrame>
  );
}

const samplesText = (item: object | undefined): string =>
  freshId(JSON.stringify(item ?? { id: 'mine', kind: 'question', title: '' }, null, 2));

function Entry({ entry }: { entry: ItemEntry }) {
  const { id, title, kind, status, rule, result, delivery } = entry;
  const outcome =
    typeof result === 'object' && result !== null && 'outcome' in result
      ? String(result.outcome)
      : null;
  return (
    <li class={`entry${result ? ' is-decided' : ''}`}>
      <details>
        <summary>
          <span class={`chip chip-${outcome ?? status}`}>
            {(outcome ?? status).replaceAll('_', ' ')}
          </span>
          <span class="entry-title">{title}</span>
          <span class="faint">
            {id} · {kind}
            {rule !== null && ` · rule ${rule}`}
            {delivery && ' · webhook delivered'}
          </span>
        </summary>
        {result ? (
          <pre class="json" tabIndex={0} aria-label={`The result of ${id}`}>
            {JSON.stringify(result, null, 2)}
          </pre>
        ) : (
          <p class="faint">No result yet: a person has to decide, or time to pass.</p>
        )}
        {delivery && (
          <p class="faint">
            Delivered as webhook <code>{delivery.id}</code>, signature verified.
          </p>
        )}
      </details>
    </li>
  );
}
