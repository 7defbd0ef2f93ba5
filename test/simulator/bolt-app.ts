// The real Bolt client against the simulator, started the way that avoids the shorthand's traps.
import { App, LogLevel, SocketModeReceiver } from '@slack/bolt';
import type { Slack } from '../../simulator/slack/slack.ts';

/** A Bolt app over Socket Mode; reconnects `clientPingTimeout` ms after a cut. */
export function boltApp(slack: Slack, clientPingTimeout = 300): App {
  const receiver = new SocketModeReceiver({
    appToken: slack.appToken,
    clientPingTimeout,
    logLevel: LogLevel.ERROR,
    installerOptions: { clientOptions: { slackApiUrl: slack.apiUrl } },
  });
  return new App({
    token: slack.botToken,
    receiver,
    logLevel: LogLevel.ERROR,
    clientOptions: { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } },
  });
}
