/**
 * The layers of the code: which folder may import which, and which packages. This table is the one place: it writes the
 * linter's rules (`.oxlintrc.json`) and the table in ARCHITECTURE.md.
 *
 * `npx tsx scripts/layers.ts` writes both; with `--check` it only says what is out of date, and fails.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';

interface Layer {
  name: string;
  /** What lives there, for a newcomer. */
  what: string;
  folders: readonly string[];
  /** Names of layers. Its own folders may always import each other; `test/tree.test.ts` finds circles. */
  may: readonly string[];
  /** Packages and Node's modules that it may import; of `packages`, all others are refused. '*': any. */
  packages: readonly string[];
}

const NODE = ['node:*'];

export const LAYERS: readonly Layer[] = [
  {
    name: 'domain',
    what: 'shapes and pure rules: the item, its life, its decision, time, hashes, redaction; formulas of figures',
    folders: ['src/domain', 'src/stats/formulas'],
    may: [],
    packages: [
      'zod',
      'node:crypto',
      'simple-statistics',
      'diff',
      'jsonpath-rfc9535',
      'lossless-json',
      're2js',
    ],
  },
  {
    name: 'policies',
    what: 'pure: the policy file, its conditions, deadlines, rotations, who may',
    folders: ['policies'],
    may: ['domain'],
    packages: ['zod', 'yaml', '@marcbachmann/cel-js', 'temporal-polyfill'],
  },
  {
    name: 'blocks',
    what: 'pure: records in, Block Kit out, and forms read back',
    folders: ['blocks'],
    may: ['domain'],
    packages: ['zod', '@slack/types', 'diff', 'markdown-it'],
  },
  {
    name: 'migrations',
    what: 'the database, step by step',
    folders: ['migrations'],
    may: [],
    packages: ['kysely'],
  },
  {
    name: 'store',
    what: 'SQL through Kysely; `commit.ts` is the one writer',
    folders: ['src/store'],
    may: ['domain', 'migrations'],
    packages: ['zod', 'kysely', 'better-sqlite3', ...NODE],
  },
  {
    name: 'world',
    what: 'the one argument of every use case: clock, ids, database, policy in force, what holds letting-through back',
    folders: ['src/world'],
    may: ['domain', 'policies', 'store'],
    packages: ['pino', ...NODE],
  },
  {
    name: 'use cases',
    what: 'what may happen, each in one transaction: decided by a pure function, stored with its audit entry and effects',
    folders: [
      'src/access',
      'src/audit',
      'src/backlog',
      'src/containment',
      'src/erasure',
      'src/group-review',
      'src/home',
      'src/intake',
      'src/items',
      'src/ladder',
      'src/on-call',
      'src/outbox',
      'src/outcome',
      'src/paging',
      'src/stats/facts',
    ],
    may: ['domain', 'policies', 'store', 'world'],
    packages: ['zod', 'kysely', 'pino', ...NODE],
  },
  {
    name: 'edges',
    what: 'the world outside: Slack, HTTP, queues, files, charts; and carrying the outbox out to it',
    folders: [
      'src/config',
      'src/delivery',
      'src/export',
      'src/http',
      'src/queue',
      'src/slack',
      'src/stats/charts',
      'src/stats/questions',
      'src/stats/watch',
    ],
    may: ['domain', 'policies', 'blocks', 'store', 'world', 'use cases'],
    packages: ['*'],
  },
  {
    name: 'handlers',
    what: 'what a person does in Slack: actions, views, commands, events',
    folders: ['handlers'],
    may: ['domain', 'policies', 'blocks', 'store', 'world', 'use cases', 'edges'],
    packages: ['zod', 'diff', '@slack/bolt', '@slack/types', '@slack/web-api', 'pino', ...NODE],
  },
  {
    name: 'app',
    what: 'puts it together: start, stop, loops, the command line',
    folders: ['src/app', 'src/cli'],
    may: [
      'domain',
      'policies',
      'blocks',
      'migrations',
      'store',
      'world',
      'use cases',
      'edges',
      'handlers',
    ],
    packages: ['*'],
  },
];

/** The npm workspace beside the product: its Slack knows nothing of the product, the demo runs the two together. */
const SIMULATOR: readonly Layer[] = [
  {
    name: 'simulator',
    what: 'a Slack of our own, as strict as Slack is; nothing of the product, so that each checks the other',
    folders: ['simulator/slack'],
    may: [],
    packages: ['zod', 'ws', ...NODE],
  },
  {
    name: 'demo',
    what: 'that Slack in a browser, with the product behind it; the demo and its story',
    folders: ['simulator/web', 'simulator/demo'],
    may: ['simulator', 'the product'],
    packages: ['*'],
  },
];

const packagesOf = (file: string, kind: string): string[] =>
  Object.keys((JSON.parse(readFileSync(file, 'utf8')) as Record<string, object>)[kind] ?? {});

/** Everything that runs is written of these; a layer refuses those that it does not name. */
const PACKAGES = packagesOf('package.json', 'dependencies');
const SIMULATOR_PACKAGES = packagesOf('simulator/package.json', 'devDependencies').filter(
  (one) => !one.startsWith('@types/'),
);
/** Beside the product and the simulator: neither knows these. */
const BESIDE = ['test', 'bench', 'scripts'];
const OUTSIDE = ['simulator', ...BESIDE];
const LINT = '.oxlintrc.json';
const ARCHITECTURE = 'ARCHITECTURE.md';

const allowed = (layer: Layer): Layer[] =>
  LAYERS.filter((one) => one === layer || layer.may.includes(one.name));

/** A relative import of a folder, from wherever: `../store/x.ts` inside src, `../../src/store/x.ts` from outside it. */
function importOf(folder: string): string {
  const [top, ...rest] = folder.split('/');
  const inside = rest.join('/');
  return top === 'src' ? `^(?:\\.\\./)+(?:src/)?${inside}/` : `^(?:\\.\\./)+${folder}/`;
}

function override(layer: Layer): unknown {
  const may = allowed(layer).flatMap((one) => one.folders);
  const others = LAYERS.flatMap((one) => one.folders).filter((one) => !may.includes(one));
  const inSrc = layer.folders.some((one) => one.startsWith('src/'));
  const patterns: unknown[] = [
    {
      regex: `^(?:\\.\\./)+(?:${OUTSIDE.join('|')})/`,
      message: 'The product does not know the simulator, the tests or the bench.',
    },
  ];
  if (others.length > 0)
    patterns.push({
      regex: others
        .map((one) => (inSrc || !one.startsWith('src/') ? importOf(one) : `^(?:\\.\\./)+${one}/`))
        .join('|'),
      message: `${layer.name} may import: ${['itself', ...layer.may].join(', ')}.`,
    });
  return ruleOf(layer, [...patterns, ...packagePatterns(layer, PACKAGES)]);
}

/** Refuses the product, the simulator's other folders and the tests, as far as the layer does not name them. */
function simulatorOverride(layer: Layer): unknown {
  const tops = LAYERS.flatMap((one) => one.folders.map((folder) => folder.split('/')[0] ?? folder));
  const others = SIMULATOR.filter((one) => one !== layer && !layer.may.includes(one.name));
  const refused = [
    ...(layer.may.includes('the product') ? [] : new Set(tops)),
    ...others.flatMap((one) => one.folders.map((folder) => folder.replace('simulator/', ''))),
    ...BESIDE,
  ];
  const message = `${layer.name} may import: ${['itself', ...layer.may].join(', ')}.`;
  const patterns = [{ regex: `^(?:\\.\\./)+(?:simulator/)?(?:${refused.join('|')})/`, message }];
  return ruleOf(layer, [
    ...patterns,
    ...packagePatterns(layer, [...PACKAGES, ...SIMULATOR_PACKAGES]),
  ]);
}

/** Refuses the packages of `all`, and Node's modules, that the layer does not name. */
function packagePatterns(layer: Layer, all: readonly string[]): unknown[] {
  if (layer.packages.includes('*')) return [];
  const refused = [...all, 'node:*'].filter((one) => !layer.packages.includes(one));
  const names = refused.flatMap((one) => (one === 'node:*' ? [one] : [one, `${one}/*`]));
  const back = layer.packages.filter((one) => one.startsWith('node:')).map((one) => `!${one}`);
  return [
    {
      group: [...names, ...(refused.includes('node:*') ? back : [])],
      message: `${layer.name} may import the packages: ${layer.packages.join(', ') || 'none'}.`,
    },
  ];
}

const ruleOf = (layer: Layer, patterns: readonly unknown[]): unknown => ({
  files: layer.folders.map((one) => `${one}/**`),
  rules: { 'no-restricted-imports': ['error', { patterns }] },
});

/** The linter's configuration with the layers' rules in the place of those that it had. */
function lintWith(text: string): string {
  const config = JSON.parse(text) as { overrides: { rules: Record<string, unknown> }[] };
  const own = config.overrides.filter((one) => {
    const rule = one.rules['no-restricted-imports'];
    return rule === undefined || rule === 'off';
  });
  const layers = [...LAYERS.map(override), ...SIMULATOR.map(simulatorOverride)];
  return JSON.stringify({ ...config, overrides: [...own, ...layers] }, null, 2);
}

function table(): string {
  const code = (list: readonly string[]) => list.map((one) => `\`${one}\``).join(' ');
  const rows = [...LAYERS, ...SIMULATOR].map((one) => {
    const may = [
      ...one.may,
      ...one.packages.map((name) => (name === '*' ? 'any package' : `\`${name}\``)),
    ];
    return `| ${one.name} | ${code(one.folders)} | ${one.what} | ${may.join(', ') || 'nothing'} |`;
  });
  return [
    '| layer | folders | what lives there | may import |',
    '| --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}

const BEGIN = '<!-- layers: written by scripts/layers.ts -->';
const END = '<!-- end of layers -->';
function pageWith(text: string): string {
  const from = text.indexOf(BEGIN);
  const to = text.indexOf(END);
  if (from < 0 || to < from)
    throw new Error(`${ARCHITECTURE} has no place for the layers (${BEGIN})`);
  return `${text.slice(0, from)}${BEGIN}\n${table()}\n${text.slice(to)}`;
}

function write(check: boolean): boolean {
  let good = true;
  for (const [file, change] of [
    [LINT, lintWith],
    [ARCHITECTURE, pageWith],
  ] as const) {
    const now = readFileSync(file, 'utf8');
    const wanted = change(now);
    const same = file === LINT ? sameJson(now, wanted) : now === wanted;
    if (same) continue;
    good = false;
    if (check)
      process.stderr.write(
        `${file} does not have the layers of scripts/layers.ts: run npx tsx scripts/layers.ts\n`,
      );
    else writeFileSync(file, wanted);
  }
  if (!check) spawnSync('npx', ['oxfmt', LINT], { stdio: 'inherit' });
  return good || !check;
}

const sameJson = (a: string, b: string): boolean =>
  JSON.stringify(JSON.parse(a)) === JSON.stringify(JSON.parse(b));

process.exitCode = write(process.argv.includes('--check')) ? 0 : 1;
