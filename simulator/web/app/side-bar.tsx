// The places one can be: channels, direct messages, the app's Home; with what is unread in each.
import type { ChannelInfo } from '../protocol.ts';
import { unread } from './messages.ts';
import { usePage } from './page.ts';
import type { Place } from './page-state.ts';

export function SideBar() {
  const { state, seen } = usePage();
  const counts = unread(state);
  const { channels, bot } = seen.directory;
  const rooms = channels.filter((each) => each.kind === 'channel');
  const own = rooms.filter((each) => each.is_member);
  const others = rooms.filter((each) => !each.is_member);
  const direct = channels.filter((each) => each.kind === 'direct');
  return (
    <nav class="side-bar" aria-label="Channels and messages">
      <Section title="Channels">
        {own.map((each) => (
          <ChannelLink key={each.id} channel={each} count={counts.get(each.id) ?? 0} />
        ))}
      </Section>
      {others.length > 0 && (
        <Section title="Channels you are not in">
          {others.map((each) => (
            <ChannelLink key={each.id} channel={each} count={0} />
          ))}
        </Section>
      )}
      <Section title={`App: ${bot.name}`}>
        <PlaceLink place={{ kind: 'home' }} sign="⌂" words="Home" count={0} />
        {direct.map((each) => (
          <PlaceLink
            key={each.id}
            place={{ kind: 'channel', id: each.id }}
            sign="✉"
            words="Messages"
            count={counts.get(each.id) ?? 0}
          />
        ))}
      </Section>
    </nav>
  );
}

function Section({ title, children }: { title: string; children: preact.ComponentChildren }) {
  return (
    <section>
      <h2>{title}</h2>
      <ul>{children}</ul>
    </section>
  );
}

function ChannelLink({ channel, count }: { channel: ChannelInfo; count: number }) {
  return (
    <PlaceLink
      place={{ kind: 'channel', id: channel.id }}
      sign={channel.is_private ? '🔒' : '#'}
      words={channel.name}
      count={count}
    />
  );
}

function PlaceLink(props: { place: Place; sign: string; words: string; count: number }) {
  const { place, sign, words, count } = props;
  const { state, tell } = usePage();
  const now = state.place;
  const isHere =
    now?.kind === place.kind &&
    (place.kind === 'home' || (now.kind === 'channel' && now.id === place.id));
  return (
    <li>
      <button
        type="button"
        class={`place${count > 0 && !isHere ? ' is-unread' : ''}`}
        aria-current={isHere ? 'page' : undefined}
        onClick={() => tell({ type: 'went', place })}
      >
        <span class="place-sign" aria-hidden="true">
          {sign}
        </span>
        <span class="place-name">{words}</span>
        {count > 0 && !isHere && (
          <span class="badge">
            {count > 99 ? '99+' : count}
            <span class="heard"> unread</span>
          </span>
        )}
      </button>
    </li>
  );
}
