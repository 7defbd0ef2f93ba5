/**
 * What the bot may do in Slack, and what for. The manifest asks for exactly these; `hitl doctor` holds what was granted
 * against them.
 */
import type { AppsManifestCreateArguments } from '@slack/web-api';

type Asked = NonNullable<AppsManifestCreateArguments['manifest']['oauth_config']>['scopes'];
type BotScope = NonNullable<NonNullable<Asked>['bot']>[number];

export const BOT_SCOPES = {
  'app_mentions:read': 'answers given in a thread',
  'channels:history': 'whether a card was posted already',
  'channels:read': 'whether a channel exists and has the bot in it',
  'chat:write': 'cards, notes and answers',
  commands: '/hitl and the shortcuts',
  'files:read': 'whether Slack has looked at a picture, before a message shows it',
  'files:write': 'exports, as files in direct messages, and pictures of figures',
  'groups:history': 'whether a card was posted already, in private channels',
  'groups:read': 'whether a private channel has the bot in it',
  'im:history': 'whether a direct message was posted already',
  'im:write': 'direct messages to whoever is paged, and to whoever asked',
  'mpim:history': 'whether an answer was posted already, in group conversations',
  'usergroups:read': 'who is in a user group',
  'usergroups:write': 'the user group of a rotation holds who is on call',
  'users:read': 'what people are called, and whether those of the policy are active',
} as const satisfies Partial<Record<BotScope, string>>;
