/**
 * The Slack side of the process: the app that people's clicks come in by, the desk its handlers work at, and the way to
 * get connected. Slack may come later than the rest; until it has, nobody's click is judged.
 */
import { readFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import type { HandlerContext } from '../../handlers/context/handler-context.ts';
import { hearMissedAnswers } from '../../handlers/events/hear-missed-answers.ts';
import { makeKeptChanges } from '../../handlers/commands/make-change.ts';
import { settleLater } from '../../handlers/context/run-action.ts';
import { tellOfDisk } from '../../handlers/context/tell-of-disk.ts';
import { registerHandlers } from '../../handlers/register.ts';
import { namedInPolicy } from '../../policies/access/named-in-policy.ts';
import { keptActs } from '../items/action.ts';
import { systemClock, wait } from '../domain/clock.ts';
import type { Config } from '../config/config.ts';
import { backoff } from '../outbox/pace.ts';
import { createBoltApp } from '../slack/bolt-app.ts';
import type { SlackCalls } from '../slack/count-calls.ts';
import type { SlackClients } from '../slack/clients.ts';
import type { Directory } from '../slack/directory.ts';
import { slackTrouble } from '../slack/slack-error.ts';
import { StartRefused } from '../domain/start-refused.ts';
import type { Figures } from '../stats/questions/figures.ts';
import type { PictureQuestion } from '../stats/questions/question.ts';
import { reliabilityChart } from '../stats/charts/reliability-chart.ts';
import { statsChart } from '../stats/charts/stats-chart.ts';
import { showPicture } from '../slack/show-picture.ts';
import { uploadFile } from '../slack/upload-file.ts';
import { startSlackWatch } from '../slack/watch-slack.ts';
import type { Repeated } from '../world/repeat.ts';
import type { World } from '../world/world.ts';

export interface SlackSide {
  /** For the HTTP server, where Slack calls us; null with Socket Mode. */
  listener: RequestListener | null;
  /** Connected, and able to hear clicks now. */
  ready(): boolean;
  /** Connects, as often as it takes. Rejects with StartRefused where Slack refuses the tokens for good. */
  connect(onMet: (workspace: { team: string; url: string | undefined }) => void): Promise<void>;
  /** Takes in what was said in threads while it could not be kept. */
  hearAgain(): void;
  /** Takes no more clicks. */
  stop(): Promise<void>;
  /** Resolves when what handlers were at has ended, or after a while. */
  settled(): Promise<void>;
}

/** As many people are looked up at the start as Slack answers in a minute. */
const MET_AT_ONCE = 90;
/** Whatever a handler is still at once the process stops has this long; what it was at is kept on disk. */
const SETTLE_MS = 3000;

export function createSlackSide(
  config: Config['slack'],
  world: World,
  clients: SlackClients,
  directory: Directory,
  figures: Figures,
  homes: HandlerContext['homes'],
  /** Where the policy file is. */
  policyFile: string,
  /** What calls of the Web API go through. */
  fetch: SlackCalls['fetch'],
): SlackSide {
  const { log, clock } = world;
  const slack = createBoltApp(config, log, fetch);
  const stop = new AbortController();
  const inHand = new Set<Promise<unknown>>();
  const follow = (what: string, work: Promise<unknown>) => {
    const followed = work
      .catch((error: unknown) => log.error({ err: error }, `${what} failed`))
      .finally(() => inHand.delete(followed));
    inHand.add(followed);
  };
  const show = async (question: PictureQuestion | null) =>
    question === null
      ? null
      : showPicture(clients.person, clock, await figures.ask(question), stop.signal);
  const desk: HandlerContext = {
    world,
    web: clients.person,
    directory,
    figures: {
      ask: (question) => figures.ask(question),
      picture: (chart) => show(statsChart(chart)),
      reliability: (diagrams) => show(reliabilityChart(diagrams)),
    },
    homes,
    sendFile: async (user, { text, comment, ...file }) => {
      const content = new TextEncoder().encode(text);
      const sent = await uploadFile(
        clients.person,
        { ...file, content },
        { channel: user, comment },
      );
      return sent.uploaded ? null : sent.trouble;
    },
    policyText: () => readFile(policyFile, 'utf8'),
    botUserId: '',
    stopping: stop.signal,
    afterwards: follow,
  };
  slack.app.use(async (args) => {
    const { next, context } = args;
    // What a handler throws is Bolt's to report; here it is only waited for.
    const handled = next().catch((error: unknown) => tellOfDisk(desk, error, args));
    inHand.add(handled);
    await handled.finally(() => inHand.delete(handled));
    if (context.userId !== undefined)
      follow('a look at an account', directory.renew(context.userId));
  });
  slack.app.error(async (error) =>
    log.error({ err: error }, 'a handler failed; the person saw no answer to their click'),
  );
  registerHandlers(slack.app, desk);
  let met = false;
  let watch: Repeated | null = null;
  /** Whom the policy names by id is known before they click; whoever is not is asked about then. */
  const meetPeople = async () => {
    const named = [...namedInPolicy(world.policy()).users.keys()].slice(0, MET_AT_ONCE);
    for (const user of named) {
      if (stop.signal.aborted || world.accountOf(user) !== undefined) continue;
      try {
        await directory.look([user]);
      } catch (error) {
        log.info(
          { err: error },
          'Slack does not say who people are now; they are asked about later',
        );
        return;
      }
    }
  };
  const hear = () => follow('reading threads again', hearMissedAnswers(desk));

  return {
    listener: slack.listener && onceMet(slack.listener, () => met),
    ready: () => met && slack.connected(),
    async connect(onMet) {
      for (let attempt = 1; !stop.signal.aborted; attempt += 1) {
        try {
          const who = await clients.person.auth.test();
          onMet({ team: who.team_id ?? '', url: who.url });
          desk.botUserId = who.user_id ?? '';
          await slack.start({ botId: who.bot_id, botUserId: who.user_id });
          met = true;
          watch ??= startSlackWatch(world, clients.person);
          for (const { id, act } of await keptActs(world))
            follow('a click kept by an earlier process', settleLater(desk, id, act));
          follow('what an earlier process was asked for', makeKeptChanges(desk));
          slack.onReconnect(hear);
          hear();
          await meetPeople();
          return;
        } catch (error) {
          const refused = refusedByName(error);
          if (refused !== null) {
            throw new StartRefused([
              `Slack refuses the token (${refused}): check SLACK_BOT_TOKEN and SLACK_APP_TOKEN, then run \`hitl doctor\``,
            ]);
          }
          // Whoever counts the calls says so in the log, once a minute.
          log.debug({ err: error, attempt }, 'Slack cannot be reached; trying again');
          await wait(clock, backoff(attempt), stop.signal);
        }
      }
    },
    hearAgain() {
      if (met) hear();
    },
    async stop() {
      stop.abort();
      await watch?.stop();
      await slack
        .stop()
        .catch((error: unknown) => log.warn({ err: error }, 'the socket did not close cleanly'));
    },
    async settled() {
      const over = new AbortController();
      const all = Promise.allSettled(inHand).then(() => over.abort());
      // Real time: the clock may stand, and a handler whose socket is gone may never end.
      await Promise.race([all, wait(systemClock, SETTLE_MS, over.signal)]);
    },
  };
}

/** Before the bot knows its own workspace nobody can be judged: Slack is told to come again. */
function onceMet(listener: RequestListener, met: () => boolean): RequestListener {
  return (request, response) => {
    if (met()) listener(request, response);
    else response.writeHead(503, { 'retry-after': '1' }).end();
  };
}

/** The name under which Slack refused a token for good, or null where it may yet answer. */
function refusedByName(error: unknown): string | null {
  try {
    const trouble = slackTrouble(error);
    return trouble.trouble === 'refused' ? trouble.error : null;
  } catch {
    return null;
  }
}
