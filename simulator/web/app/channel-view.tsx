// A channel, or the conversation with the app: what was said, and where to say something.
import { useEffect } from 'preact/hooks';
import { Composer } from './composer.tsx';
import { MessageList } from './message-list.tsx';
import { inChannel } from './messages.ts';
import { usePage } from './page.ts';

export function ChannelView({ id }: { id: string }) {
  const { state, seen, tell } = usePage();
  const { channels, bot } = seen.directory;
  const channel = channels.find((each) => each.id === id);
  const messages = inChannel(seen, id);
  const newest = messages.at(-1)?.ts;
  const read_to = state.read_to[id] ?? '';

  useEffect(() => {
    const read = () => {
      if (newest !== undefined && newest > read_to && !document.hidden) {
        tell({ type: 'read', channel: id, ts: newest });
      }
    };
    read();
    document.addEventListener('visibilitychange', read);
    return () => document.removeEventListener('visibilitychange', read);
  }, [id, newest, read_to]);

  if (!channel) return null;
  const isDirect = channel.kind === 'direct';
  const name = isDirect ? bot.name : `#${channel.name}`;
  return (
    <>
      <div class="place-head">
        <h2>{isDirect ? `Messages from ${bot.name}` : name}</h2>
        <span class="faint">
          {isDirect
            ? 'Only you and the app see these'
            : `${channel.member_count} members${channel.is_member ? '' : ' · you are not in it'}`}
        </span>
      </div>
      <MessageList
        messages={messages}
        label={`Messages in ${name}`}
        empty={
          isDirect
            ? 'Nothing yet. Answers to what you ask an expert come here.'
            : 'Nothing yet. “Put an item in”, at the top, makes an AI ask something.'
        }
      />
      <Composer
        key={id}
        channel={id}
        label={isDirect ? `Message to ${bot.name}` : `Message to ${name}`}
        is_archived={channel.is_archived}
      />
    </>
  );
}
