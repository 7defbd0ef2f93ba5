/** The whole process, put together and started; stopped in the order that loses nothing. No flag, signal or exit here. */
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Desk } from '../handlers/desk.ts';
import { hearMissedAnswers } from '../handlers/hear-missed-answers.ts';
import { settleLater } from '../handlers/perform.ts';
import { registerHandlers } from '../handlers/register.ts';
import type { Policy } from '../policies/policy.ts';
import { keptActs } from './act.ts';
import { laneKinds } from './carriers.ts';
import { wait, type Clock } from './clock.ts';
import type { Config } from './config.ts';
import { createDeliverer } from './deliver.ts';
import { createApi } from './http/api.ts';
import { createAuthenticate } from './http/authenticate.ts';
import { callbackProblem } from './http/callback-address.ts';
import { listen } from './http/listen.ts';
import { createWaiters } from './http/waiters.ts';
import { loadPolicy } from './load-policy.ts';
import { createMetrics } from './metrics.ts';
import { backoff } from './pace.ts';
import { openQueues } from './queue/open-queues.ts';
import { takeItem } from './queue/take-items.ts';
import { say } from './send-effect.ts';
import { createBoltApp } from './slack/bolt-app.ts';
import { slackClients } from './slack/clients.ts';
import { createMembers } from './slack/members.ts';
import { slackTrouble } from './slack/slack-error.ts';
import { createCommit } from './store/commit.ts';
import { migrate, openDatabase } from './store/database.ts';
import { lockDataDir } from './store/lock.ts';
import { startSweepLoop } from './sweep-loop.ts';
import type { Ids, World } from './world.ts';

export interface Pager {
  /** Where the HTTP API listens. */
  port: number;
  world: World;
  /** Resolves once every part is ready; rejects where Slack refuses the tokens. */
  ready: Promise<void>;
  /** Puts an item in by the queue, as a producer does. */
  submit(data: unknown, jobId?: string): Promise<string>;
  /** Reads the policy file again. Returns its problems; with any, the policy in force stays. */
  reload(): Promise<string[]>;
  /** Takes no more work, ends what is in flight, closes everything. */
  stop(): Promise<void>;
}

/**
 * Ids by chance and by the time: UUIDs of version 7, which begin with the millisecond. Rows that are written together
 * then stand together in every index, so that a group of them flushes few pages; this halves what a commit costs.
 */
export const createIds = (clock: Clock): Ids => ({
  uuid() {
    const time = clock.now().toString(16).padStart(12, '0');
    return `${time.slice(0, 8)}-${time.slice(8, 12)}-7${randomUUID().slice(15)}`;
  },
  salt: () => randomBytes(16).toString('hex'),
});

/** Thrown where the configuration or the policy is wrong: `problems` are for the operator's eyes as they are. */
export class StartRefused extends Error {
  readonly problems: string[];
  constructor(problems: string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

/** Starts everything. Rejects, with nothing left running, where a part cannot be had; Slack alone may come later. */
export async function startPager(
  config: Config,
  given: { clock: Clock; log: Logger; ids?: Ids; pgliteInMemory?: boolean },
): Promise<Pager> {
  const { clock, log } = given;
  const loaded = await loadPolicy(config.policy);
  if (!loaded.ok) throw new StartRefused(loaded.problems);
  for (const notice of loaded.notices) log.warn({ policy: config.policy }, notice);
  let policy: Policy = loaded.policy;

  const undo: (() => unknown)[] = [];
  try {
    await mkdir(config.data_dir, { recursive: true });
    undo.push(lockDataDir(join(config.data_dir, 'hitl.lock')));
    const db = openDatabase(join(config.data_dir, 'hitl.db'));
    undo.push(() => db.destroy());
    const migrated = await migrate(db);
    if (migrated.length > 0) log.info({ migrated }, 'database brought up to date');
    const queues = await openQueues(
      {
        redis_url: config.redis_url,
        pglite_dir: given.pgliteInMemory ? undefined : join(config.data_dir, 'queue'),
        name: config.queue,
      },
      log,
    );
    undo.push(() => queues.close());

    const clients = slackClients(config.slack.bot_token, config.slack.api_url, log);
    const members = createMembers(clients.person, clock);
    const waiters = createWaiters(clock);
    let ownTeam = '';
    const world: World = {
      clock,
      ids: given.ids ?? createIds(clock),
      db,
      commit: createCommit({
        db,
        clock,
        onCommit: ({ lanes, ended }) => {
          deliverer.wake(lanes);
          waiters.ended(ended);
        },
      }),
      policy: () => policy,
      membersOf: members.of,
      ownTeam: () => ownTeam,
      callbackProblem: (url) =>
        callbackProblem(url, {
          allow: config.callback_allow,
          signed: config.webhook_secret !== undefined,
        }),
      log,
    };
    const deliverer = createDeliverer(
      world,
      world.ids.uuid(),
      laneKinds(world, {
        slack: clients.outbox,
        decisions: queues.decisions,
        webhooks: { secret: config.webhook_secret, allow: config.callback_allow },
      }),
    );

    const slack = createBoltApp(config.slack, log);
    const inHand = new Set<Promise<unknown>>();
    const follow = (what: string, work: Promise<unknown>) => {
      const followed = work
        .catch((error: unknown) => log.error({ err: error }, `${what} failed`))
        .finally(() => inHand.delete(followed));
      inHand.add(followed);
    };
    const stop = new AbortController();
    const desk: Desk = {
      world,
      web: clients.person,
      members,
      botUserId: '',
      workspaceUrl: 'https://slack.com/',
      stopping: stop.signal,
      afterwards: follow,
    };
    slack.app.use(async ({ next }) => {
      const handled = next();
      follow(
        'a handler',
        handled.then(
          () => {},
          () => {},
        ),
      );
      await handled;
    });
    slack.app.error(async (error) =>
      log.error({ err: error }, 'a handler failed; the person saw no answer to their click'),
    );
    registerHandlers(slack.app, desk);

    let slackReady = false;
    const listening = await listen(
      createApi({
        world,
        authenticate: createAuthenticate(config),
        waiters,
        metrics: createMetrics(world),
        async notReady() {
          const missing: string[] = [];
          if (!slackReady || !slack.connected()) missing.push('Slack is not connected');
          await queues
            .ping()
            .catch(() =>
              missing.push(
                config.redis_url === undefined
                  ? 'the built-in queue does not answer'
                  : 'Redis does not answer',
              ),
            );
          return missing;
        },
      }),
      { port: config.port, bind: config.bind },
      slack.listener && onceReady(slack.listener, () => slackReady),
    );
    undo.push(() => listening.close());
    await deliverer.start();
    undo.push(() => deliverer.stop());
    const sweep = startSweepLoop(world);
    undo.push(() => sweep.stop());
    const worker = queues.take((job) => takeItem(world, job, config.queue));
    log.info(
      {
        port: listening.port,
        bind: config.bind,
        queue: config.queue,
        queues: config.redis_url === undefined ? 'in this process' : 'Redis',
        data_dir: config.data_dir,
      },
      'items are taken in',
    );

    const ready = connect().then(() => {
      slackReady = true;
      log.info('ready');
    });
    // Whoever does not wait for it still must not be brought down by it.
    ready.catch(() => {});

    async function connect(): Promise<void> {
      for (let attempt = 1; !stop.signal.aborted; attempt += 1) {
        try {
          const who = await clients.person.auth.test();
          ownTeam = who.team_id ?? '';
          desk.botUserId = who.user_id ?? '';
          desk.workspaceUrl = who.url ?? desk.workspaceUrl;
          await slack.start({ botId: who.bot_id, botUserId: who.user_id });
          for (const { id, act } of await keptActs(world))
            follow('a click kept by an earlier process', settleLater(desk, id, act));
          const hear = () => follow('reading threads again', hearMissedAnswers(desk));
          slack.onReconnect(hear);
          hear();
          return;
        } catch (error) {
          const refused = refusedByName(error);
          if (refused !== null)
            throw new StartRefused([
              `Slack refuses the token (${refused}): check SLACK_BOT_TOKEN and SLACK_APP_TOKEN, then run \`hitl doctor\``,
            ]);
          log.warn(
            { err: error, attempt },
            'Slack cannot be reached; trying again. Items are taken in meanwhile',
          );
          await wait(clock, backoff(attempt));
        }
      }
    }

    return {
      port: listening.port,
      world,
      ready,
      submit: (data, jobId) => queues.submit(data, jobId),
      async reload() {
        const next = await loadPolicy(config.policy);
        if (next.ok) {
          policy = next.policy;
          for (const notice of next.notices) log.warn({ policy: config.policy }, notice);
          log.info({ policy: config.policy, version: policy.version }, 'policy reloaded');
          return [];
        }
        log.error(
          { problems: next.problems },
          'the new policy is not used; the one in force stays',
        );
        const words = `The policy file was not reloaded: ${next.problems[0]}${next.problems.length > 1 ? ` (and ${next.problems.length - 1} more; \`hitl policy check\` lists them)` : ''}. The one in force stays.`;
        await world.commit((unit) =>
          say(
            world,
            unit,
            null,
            { to: 'channel', channel: policy.operators_channel },
            { line: 'report', words },
          ),
        );
        return next.problems;
      },
      async stop() {
        if (stop.signal.aborted) return;
        stop.abort();
        log.info('stopping: no more work is taken');
        await worker.close();
        await slack
          .stop()
          .catch((error: unknown) => log.warn({ err: error }, 'the socket did not close cleanly'));
        waiters.close();
        await listening.close();
        await sweep.stop();
        await Promise.race([Promise.allSettled(inHand), wait(clock, 3000)]);
        await deliverer.stop();
        await queues.close();
        await db.destroy();
        undo[0]?.();
        log.info('stopped');
      },
    };
  } catch (error) {
    for (const step of undo.reverse()) await Promise.resolve(step()).catch(() => {});
    throw error;
  }
}

/** Before the bot knows its own workspace nobody can be judged: Slack is told to come again. */
function onceReady(listener: RequestListener, ready: () => boolean): RequestListener {
  return (request, response) => {
    if (ready()) listener(request, response);
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
