// What Slack does on a bad day, and what the product does about it.
import type { Mishap, Trouble } from '../protocol.ts';
import { usePage } from './page.ts';
import { PanelFrame } from './panel-frame.tsx';

const SWITCHES: { trouble: Trouble; name: string; more: string }[] = [
  {
    trouble: 'rate_limited',
    name: 'Too many requests (429)',
    more: 'Every post and edit is told to wait two seconds.',
  },
  {
    trouble: 'server_error',
    name: 'Server error (500)',
    more: 'Every post and edit fails.',
  },
  { trouble: 'slow', name: 'Slow', more: 'Every call takes 1.2 seconds longer.' },
];
const ONCE: { mishap: Mishap; name: string; more: string }[] = [
  {
    mishap: 'lose_answer',
    name: 'Lose the next answer',
    more: 'The next post arrives, but the app never hears so. It must not post twice.',
  },
  {
    mishap: 'cut_sockets',
    name: 'Cut the connection',
    more: 'The app has to come back, and to find out what it missed.',
  },
  {
    mishap: 'deliver_twice',
    name: 'Deliver the next click twice',
    more: 'Two of the same: one decision.',
  },
];

export function TroublePanel() {
  const { seen, perform } = usePage();
  const { on, connections, methods, retries, problems } = seen.trouble;
  const refused = methods.reduce((sum, { rate_limited }) => sum + rate_limited, 0);
  const failed = methods.reduce((sum, { refused, lost }) => sum + refused + lost, 0);
  return (
    <PanelFrame title="Make trouble" kind="trouble">
      <div class="panel-body" role="group" tabIndex={0} aria-label="Troubles and counters">
        <p class="faint">
          What Slack does on a bad day. Switch something on, decide a card, switch it off again:
          nothing is lost, nothing happens twice.
        </p>
        {SWITCHES.map(({ trouble, name, more }) => (
          <label key={trouble} class="switch">
            <input
              type="checkbox"
              role="switch"
              checked={on.includes(trouble)}
              onChange={(event) =>
                void perform({ do: 'trouble', trouble, on: event.currentTarget.checked })
              }
            />
            <span>
              <b>{name}</b>
              <span class="faint">{more}</span>
            </span>
          </label>
        ))}
        {ONCE.map(({ mishap, name, more }) => (
          <div key={mishap} class="once">
            <button
              type="button"
              class="plain"
              onClick={() => void perform({ do: 'mishap', mishap })}
            >
              {name}
            </button>
            <span class="faint">{more}</span>
          </div>
        ))}
        <h3>What the product did about it</h3>
        <dl class="counters">
          <Counter name="Connections" count={connections} />
          <Counter name="429 answers" count={refused} />
          <Counter name="Failed calls" count={failed} />
          <Counter name="Calls made again" count={retries} />
          <Counter name="Against the rules" count={problems.length} />
        </dl>
        <table class="calls">
          <caption class="heard">Calls of the product, by method</caption>
          <thead>
            <tr>
              <th scope="col">Call</th>
              <th scope="col">done</th>
              <th scope="col">429</th>
              <th scope="col">refused</th>
              <th scope="col">lost</th>
            </tr>
          </thead>
          <tbody>
            {methods.map((each) => (
              <tr key={each.method}>
                <th scope="row">{each.method}</th>
                <td>{each.ok}</td>
                <td>{each.rate_limited || '·'}</td>
                <td>{each.refused || '·'}</td>
                <td>{each.lost || '·'}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {problems.map(({ kind, message }, at) => (
          <p key={at} class="problem">
            <b>{kind}</b> {message}
          </p>
        ))}
      </div>
    </PanelFrame>
  );
}

const Counter = ({ name, count }: { name: string; count: number }) => (
  <div>
    <dt>{name}</dt>
    <dd>{count}</dd>
  </div>
);
