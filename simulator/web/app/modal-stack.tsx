// The windows that the app opened for this person, one over the other; the one on top can be used.
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Blocks } from '../blocks/blocks.tsx';
import type { Act, FormValues } from '../blocks/types.ts';
import type { ShownView } from '../protocol.ts';
import { usePage } from './page.ts';
import { goHome } from './use-kept-focus.ts';
import { withValue } from './with-value.ts';

const FIELD =
  '.bk-field input, .bk-field textarea, .bk-field select, .bk-field button, .bk-field [tabindex]';

export function ModalStack() {
  const { seen } = usePage();
  return (
    <>
      {seen.modals.map((view, at) => (
        <Modal
          key={view.id}
          view={view}
          under={seen.modals[at - 1]}
          is_top={at === seen.modals.length - 1}
        />
      ))}
    </>
  );
}

function Modal(props: { view: ShownView; under: ShownView | undefined; is_top: boolean }) {
  const { view, under, is_top } = props;
  const { state, people, perform } = usePage();
  const { as } = state;
  const dialog = useRef<HTMLDialogElement>(null);
  const [entered, setEntered] = useState<FormValues>({});
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState<string | null>(null);
  const [trouble, setTrouble] = useState('');
  const isSubmitting = busy === SUBMITTING;

  useLayoutEffect(() => {
    const { current } = dialog;
    current?.showModal();
    (current?.querySelector<HTMLElement>(FIELD) ?? current)?.focus();
    return () => {
      current?.close();
      goHome();
    };
  }, []);
  useEffect(() => {
    setErrors({});
    setTrouble('');
  }, [view.hash]);
  useEffect(() => {
    if (Object.keys(errors).length === 0) return;
    const first = dialog.current?.querySelector<HTMLElement>('[aria-invalid="true"], .bk-invalid');
    first?.focus();
    first?.scrollIntoView({ block: 'center' });
  }, [errors]);

  const values: FormValues = { ...view.values };
  for (const [block_id, held] of Object.entries(entered)) {
    values[block_id] = { ...values[block_id], ...held };
  }
  const close = (all: boolean) => void perform({ do: 'close', as, view: view.id, all });
  const submit = async () => {
    if (isSubmitting) return;
    setBusy(SUBMITTING);
    setTrouble('');
    const answer = await perform({ do: 'submit', as, view: view.id, values });
    setBusy(null);
    if (answer.ok) return;
    setErrors(answer.errors ?? {});
    setTrouble(answer.error);
  };
  const press = async (act: Act) => {
    setBusy(act.action_id);
    await perform({ do: 'press', as, at: { view: view.id }, act, values });
    setBusy(null);
  };
  const titleId = `${view.id}-title`;
  return (
    <dialog
      class="modal"
      ref={dialog}
      tabIndex={-1}
      aria-labelledby={titleId}
      onCancel={(event) => {
        // A menu or a file that was called off inside is none of ours.
        if (event.target !== event.currentTarget) return;
        event.preventDefault();
        if (is_top) close(false);
      }}
      onClose={(event) => {
        if (event.target === event.currentTarget && dialog.current?.isConnected && is_top)
          close(false);
      }}
    >
      <form
        class="modal-form"
        noValidate
        aria-busy={isSubmitting}
        onSubmit={(event) => {
          event.preventDefault();
          if (view.submit !== null) void submit();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && view.submit !== null) {
            event.preventDefault();
            void submit();
          }
        }}
      >
        <div class="modal-head">
          {under && (
            <button
              type="button"
              class="quiet"
              aria-label={`Back to ${under.title}`}
              onClick={() => close(false)}
            >
              ←
            </button>
          )}
          <h2 id={titleId}>{view.title}</h2>
          <button
            type="button"
            class="quiet close"
            aria-label={`Close ${view.title}`}
            onClick={() => close(true)}
          >
            ✕
          </button>
        </div>
        {/* Reachable by keyboard, so that a long one can be scrolled. */}
        <div class="modal-body" tabIndex={0} role="group" aria-labelledby={titleId}>
          {trouble !== '' && (
            <p class="modal-trouble" role="alert">
              {trouble}
            </p>
          )}
          <Blocks
            blocks={view.blocks}
            surface={{
              kind: 'modal',
              people,
              busy,
              onAct: (act) => void press(act),
              values,
              onValue: (block_id, action_id, value) => {
                setEntered((now) => withValue(now, block_id, action_id, value));
                setErrors(({ [block_id]: _mended, ...others }) => others);
              },
              errors,
            }}
          />
        </div>
        <div class="modal-foot">
          <button type="button" class="plain" onClick={() => close(false)}>
            {view.close}
          </button>
          {view.submit !== null && (
            <button type="submit" class="strong" aria-disabled={isSubmitting}>
              {isSubmitting && <span class="spinner" aria-hidden="true" />}
              {view.submit}
            </button>
          )}
        </div>
      </form>
    </dialog>
  );
}

/** No action_id can be this: they are no longer than 255 characters and hold no such sign at the app's. */
const SUBMITTING = '\u0000submit';
