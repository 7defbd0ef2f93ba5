// auth.test, api.test, apps.connections.open.
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Method } from './method.ts';
import { failed, method, optionalText } from './method.ts';

const authTest = method({
  tier: 'none',
  args: z.object({}),
  run(workspace) {
    const { app, team } = workspace;
    return {
      ok: true,
      url: `https://${team.domain}.slack.com/`,
      team: team.name,
      user: app.bot_name,
      team_id: team.id,
      user_id: app.bot_user_id,
      bot_id: app.bot_id,
      is_enterprise_install: false,
    };
  },
});

const apiTest = method({
  token: 'none',
  tier: 'none',
  args: z.looseObject({ error: optionalText }),
  run(_workspace, args) {
    return args.error ? failed(args.error, { args }) : { ok: true, args };
  },
});

/** Tickets are given out here and taken at the WebSocket's upgrade. */
export function connectionMethods(tickets: Set<string>): Record<string, Method> {
  return {
    'auth.test': authTest,
    'api.test': apiTest,
    'apps.connections.open': method({
      token: 'app',
      tier: 1,
      args: z.object({}),
      run(workspace) {
        const ticket = randomUUID();
        tickets.add(ticket);
        const host = workspace.origin.replace(/^http/, 'ws');
        return { ok: true, url: `${host}/link/?ticket=${ticket}&app_id=${workspace.app.id}` };
      },
    }),
  };
}
