// What Slack sends the app when someone presses, submits, types or says something: the payloads.
import type { Json, Press } from './controls.ts';
import type { Message } from './message-store.ts';
import { issueResponseUrl } from './response-url.ts';
import { issueTrigger } from './trigger.ts';
import { stateValues, viewOutput } from './view-state.ts';
import type { Channel, Ephemeral, StateValue, User, View, Workspace } from './records.ts';
import { nextTs, randomId } from './workspace.ts';

function frame(workspace: Workspace, user: User): Json {
  return {
    team: { id: workspace.team.id, domain: workspace.team.domain },
    user: { id: user.id, username: user.name, name: user.name, team_id: user.team_id },
    api_app_id: workspace.app.id,
    token: workspace.app.verification_token,
    enterprise: null,
    is_enterprise_install: false,
  };
}

const channelOf = (channel: Channel): Json => ({ id: channel.id, name: channel.name });

/** A message as it stands in payloads: without the field of its channel, blocks only where it has any. */
export function messagePayload(message: Message): Json {
  const {
    channel: _channel,
    unfurl_links: _links,
    unfurl_media: _media,
    metadata,
    ...rest
  } = message;
  return {
    ...rest,
    ...(metadata ? { metadata } : {}),
    blocks: message.blocks.length > 0 ? message.blocks : undefined,
  };
}

/** One entry of `actions[]`; `value` is what a select or picker now holds. */
function action(workspace: Workspace, press: Press, value: StateValue | undefined): Json {
  const { element, block_id } = press.control;
  const { type, action_id } = element;
  const at = { block_id, action_id, action_ts: nextTs(workspace) };
  const chosen = press.option ? { selected_option: press.option } : {};
  switch (type) {
    case 'button':
      return {
        type,
        ...at,
        text: element['text'],
        ...(element['value'] === undefined ? {} : { value: element['value'] }),
        ...(element['style'] === undefined ? {} : { style: element['style'] }),
        ...(element['url'] === undefined ? {} : { url: element['url'] }),
      };
    case 'overflow':
      return { type, ...at, ...chosen };
    default: {
      const { placeholder } = element;
      return { ...at, ...(placeholder ? { placeholder } : {}), ...(value ?? { type, ...chosen }) };
    }
  }
}

export interface Prepared {
  payload: Json;
  trigger_id: string;
}

export type Surface =
  | { kind: 'message'; message: Message; channel: Channel }
  | { kind: 'ephemeral'; note: Ephemeral; channel: Channel }
  | { kind: 'view'; view: View };

/** `block_actions`, from a message, a private note, a modal or the Home. */
export function blockActions(
  workspace: Workspace,
  user: User,
  surface: Surface,
  press: Press,
  value: StateValue | undefined,
): Prepared {
  const trigger_id = issueTrigger(workspace, user.id);
  const base = {
    type: 'block_actions',
    ...frame(workspace, user),
    trigger_id,
    actions: [action(workspace, press, value)],
  };
  const held = (blocks: Message['blocks']) => {
    const { block_id, element } = press.control;
    const entered = value ? { [block_id]: { [element.action_id]: value } } : {};
    return { values: stateValues(blocks, entered) };
  };
  if (surface.kind === 'view') {
    const { view } = surface;
    return {
      trigger_id,
      payload: {
        ...base,
        container: { type: 'view', view_id: view.id },
        view: viewOutput(workspace, view),
      },
    };
  }
  if (surface.kind === 'ephemeral') {
    const { note, channel } = surface;
    return {
      trigger_id,
      payload: {
        ...base,
        container: {
          type: 'message',
          message_ts: note.ts,
          channel_id: channel.id,
          is_ephemeral: true,
          ...(note.thread_ts ? { thread_ts: note.thread_ts } : {}),
        },
        channel: channelOf(channel),
        state: held(note.blocks),
        response_url: issueResponseUrl(workspace, {
          channel: channel.id,
          user: user.id,
          message_ts: note.ts,
          is_ephemeral: true,
          thread_ts: note.thread_ts,
        }),
      },
    };
  }
  const { message, channel } = surface;
  return {
    trigger_id,
    payload: {
      ...base,
      container: {
        type: 'message',
        message_ts: message.ts,
        channel_id: channel.id,
        is_ephemeral: false,
        ...(message.thread_ts ? { thread_ts: message.thread_ts } : {}),
      },
      channel: channelOf(channel),
      message: messagePayload(message),
      state: held(message.blocks),
      response_url: issueResponseUrl(workspace, {
        channel: channel.id,
        user: user.id,
        message_ts: message.ts,
        thread_ts: message.thread_ts,
      }),
    },
  };
}

export function viewSubmission(workspace: Workspace, user: User, view: View): Prepared {
  const trigger_id = issueTrigger(workspace, user.id);
  return {
    trigger_id,
    payload: {
      type: 'view_submission',
      ...frame(workspace, user),
      trigger_id,
      view: viewOutput(workspace, view),
      response_urls: [],
    },
  };
}

export function viewClosed(
  workspace: Workspace,
  user: User,
  view: View,
  is_cleared: boolean,
): Json {
  return {
    type: 'view_closed',
    ...frame(workspace, user),
    view: viewOutput(workspace, view),
    is_cleared,
  };
}

export function globalShortcut(workspace: Workspace, user: User, callback_id: string): Prepared {
  const trigger_id = issueTrigger(workspace, user.id);
  return {
    trigger_id,
    payload: {
      type: 'shortcut',
      ...frame(workspace, user),
      callback_id,
      trigger_id,
      action_ts: nextTs(workspace),
    },
  };
}

export function messageShortcut(
  workspace: Workspace,
  user: User,
  callback_id: string,
  message: Message,
  channel: Channel,
): Prepared {
  const trigger_id = issueTrigger(workspace, user.id);
  return {
    trigger_id,
    payload: {
      type: 'message_action',
      ...frame(workspace, user),
      callback_id,
      trigger_id,
      action_ts: nextTs(workspace),
      message_ts: message.ts,
      message: messagePayload(message),
      channel: channelOf(channel),
      response_url: issueResponseUrl(workspace, {
        channel: channel.id,
        user: user.id,
        message_ts: message.ts,
        thread_ts: message.thread_ts,
      }),
    },
  };
}

export function slashCommand(
  workspace: Workspace,
  user: User,
  channel: Channel,
  command: string,
  text: string,
): Prepared {
  const trigger_id = issueTrigger(workspace, user.id);
  return {
    trigger_id,
    payload: {
      token: workspace.app.verification_token,
      // A command is typed in one's own workspace, whatever channel it shares.
      team_id: user.team_id,
      team_domain: workspace.team.domain,
      channel_id: channel.id,
      channel_name: channel.im_user === undefined ? channel.name : 'directmessage',
      user_id: user.id,
      user_name: user.name,
      command,
      text,
      api_app_id: workspace.app.id,
      is_enterprise_install: 'false',
      response_url: issueResponseUrl(workspace, { channel: channel.id, user: user.id }),
      trigger_id,
    },
  };
}

/** Whether people of another workspace are in that channel. */
function isShared(workspace: Workspace, channel: unknown): boolean {
  const members = typeof channel === 'string' ? workspace.channels.get(channel)?.members : null;
  return [...(members ?? [])].some(
    (id) => (workspace.users.get(id)?.team_id ?? workspace.team.id) !== workspace.team.id,
  );
}

/** An event in the wrapping of the Events API. */
export function eventCallback(workspace: Workspace, event: Json): Json {
  const { app, team, clock } = workspace;
  return {
    token: app.verification_token,
    team_id: team.id,
    context_team_id: team.id,
    context_enterprise_id: null,
    api_app_id: app.id,
    event,
    type: 'event_callback',
    event_id: randomId('Ev'),
    event_time: Math.floor(clock.now() / 1000),
    authorizations: [
      {
        enterprise_id: null,
        team_id: team.id,
        user_id: app.bot_user_id,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: isShared(workspace, event['channel']),
    event_context: randomId('EC'),
  };
}
