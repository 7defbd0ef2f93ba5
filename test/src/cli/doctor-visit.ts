/** A visit of `hitl doctor`: a strict Slack where all is well, and an environment to break. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { demoWorkspace } from '../../../simulator/slack/seed.ts';
import { startSlack, type Slack } from '../../../simulator/slack/slack.ts';
import { systemClock, type Clock } from '../../../src/domain/clock.ts';
import { BOT_SCOPES } from '../../../src/slack/scopes.ts';
import { hitl, type Said } from './terminal.ts';

export interface Visit {
  slack: Slack;
  env: Record<string, string>;
  folder: string;
  /** Runs it; an empty variable is not set. Checks each time that no secret is said. */
  doctor(more?: Record<string, string>, clock?: Clock): Promise<Said>;
  close(): Promise<void>;
}

export const SECRET = 'a-token-for-the-doctor';

/** The lines of what is to be mended. */
export const toMend = (said: Said): string[] =>
  said.out.split('\n').filter((line) => line.startsWith('FIX'));

export async function openVisit(): Promise<Visit> {
  const folder = mkdtempSync(join(tmpdir(), 'hitl-doctor-'));
  const slack = await startSlack({ seed: demoWorkspace, botScopes: Object.keys(BOT_SCOPES) });
  const env = {
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    HITL_API_TOKEN: SECRET,
    HITL_DATA_DIR: join(folder, 'data'),
  };
  return {
    slack,
    env,
    folder,
    async doctor(more = {}, clock = systemClock) {
      const given = Object.entries({ ...env, ...more }).filter(([, value]) => value !== '');
      const said = await hitl(['doctor'], { env: Object.fromEntries(given), clock });
      for (const secret of [slack.botToken, slack.appToken, slack.signingSecret, SECRET])
        expect(`${said.out}${said.err}`).not.toContain(secret);
      expect(said.err).toBe('');
      return said;
    },
    async close() {
      await slack.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
