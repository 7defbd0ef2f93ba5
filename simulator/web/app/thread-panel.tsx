// A thread at the side: what it is about, what was said to it, and where to answer.
import { Composer } from './composer.tsx';
import { MessageList } from './message-list.tsx';
import { inThread } from './messages.ts';
import { usePage } from './page.ts';
import { PanelFrame } from './panel-frame.tsx';

export function ThreadPanel({ channel, ts }: { channel: string; ts: string }) {
  const { seen, people } = usePage();
  const info = seen.directory.channels.find((each) => each.id === channel);
  return (
    <PanelFrame
      title="Thread"
      more={info?.kind === 'direct' ? '' : `#${people.channelName(channel)}`}
      kind="thread"
    >
      <MessageList
        messages={inThread(seen, channel, ts)}
        label="Messages in this thread"
        empty="This message is gone."
        in_thread
      />
      <Composer
        channel={channel}
        thread_ts={ts}
        label="Reply in the thread"
        hint={`Mention @${seen.directory.bot.name} to answer a question`}
        is_archived={info?.is_archived ?? false}
      />
    </PanelFrame>
  );
}
