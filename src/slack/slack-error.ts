/** What a Web API call that failed means for whoever made it. */
import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api';

export type SlackTrouble =
  /** Slack said no, by name: nothing was done. */
  | { trouble: 'refused'; error: string; messages: string[] }
  /** Turned away, for so long: nothing was done. */
  | { trouble: 'rate_limited'; for_ms: number }
  /** No answer, or none that tells: it may have been done. */
  | { trouble: 'unsure'; error: string };

/** A 429 that names no time. */
const UNNAMED_REST_MS = 1000;

/** Reads a Web API error; one that is none of Slack's is thrown again. */
export function slackTrouble(error: unknown): SlackTrouble {
  if (error instanceof WebAPIRateLimitedError) {
    return {
      trouble: 'rate_limited',
      for_ms: error.retryAfter > 0 ? error.retryAfter * 1000 : UNNAMED_REST_MS,
    };
  }
  if (error instanceof WebAPIPlatformError) {
    if (error.data.error === 'ratelimited')
      return { trouble: 'rate_limited', for_ms: UNNAMED_REST_MS };
    if (UNSURE.has(error.data.error)) return { trouble: 'unsure', error: error.data.error };
    return {
      trouble: 'refused',
      error: error.data.error,
      messages: error.data.response_metadata?.messages ?? [],
    };
  }
  if (error instanceof WebAPIHTTPError) {
    if (error.statusCode === 429) return { trouble: 'rate_limited', for_ms: UNNAMED_REST_MS };
    return { trouble: 'unsure', error: `HTTP ${error.statusCode}` };
  }
  if (error instanceof WebAPIRequestError)
    return { trouble: 'unsure', error: error.original.message };
  throw error;
}

/** Slack's own troubles, told by name: whether the call took effect is not said. */
const UNSURE = new Set([
  'internal_error',
  'fatal_error',
  'request_timeout',
  'service_unavailable',
  'team_added_to_org',
  'accesslimited',
]);

/** The channel will not take a post, now or later: somebody must mend it. */
export const CHANNEL_CLOSED = new Set([
  'channel_not_found',
  'not_in_channel',
  'is_archived',
  'restricted_action',
  'restricted_action_read_only_channel',
  'restricted_action_thread_only_channel',
  'no_permission',
  'team_access_not_granted',
  'user_not_found',
  'cannot_dm_bot',
  'user_disabled',
]);

/** The message is no longer there to be edited. */
export const MESSAGE_GONE = new Set([
  'message_not_found',
  'cant_update_message',
  'edit_window_closed',
]);

/** Slack does not take these blocks. */
export const BLOCKS_REFUSED = new Set([
  'invalid_blocks',
  'invalid_blocks_format',
  'msg_blocks_too_long',
  'msg_too_long',
  'invalid_attachments',
]);

/** The token is good, and may not do this: nothing of the kind will happen until somebody grants it. */
export const SCOPE_MISSING = 'missing_scope';

/** The token is no good: nothing will go out until somebody mends it. */
export const TOKEN_REFUSED = new Set([
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'token_expired',
]);
