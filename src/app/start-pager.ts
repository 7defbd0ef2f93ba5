/** The whole process, put together and started; stopped in the order that loses nothing. No flag, signal or exit here. */
import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Logger } from 'pino';
import { lackingKeys } from '../../policies/file/pagerduty-keys.ts';
import { createSenders } from '../delivery/senders.ts';
import type { Clock } from '../domain/clock.ts';
import type { Config } from '../config/config.ts';
import { openDataFolder } from '../store/data-folder.ts';
import { createDeliverer } from '../delivery/deliver.ts';
import { createFigures } from '../stats/questions/figures.ts';
import { startFolding } from '../stats/facts/fold-facts.ts';
import { createApi } from '../http/api.ts';
import { createAuthenticate } from '../http/authenticate.ts';
import { replyProblem } from '../domain/reply-queue.ts';
import { callbackProblem } from '../http/callback-address.ts';
import { startRetention } from '../erasure/retention.ts';
import { changesHomes, createHomeWatch } from '../home/home-watch.ts';
import { createIntakeQuota } from '../intake/intake-quota.ts';
import { delayJob } from '../queue/delay-job.ts';
import { listen } from '../http/listen.ts';
import { createWaiters } from '../http/waiters.ts';
import { loadHolds } from '../world/holds.ts';
import { createIds } from '../world/ids.ts';
import { createMetrics } from './metrics.ts';
import { openShiftBook } from '../on-call/on-call.ts';
import { policyInForce } from './policy-in-force.ts';
import { announceProcess, keepReload } from './process-file.ts';
import { openQueues } from '../queue/open-queues.ts';
import { reportRisks } from '../queue/report-risks.ts';
import { startQueueSweep } from '../queue/sweep-queues.ts';
import { takeItem } from '../queue/take-items.ts';
import { takeWhenWell } from '../queue/take-when-well.ts';
import { plainMessage } from '../../blocks/messages/plain-message.ts';
import { createDiskState } from './disk-state.ts';
import { measureSpace, startDiskWatch, type WatchedDisk } from './disk-watch.ts';
import { createReadiness } from './readiness.ts';
import { createSlackSide } from './slack-side.ts';
import { slackClients } from '../slack/clients.ts';
import { createSlackCalls } from '../slack/count-calls.ts';
import { createDirectory } from '../slack/directory.ts';
import { createCommit } from '../store/commit.ts';
import { migrate, openDatabase } from '../store/database.ts';
import { lockDataDir } from '../store/lock.ts';
import { keepSecret } from '../store/secrets.ts';
import { createStopStack } from './stop-stack.ts';
import { startSweepLoop } from './sweep-loop.ts';
import { startWatcher } from './watcher.ts';
import { startDriftWatch } from '../stats/watch/watch-drift.ts';
import { startWeeklyDigest } from '../stats/watch/weekly-digest.ts';
import type { Ids, World } from '../world/world.ts';

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

/** Starts everything. Rejects, with nothing left running, where a part cannot be had; Slack alone may come later. */
export async function startPager(
  config: Config,
  given: { clock: Clock; log: Logger; ids?: Ids; measure?: WatchedDisk['measure'] },
): Promise<Pager> {
  const { clock, log } = given;
  const policy = await policyInForce(config.policy, log, (one) =>
    lackingKeys(one, config.pagerduty.keys),
  );

  const stack = createStopStack(log);
  try {
    const folder = await openDataFolder(config.data_dir);
    if (folder.tightened.length > 0)
      log.info({ tightened: folder.tightened }, 'the data folder is for this user alone now');
    for (const line of folder.loose) log.warn(line);
    stack.started('lock', lockDataDir(join(config.data_dir, 'hitl.lock')));
    stack.started('process file', await announceProcess(config.data_dir));
    const diskState = createDiskState();
    const db = openDatabase(join(config.data_dir, 'hitl.db'), { onFault: diskState.met });
    stack.started('database', () => db.destroy());
    const migrated = await migrate(db);
    if (migrated.length > 0) log.info({ migrated }, 'database brought up to date');
    // Version 0.1 kept its queue there, in a form that nothing else could read.
    await rm(join(config.data_dir, 'queue'), { recursive: true, force: true });
    const queues = await openQueues(
      {
        redis_url: config.redis_url,
        file: join(config.data_dir, 'queue.db'),
        name: config.queue,
        reply_queues: config.reply_queues,
      },
      log,
      { clock, onFault: diskState.met },
    );
    stack.started('queues', () => queues.close());

    const shifts = await openShiftBook(db, clock, policy.now);
    const calls = createSlackCalls({ clock, log });
    const clients = slackClients(config.slack.bot_token, config.slack.api_url, log, calls.fetch);
    const directory = createDirectory(clients.person, clock);
    const waiters = createWaiters(clock);
    const homes = createHomeWatch(() => world);
    let ownTeam = '';
    let workspaceUrl = 'https://slack.com/';
    const ids = given.ids ?? createIds(clock);
    const world: World = {
      clock,
      ids,
      db,
      commit: createCommit({
        db,
        clock,
        onCommit: ({ lanes, ended }) => {
          deliverer.wake(lanes);
          waiters.ended(ended);
          if ([...lanes].some(changesHomes)) homes.changed();
        },
      }),
      holds: await loadHolds(db),
      policy: policy.now,
      samplingKey: await keepSecret(db, 'sampling', ids.salt() + ids.salt(), clock.now()),
      membersOf: directory.membersOf,
      accountOf: directory.accountOf,
      onCall: shifts.onCall,
      shifts,
      ownTeam: () => ownTeam,
      workspaceUrl: () => workspaceUrl,
      callbackProblem: (url) =>
        callbackProblem(url, {
          allow: config.callback_allow,
          signed: config.webhook_secret !== undefined,
        }),
      replyProblem: (queue) =>
        replyProblem(queue, {
          patterns: config.reply_queues,
          items: config.queue,
          redis: config.redis_url !== undefined,
        }),
      log,
    };
    const deliverer = createDeliverer(
      world,
      world.ids.uuid(),
      createSenders(world, {
        slack: clients.outbox,
        results: queues.results && {
          named: queues.results.named,
          keep_ms: config.results_keep_ms,
        },
        webhooks: { secret: config.webhook_secret, allow: config.callback_allow },
        pagerduty: config.pagerduty,
        homes: { watch: homes, look: directory.look },
      }),
    );

    const figures = createFigures(join(config.data_dir, 'hitl.db'), clock);
    const slack = createSlackSide(
      config.slack,
      world,
      clients,
      directory,
      figures,
      homes,
      config.policy,
      calls.fetch,
    );
    await deliverer.start();
    stack.started('outbox', () => deliverer.stop());
    await homes.start();
    stack.started('Homes', () => homes.stop());
    stack.started('handlers', () => slack.settled());
    const watcher = startWatcher(world);
    stack.started('watcher', () => watcher.stop());
    const disk = startDiskWatch(world, {
      state: diskState,
      folder: resolve(config.data_dir),
      measure: given.measure ?? measureSpace,
      writeQueue: queues.probe,
      post: async (channel, words) =>
        void (await clients.outbox.chat.postMessage({ channel, ...plainMessage(words) })),
    });
    stack.started('disk watch', () => disk.stop());
    diskState.onChange((fault) => {
      if (fault === null) slack.hearAgain();
    });
    const quota = createIntakeQuota(world);
    const listening = await listen(
      createApi({
        world,
        authenticate: createAuthenticate(config),
        watches: createAuthenticate({ api_token: config.metrics_token, api_tokens: [] }),
        waiters,
        bot_token: config.slack.bot_token,
        metrics: createMetrics(world, {
          calls,
          connected: () => slack.ready(),
          freeBytes: disk.free,
          limited: () => quota.limited(),
        }),
        quota,
        ...createReadiness({
          slack: () => [...(slack.ready() ? [] : ['Slack is not connected']), ...calls.troubles()],
          watcher,
          disk,
          queues,
          queue: config.redis_url === undefined ? 'the embedded queue (queue.db)' : 'Redis',
        }),
      }),
      { port: config.port, bind: config.bind, public_hosts: config.public_hosts },
      slack.listener,
      log,
    );
    stack.started('HTTP', () => listening.close());
    stack.started('waiting requests', () => waiters.close());
    // A port that another process has ends the start before anything is swept.
    const sweep = startSweepLoop(world);
    stack.started('sweep', () => sweep.stop());
    const drift = startDriftWatch(world, (question) => figures.ask(question));
    stack.started('drift watch', () => drift.stop());
    const digest = startWeeklyDigest(world, (question) => figures.ask(question));
    stack.started('weekly digest', () => digest.stop());
    // Their thread starts with a question. It stops before those who may be waiting for its answer.
    stack.started('figures', () => figures.stop());
    const tidying = startQueueSweep(
      world,
      { items: queues.items, results: queues.results },
      config.results_keep_ms,
    );
    stack.started('queue sweep', () => tidying.stop());
    const retention = startRetention(world);
    stack.started('retention', () => retention.stop());
    const folding = startFolding(world);
    stack.started('folding of facts', () => folding.stop());
    stack.started('connection to Slack', () => slack.stop());
    await reportRisks(world, await queues.risks());
    const stopping = new AbortController();
    const worker = queues.take(
      takeWhenWell(diskState, stopping.signal, (job, token) => {
        const wait_ms = quota.queue('queue', job.id ?? '');
        return wait_ms > 0 ? delayJob(job, token, wait_ms) : takeItem(world, job, config.queue);
      }),
    );
    stack.started('intake', () => {
      stopping.abort();
      return worker.close();
    });
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

    const connected = slack.connect((workspace) => {
      ownTeam = workspace.team;
      workspaceUrl = workspace.url ?? workspaceUrl;
    });
    const ready = connected.then(() => log.info('ready'));
    // Whoever does not wait for it still must not be brought down by it.
    ready.catch(() => {});

    let reloads = 0;
    let told = false;
    return {
      port: listening.port,
      world,
      ready,
      submit: (data, jobId) => queues.submit(data, jobId),
      async reload() {
        const problems = await policy.reload(world);
        reloads += 1;
        const { version } = policy.now();
        await keepReload(config.data_dir, { count: reloads, at: clock.now(), version, problems });
        return problems;
      },
      async stop() {
        if (told) return;
        told = true;
        log.info('stopping: no more work is taken');
        await stack.stop();
        log.info('stopped');
      },
    };
  } catch (error) {
    // The log has what could not be stopped; why the start failed matters more here.
    await stack.stop().catch(() => {});
    throw error;
  }
}
