// What the app offers to type and to choose, as its manifest says it: commands and shortcuts.
import { parse } from 'yaml';
import { z } from 'zod';
import type { CommandInfo, ShortcutInfo } from '../protocol.ts';

const shape = z.object({
  features: z.object({
    slash_commands: z
      .array(
        z.object({
          command: z.string(),
          description: z.string().default(''),
          usage_hint: z.string().default(''),
        }),
      )
      .default([]),
    shortcuts: z
      .array(
        z.object({
          type: z.enum(['message', 'global']),
          name: z.string(),
          callback_id: z.string(),
          description: z.string().default(''),
        }),
      )
      .default([]),
  }),
  settings: z.object({
    event_subscriptions: z.object({ bot_events: z.array(z.string()).default([]) }).optional(),
  }),
});

export interface AppManifest {
  commands: CommandInfo[];
  shortcuts: ShortcutInfo[];
  /** Event types that the app asks for: what `startSlack` takes as `subscribed`. */
  subscribed: string[];
}

/** Reads a manifest's YAML. Throws where it is none. */
export function readManifest(yaml: string): AppManifest {
  const { features, settings } = shape.parse(parse(yaml));
  return {
    commands: features.slash_commands,
    shortcuts: features.shortcuts,
    subscribed: settings.event_subscriptions?.bot_events ?? [],
  };
}
