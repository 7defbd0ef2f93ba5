// views.*: opening, pushing, changing modals, and publishing the Home.
import { z } from 'zod';
import { exchangeTrigger } from '../trigger.ts';
import type { CheckedView } from '../view-schema.ts';
import { checkView } from '../view-schema.ts';
import { viewOutput } from '../view-state.ts';
import type { View, Workspace } from '../records.ts';
import { changed, randomId, viewsOf } from '../workspace.ts';
import type { ApiResult, Method } from './method.ts';
import { failed, invalidArguments, json, method, optionalText, text } from './method.ts';

export const STACK_MAX = 3;

function newHash(workspace: Workspace): string {
  return `${Math.floor(workspace.clock.now() / 1000)}.${randomId('h').slice(2, 10)}`;
}

/** Puts a checked view on top of a person's stack (or starts one). */
export function pushView(workspace: Workspace, user: string, checked: CheckedView): View {
  const stack = workspace.stacks.get(user) ?? [];
  const id = randomId('V');
  const view: View = {
    ...checked,
    id,
    user,
    hash: newHash(workspace),
    root_view_id: stack[0] ?? id,
    previous_view_id: stack.at(-1) ?? null,
    entered: {},
  };
  workspace.views.set(id, view);
  workspace.stacks.set(user, [...stack, id]);
  changed(workspace, { type: 'view', user });
  return view;
}

/** Puts new content into an open view; what was entered stays where block and action ids are the same. */
export function replaceView(workspace: Workspace, old: View, checked: CheckedView): View {
  const view: View = { ...old, ...checked, hash: newHash(workspace), entered: {} };
  const kept = new Set(view.blocks.map((block) => block.block_id));
  for (const [blockId, values] of Object.entries(old.entered)) {
    if (kept.has(blockId)) view.entered[blockId] = values;
  }
  workspace.views.set(view.id, view);
  changed(workspace, { type: view.type === 'home' ? 'home' : 'view', user: view.user });
  return view;
}

/** Takes views from the top of a person's stack until `keep` are left; answers those taken. */
export function closeViews(workspace: Workspace, user: string, keep: number): View[] {
  const stack = workspace.stacks.get(user) ?? [];
  const closed = stack.slice(keep).flatMap((id) => workspace.views.get(id) ?? []);
  for (const view of closed) workspace.views.delete(view.id);
  if (keep === 0) workspace.stacks.delete(user);
  else workspace.stacks.set(user, stack.slice(0, keep));
  changed(workspace, { type: 'view', user });
  return closed;
}

function externalIdTaken(workspace: Workspace, external_id: string, but?: string): boolean {
  if (external_id === '') return false;
  for (const view of workspace.views.values()) {
    if (view.external_id === external_id && view.id !== but) return true;
  }
  return false;
}

function refusal(check: { error: string; messages: string[] }): ApiResult {
  return check.error === 'invalid_arguments'
    ? invalidArguments(check.messages)
    : failed(check.error);
}

function openOrPush(kind: 'open' | 'push'): Method {
  return method({
    tier: 4,
    args: z.object({ trigger_id: optionalText, interactivity_pointer: optionalText, view: json }),
    run(workspace, args) {
      const checked = checkView(args.view, 'modal');
      if (!checked.ok) return refusal(checked);
      const trigger = args.trigger_id ?? args.interactivity_pointer;
      if (!trigger) {
        return invalidArguments(['[ERROR] missing required field: trigger_id [json-pointer:/]']);
      }
      const exchanged = exchangeTrigger(workspace, trigger);
      if ('error' in exchanged) return failed(exchanged.error);
      const { user } = exchanged;
      const stack = viewsOf(workspace, user);
      if (kind === 'push' && stack.length === 0) return failed('not_found');
      if (stack.length >= STACK_MAX) return failed('push_limit_reached');
      if (externalIdTaken(workspace, checked.view.external_id)) {
        return failed('duplicate_external_id');
      }
      const view = pushView(workspace, user, checked.view);
      return { ok: true, view: viewOutput(workspace, view) };
    },
  });
}

const update = method({
  tier: 4,
  args: z.object({
    view: json,
    view_id: optionalText,
    external_id: optionalText,
    hash: optionalText,
  }),
  run(workspace, args) {
    if (!args.view_id && !args.external_id) {
      return invalidArguments(['[ERROR] missing required field: view_id [json-pointer:/]']);
    }
    let old = args.view_id ? workspace.views.get(args.view_id) : undefined;
    if (!args.view_id) {
      for (const view of workspace.views.values()) {
        if (view.external_id === args.external_id) old = view;
      }
    }
    const checked = checkView(args.view, old?.type ?? 'modal');
    if (!checked.ok) return refusal(checked);
    if (!old) return failed('not_found');
    if (args.hash !== undefined && args.hash !== old.hash) return failed('hash_conflict');
    if (externalIdTaken(workspace, checked.view.external_id, old.id)) {
      return failed('duplicate_external_id');
    }
    return { ok: true, view: viewOutput(workspace, replaceView(workspace, old, checked.view)) };
  },
});

const publish = method({
  tier: 4,
  args: z.object({ user_id: text, view: json, hash: optionalText }),
  run(workspace, args) {
    const user = workspace.users.get(args.user_id);
    if (!user) return failed('user_not_found');
    const checked = checkView(args.view, 'home');
    if (!checked.ok) return refusal(checked);
    const oldId = workspace.homes.get(user.id);
    const old = oldId ? workspace.views.get(oldId) : undefined;
    if (old && args.hash !== undefined && args.hash !== old.hash) return failed('hash_conflict');
    if (old) {
      return { ok: true, view: viewOutput(workspace, replaceView(workspace, old, checked.view)) };
    }
    const id = randomId('V');
    const view: View = {
      ...checked.view,
      id,
      user: user.id,
      hash: newHash(workspace),
      root_view_id: id,
      previous_view_id: null,
      entered: {},
    };
    workspace.views.set(id, view);
    workspace.homes.set(user.id, id);
    changed(workspace, { type: 'home', user: user.id });
    return { ok: true, view: viewOutput(workspace, view) };
  },
});

export const viewMethods: Record<string, Method> = {
  'views.open': openOrPush('open'),
  'views.push': openOrPush('push'),
  'views.update': update,
  'views.publish': publish,
};
