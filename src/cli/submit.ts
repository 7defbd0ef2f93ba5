/** `hitl submit FILE`: puts items in from a file, as a producer would. */
import type { Command } from 'commander';
import { withoutControls } from '../domain/keepable-json.ts';
import type { Environment } from '../config/config.ts';
import { readItems, type ReadItem } from './read-items.ts';
import { UsageError, type ExitCode, type Finish, type Shell } from './cli-context.ts';
import { byHttp, byQueue, type Submitted, type Way } from './submit-ways.ts';

interface SubmitOptions {
  url?: string;
  queue?: boolean;
  json?: boolean;
}

export function submitCommand(program: Command, shell: Shell, finish: Finish): void {
  program
    .command('submit')
    .argument('<file>', 'one JSON item, or one a line; - is standard input')
    .description('put items in: to a running pager, or onto the queue on Redis')
    .option(
      '--url <address>',
      'where the pager listens (default: HITL_URL, else this machine and PORT)',
    )
    .option('--queue', 'onto the queue, which needs REDIS_URL')
    .option('--json', 'one JSON object an item, on standard output')
    .addHelpText(
      'after',
      `
By HTTP with HITL_API_TOKEN; onto the queue where REDIS_URL is set and no address is given. Without Redis the
queue lives inside the pager's own process, and only HTTP leads there. Exits 1 if any item is refused.`,
    )
    .action(async (file: string, options: SubmitOptions) => {
      const items = readItems(await shell.read(file));
      // A file with nothing in it that could be sent needs no pager to be refused.
      const way = items.some((item) => 'value' in item) ? await wayOf(shell, options) : null;
      if (way) shell.err(`to ${way.to}`);
      try {
        finish(await submit(shell, file, items, way, options.json ?? false));
      } finally {
        await way?.close();
      }
    });
}

async function wayOf(shell: Shell, options: SubmitOptions): Promise<Way> {
  const get = (name: keyof Environment) => shell.env[name]?.trim() || undefined;
  const redis_url = get('REDIS_URL');
  if (options.queue && options.url !== undefined)
    throw new UsageError('--queue and --url are two ways: give one of them');
  if (options.queue && redis_url === undefined)
    throw new UsageError(
      "--queue needs REDIS_URL: without it the queue lives inside the pager's own process; leave --queue away to go by HTTP",
    );
  const address = options.queue ? undefined : (options.url ?? get('HITL_URL'));
  if (redis_url !== undefined && address === undefined) {
    if (!isUrl(redis_url, ['redis:', 'rediss:']))
      throw new UsageError('REDIS_URL must start with redis:// or rediss://');
    return byQueue(redis_url, get('HITL_QUEUE') ?? 'hitl-items', shell.clock);
  }
  const base = address ?? `http://127.0.0.1:${get('PORT') ?? '3000'}`;
  if (!isUrl(base, ['http:', 'https:']))
    throw new UsageError(
      address === undefined
        ? 'PORT must be a number from 1 to 65535'
        : `${JSON.stringify(address)} is not an http or https address: --url or HITL_URL says where the pager listens`,
    );
  const token = get('HITL_API_TOKEN');
  if (token === undefined)
    throw new UsageError(
      'HITL_API_TOKEN is not set: it is the token that the pager was started with, or one whose digest is in its HITL_API_TOKENS',
    );
  if (!/^[\x21-\x7e]+$/.test(token))
    throw new UsageError('HITL_API_TOKEN has characters that no header can carry');
  return byHttp(new URL(base), token, shell.clock);
}

const isUrl = (value: string, protocols: string[]): boolean =>
  URL.canParse(value) && protocols.includes(new URL(value).protocol);

async function submit(
  shell: Shell,
  file: string,
  items: ReadItem[],
  way: Way | null,
  json: boolean,
): Promise<ExitCode> {
  const counts = { accepted: 0, known: 0, queued: 0, refused: 0 };
  const at_once = way?.at_once ?? items.length;
  for (let at = 0; at < items.length; at += at_once) {
    const together = items.slice(at, at + at_once);
    const results = await Promise.all(together.map((item) => put(way, item)));
    for (const [n, submitted] of results.entries()) {
      counts[submitted.result] += 1;
      const line = together[n]?.line ?? 0;
      if (json) shell.out(JSON.stringify({ line, ...submitted }));
      else tell(shell, `${file}:${line}`, submitted);
    }
  }
  if (!json && items.length > 1)
    shell.out(
      Object.entries(counts)
        .filter(([, count]) => count > 0)
        .map(([what, count]) => `${count} ${WORDS[what] ?? what}`)
        .join(', '),
    );
  return counts.refused === 0 ? 0 : 1;
}

async function put(way: Way | null, item: ReadItem): Promise<Submitted> {
  if ('value' in item && way) return way.put(item.value);
  return {
    result: 'refused',
    item_id: null,
    errors: [{ field: 'item', problem: 'problem' in item ? item.problem : 'was not sent' }],
  };
}

const WORDS: Record<string, string> = { known: 'known already', queued: 'on the queue' };

const warn = (shell: Shell, warnings: readonly string[] = []): void =>
  warnings.forEach((warning) => shell.err(withoutControls(`  warning: ${warning}`)));

/** Ids are the producer's: a control character in one is written as an escape, so that it steers no terminal. */
function tell(shell: Shell, where: string, submitted: Submitted): void {
  const out = (words: string) => shell.out(withoutControls(words));
  switch (submitted.result) {
    case 'accepted':
      out(`${submitted.item_id}: accepted, ${submitted.status} (rule ${submitted.rule})`);
      return warn(shell, submitted.warnings);
    case 'known':
      out(
        `${submitted.item_id}: known already, ${submitted.status} (rule ${submitted.rule}); nothing happens twice`,
      );
      return warn(shell, submitted.warnings);
    case 'queued':
      return out(
        `${submitted.item_id ?? 'an item without id'}: on the queue as job ${submitted.job_id}`,
      );
    case 'refused': {
      const item = submitted.item_id === null ? where : `${where} ${submitted.item_id}`;
      const errors = submitted.errors.map((one) => `${one.field} ${one.problem}`).join('; ');
      return shell.err(withoutControls(`${item}: refused: ${errors}`));
    }
    default:
      return submitted satisfies never;
  }
}
