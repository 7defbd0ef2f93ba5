// What one person has on their screen now: channels they can see, messages, private notes, windows.
// Each look-up throws with what is there instead, in words for a test's reader.
import { channelId } from './form-values.ts';
import type { Surface } from './interactions.ts';
import type { Message } from './message-store.ts';
import type { Block, Channel, Ephemeral, View, Workspace } from './records.ts';
import { conversationOf, directMessage, viewsOf } from './workspace.ts';

/** Anything that names a message: one from `slack.messages()`, a private note, or just its place. */
export type MessageRef = { channel: string; ts: string };

export interface OnOptions {
  /** Press what the given version of the message shows, though a newer one may have replaced it. */
  as_seen?: boolean;
}

interface Screen {
  channelFor(nameOrId: string): Channel;
  /** The message or note as it is now, or as it was seen. */
  surfaceOf(reference: MessageRef, options: OnOptions): Surface;
  /** An open view; the top modal where none is named. */
  viewNow(view: View | undefined): View;
}

function isShown(value: object): value is Message | Ephemeral {
  return 'blocks' in value;
}

export function blocksOf(surface: Surface): { blocks: Block[]; where: string } {
  switch (surface.kind) {
    case 'message':
      return { blocks: surface.message.blocks, where: `message ${surface.message.ts}` };
    case 'ephemeral':
      return { blocks: surface.note.blocks, where: 'the private note' };
    case 'view':
      return {
        blocks: surface.view.blocks,
        where: surface.view.title ? `"${surface.view.title.text}"` : 'the Home',
      };
  }
}

export function screenOf(workspace: Workspace, id: string): Screen {
  const name = () => workspace.users.get(id)?.name ?? id;

  function channelFor(nameOr: string): Channel {
    // A person's DM with the bot is there before anyone wrote in it.
    if (nameOr === `D${id.slice(1)}`) return directMessage(workspace, id);
    const channel = workspace.channels.get(channelId(workspace, nameOr));
    if (!channel) throw new Error(`there is no channel ${nameOr}`);
    if (channel.is_private && !channel.members.has(id)) {
      throw new Error(`${name()} cannot see ${channel.im_user ? 'that DM' : channel.name}`);
    }
    return channel;
  }

  function surfaceOf(reference: MessageRef, options: OnOptions): Surface {
    const channel = channelFor(reference.channel);
    const note = workspace.ephemerals.findLast(
      (candidate) => candidate.ts === reference.ts && candidate.channel === channel.id,
    );
    if (note) {
      if (note.to !== id) throw new Error(`only ${note.to} sees that note, not ${name()}`);
      return { kind: 'ephemeral', note, channel };
    }
    const current = conversationOf(workspace, channel.id).by_ts.get(reference.ts);
    if (options.as_seen && isShown(reference)) {
      // Slack sends the message it has; the buttons pressed are the ones that were seen.
      const seen = reference.blocks;
      const base = current ?? ('type' in reference ? reference : undefined);
      if (!base) throw new Error(`there is no message ${reference.ts} in ${channel.name}`);
      return { kind: 'message', message: { ...base, blocks: seen }, channel };
    }
    if (!current) {
      const last = [...conversationOf(workspace, channel.id).by_ts.values()].slice(-3);
      throw new Error(
        `there is no message ${reference.ts} in ${channel.name}; the last ones: ${last.map((message) => `${message.ts} "${message.text.slice(0, 60)}"`).join(', ') || 'none'}`,
      );
    }
    return { kind: 'message', message: current, channel };
  }

  function viewNow(view: View | undefined): View {
    const open = view ? workspace.views.get(view.id) : viewsOf(workspace, id).at(-1);
    if (!open) {
      const titles = viewsOf(workspace, id).map((each) => each.title?.text ?? each.id);
      throw new Error(`${name()} has no such view open; open are: ${titles.join(', ') || 'none'}`);
    }
    return open;
  }

  return { channelFor, surfaceOf, viewNow };
}
