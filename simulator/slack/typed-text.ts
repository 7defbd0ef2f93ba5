// What becomes of @names and #channels that a person types, as Slack's client and server turn them.
import type { Workspace } from './records.ts';

type Named =
  | { kind: 'user'; id: string; name: string }
  | { kind: 'usergroup'; id: string; handle: string };

/** The person or group of that name; `bot` is the app's. */
export function named(workspace: Workspace, word: string): Named | undefined {
  if (word === 'bot')
    return { kind: 'user', id: workspace.app.bot_user_id, name: workspace.app.bot_name };
  for (const user of workspace.users.values()) {
    if (user.name === word) return { kind: 'user', id: user.id, name: user.name };
  }
  for (const group of workspace.usergroups.values()) {
    if (group.handle === word) return { kind: 'usergroup', id: group.id, handle: group.handle };
  }
  return undefined;
}

function replaceNames(
  workspace: Workspace,
  text: string,
  person: (found: Named) => string,
  channelLink: (id: string, name: string) => string,
): string {
  return text
    .replace(/(^|[\s(])@([a-z0-9._-]*[a-z0-9])/g, (whole, before: string, word: string) => {
      const found = named(workspace, word);
      return found ? before + person(found) : whole;
    })
    .replace(/(^|[\s(])#([a-z0-9_-]+)/g, (whole, before: string, word: string) => {
      for (const channel of workspace.channels.values()) {
        if (channel.name === word) return before + channelLink(channel.id, channel.name);
      }
      return whole;
    });
}

/** `& < >` as entities, apart from links and mentions that are already in Slack's form. */
function escaped(text: string): string {
  return text
    .replace(/&(?!(?:amp|lt|gt);)/g, '&amp;')
    .replace(
      /<(?![@#!][A-Za-z0-9^]|https?:|mailto:)([^<>]*)(>?)/g,
      (_whole, inner: string, end: string) => `&lt;${inner}${end === '>' ? '&gt;' : ''}`,
    );
}

/** A slash command's text with `should_escape` on: `<@U…|bob>`, `<#C…|x>`, `<!subteam^S…|@handle>`. */
export function commandText(workspace: Workspace, text: string): string {
  return replaceNames(
    workspace,
    escaped(text),
    (found) =>
      found.kind === 'user'
        ? `<@${found.id}|${found.name}>`
        : `<!subteam^${found.id}|@${found.handle}>`,
    (id, name) => `<#${id}|${name}>`,
  );
}

/** Text that somebody typed, as Slack writes it: nothing in it is markup. */
export const escapedText = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
