// The app's Home, as the app published it for this person.
import { useEffect, useState } from 'preact/hooks';
import { Blocks } from '../blocks/blocks.tsx';
import type { Act, FormValues } from '../blocks/types.ts';
import { usePage } from './page.ts';
import { withValue } from './with-value.ts';

export function HomePage() {
  const { state, seen, people, perform } = usePage();
  const { as } = state;
  const { home } = seen;
  const [busy, setBusy] = useState<string | null>(null);
  const [entered, setEntered] = useState<FormValues>({});
  useEffect(() => {
    void perform({ do: 'open_home', as });
    setEntered({});
  }, [as]);
  const onAct = async (act: Act) => {
    if (!home) return;
    setBusy(act.action_id);
    await perform({ do: 'press', as, at: { view: home.id }, act, values: entered });
    setBusy(null);
  };
  return (
    <>
      <div class="place-head">
        <h2>Home of {seen.directory.bot.name}</h2>
        <span class="faint">What the app shows to you alone</span>
      </div>
      <div class="home" data-focus-home="home" tabIndex={-1}>
        {home ? (
          <Blocks
            blocks={home.blocks}
            surface={{
              kind: 'home',
              people,
              busy,
              onAct: (act) => void onAct(act),
              values: { ...home.values, ...entered },
              onValue: (block_id, action_id, value) =>
                setEntered((now) => withValue(now, block_id, action_id, value)),
            }}
          />
        ) : (
          <p class="empty">
            The app has nothing here for you. Its cards are in the channels; “/hitl queue”, typed in
            any of them, lists what waits for you.
          </p>
        )}
      </div>
    </>
  );
}
