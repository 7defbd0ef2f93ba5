// What a Web API method is here: whose token it takes, its scopes and tier, its arguments, its answer.
import { z } from 'zod';
import type { Tier } from '../pace.ts';
import { slackErrors } from '../schema-errors.ts';
import type { Channel, Workspace } from '../records.ts';

export type ApiResult =
  | ({ ok: true } & Record<string, unknown>)
  | ({ ok: false; error: string } & Record<string, unknown>);

export interface Method {
  token: 'bot' | 'app' | 'none';
  /** Any one of these is enough; none where empty. */
  scopes: readonly string[];
  tier: Tier;
  run(workspace: Workspace, args: Record<string, unknown>): ApiResult;
}

/** A method whose arguments are checked first: `invalid_arguments`, with a line for each. */
export function method<S extends z.ZodType>(spec: {
  token?: 'bot' | 'app' | 'none';
  scopes?: readonly string[];
  tier?: Tier;
  args: S;
  run(workspace: Workspace, args: z.output<S>): ApiResult;
}): Method {
  return {
    token: spec.token ?? 'bot',
    scopes: spec.scopes ?? [],
    tier: spec.tier ?? 3,
    run(workspace, raw) {
      const parsed = spec.args.safeParse(raw);
      if (!parsed.success) return invalidArguments(slackErrors(parsed.error, [], raw));
      return spec.run(workspace, parsed.data);
    },
  };
}

export function failed(error: string, more: Record<string, unknown> = {}): ApiResult {
  return { ok: false, error, ...more };
}

export function invalidArguments(messages: string[]): ApiResult {
  return failed('invalid_arguments', { response_metadata: { messages } });
}

export function missingScope(workspace: Workspace, needed: readonly string[]): ApiResult {
  return failed('missing_scope', {
    needed: needed.join(','),
    provided: workspace.app.bot_scopes.join(','),
  });
}

/** A string that was sent; numbers arrive as strings in forms, and may be numbers in JSON. */
export const text = z.union([z.string(), z.number()], 'missing or not a string').transform(String);
export const optionalText = text.optional();

export const flag = z
  .union([z.boolean(), z.enum(['true', 'false', '1', '0', ''])], 'must provide a boolean')
  .transform((value) => value === true || value === 'true' || value === '1')
  .optional();

export const count = z.coerce.number().int().optional();

/** A value that is JSON text in a form and a plain value in a JSON body; forms are decoded before. */
export const json = z.unknown().optional();

type Kind = 'channels' | 'groups' | 'im';

function kindOf(channel: Channel): Kind {
  if (channel.im_user !== undefined) return 'im';
  return channel.is_private ? 'groups' : 'channels';
}

/** `missing_scope`, where the bot may not do this in a channel of this kind. */
export function scopeError(
  workspace: Workspace,
  channel: Channel,
  what: 'read' | 'history',
): ApiResult | undefined {
  const needed = `${kindOf(channel)}:${what}`;
  return workspace.app.bot_scopes.includes(needed) ? undefined : missingScope(workspace, [needed]);
}

/** A page of a list by Slack's cursors, which are positions in base64 here. */
export function paged<T>(
  all: readonly T[],
  limit: number | undefined,
  cursor: string | undefined,
): { page: T[]; next_cursor: string } | undefined {
  const start = cursor ? Number(Buffer.from(cursor, 'base64').toString().replace('next:', '')) : 0;
  if (!Number.isInteger(start)) return undefined;
  const size = limit && limit > 0 ? Math.min(limit, 1_000) : 100;
  const next = start + size;
  return {
    page: all.slice(start, next),
    next_cursor: next < all.length ? Buffer.from(`next:${next}`).toString('base64') : '',
  };
}
