// Whom one is, the clock in one's hand, and the two drawers.
import { useState } from 'preact/hooks';
import { Avatar } from './avatar.tsx';
import { Menu } from './menu.tsx';
import { usePage } from './page.ts';
import { rememberedReading } from './session.ts';
import { aheadWords, dateWords, timeWords } from './time-words.ts';

const MINUTE = 60_000;
const MOVES = [
  { words: '+5 min', name: '+5 min: move the clock on', ms: 5 * MINUTE },
  { words: '+1 h', name: '+1 h: move the clock on', ms: 60 * MINUTE },
  { words: '+1 day', name: '+1 day: move the clock on', ms: 1440 * MINUTE },
];

export function TopBar() {
  const { state, tell } = usePage();
  const { panel, is_side_bar_open } = state;
  const toggle = (kind: 'trouble' | 'items') =>
    tell({ type: 'opened', panel: { kind: panel.kind === kind ? 'none' : kind } });
  return (
    <header class="top-bar">
      <button
        type="button"
        class="quiet side-bar-button"
        aria-expanded={is_side_bar_open}
        aria-label="Channels"
        onClick={() => tell({ type: 'side_bar', is_open: !is_side_bar_open })}
      >
        ☰
      </button>
      <h1 class="page-title">
        HITL Pager <span class="faint">a workspace to try it in</span>
      </h1>
      <WorkspaceClock />
      <div class="top-bar-end">
        <button
          type="button"
          class="strong"
          aria-expanded={panel.kind === 'items'}
          onClick={() => toggle('items')}
        >
          Put an item in
        </button>
        <button
          type="button"
          class="quiet"
          aria-expanded={panel.kind === 'trouble'}
          onClick={() => toggle('trouble')}
        >
          Make trouble
        </button>
        <PersonSwitcher />
      </div>
    </header>
  );
}

function WorkspaceClock() {
  const { seen, people, perform } = usePage();
  const [moving, setMoving] = useState(0);
  const { offset, can_move } = seen.clock;
  const ahead = aheadWords(offset);
  const move = async (ms: number) => {
    setMoving((count) => count + 1);
    await perform({ do: 'move_clock', ms });
    setMoving((count) => count - 1);
  };
  return (
    <div class="clock" role="group" aria-label="The workspace’s clock" aria-busy={moving > 0}>
      <span class="clock-time">
        <time>
          <span class="clock-day">{dateWords(people.now, people.timezone)}, </span>
          {timeWords(people.now, people.timezone)}
        </time>
        {ahead !== '' && <span class="clock-ahead">{ahead} ahead</span>}
      </span>
      {can_move &&
        MOVES.map(({ words, name, ms }) => (
          <button
            key={ms}
            type="button"
            class="quiet clock-move"
            aria-label={name}
            title={name}
            onClick={() => void move(ms)}
          >
            {words}
          </button>
        ))}
    </div>
  );
}

function PersonSwitcher() {
  const { state, seen, people, tell } = usePage();
  const persons = seen.directory.people.filter((each) => !each.is_bot);
  const me = persons.find((each) => each.id === state.as);
  const become = (id: string) => {
    if (id !== state.as) tell({ type: 'became', as: id, read_to: rememberedReading(id) });
  };
  return (
    <Menu
      kind="person"
      align="right"
      face={
        <>
          <Avatar name={people.userName(state.as)} />
          <span class="person-words">
            <b>{people.userName(state.as)}</b> <span class="faint">{me?.hint}</span>
          </span>
          <span class="heard"> – be someone else</span>
          <span class="chevron" aria-hidden="true" />
        </>
      }
      choices={persons.map(({ id, real_name, hint }) => ({
        id,
        is_chosen: id === state.as,
        words: (
          <>
            <Avatar name={real_name} />
            <span class="person-words">
              <b>{real_name}</b> <span class="faint">{hint}</span>
            </span>
          </>
        ),
      }))}
      onChoose={become}
    />
  );
}
