/** The tree as a newcomer finds it: folders by concept, none that import each other in a circle, files of a readable size. */
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

const PRODUCT = ['src', 'handlers', 'blocks', 'policies', 'migrations'];

const filesIn = (root: string): string[] =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((one) => one.endsWith('.ts'))
    .map((one) => join(root, one));

const files = PRODUCT.flatMap(filesIn);

const importsOf = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(/^(?:import|export)\s[^;]*?from\s+'(\.[^']+)'/gm)].map(
    ([, path = '']) => normalize(join(dirname(file), path)),
  );

/** A circle among folders, as the path that leads round it; null: there is none. */
function circleOf(arrows: ReadonlyMap<string, ReadonlySet<string>>): string[] | null {
  const done = new Set<string>();
  const walk = (at: string, path: readonly string[]): string[] | null => {
    if (path.includes(at)) return [...path.slice(path.indexOf(at)), at];
    if (done.has(at)) return null;
    for (const next of arrows.get(at) ?? []) {
      const found = walk(next, [...path, at]);
      if (found) return found;
    }
    done.add(at);
    return null;
  };
  for (const start of arrows.keys()) {
    const found = walk(start, []);
    if (found) return found;
  }
  return null;
}

function folderArrows(): Map<string, Set<string>> {
  const arrows = new Map<string, Set<string>>();
  for (const file of files)
    for (const target of importsOf(file)) {
      const [from, to] = [dirname(file), dirname(target)];
      if (from === to) continue;
      const known = arrows.get(from) ?? new Set();
      arrows.set(from, known.add(to));
    }
  return arrows;
}

describe('the tree', () => {
  it('has no circle of folders, types counted', () => {
    expect(circleOf(folderArrows())).toBeNull();
  });

  it('would find one', () => {
    const arrows = new Map([
      ['a', new Set(['b'])],
      ['b', new Set(['c'])],
      ['c', new Set(['b'])],
    ]);
    expect(circleOf(arrows)).toEqual(['b', 'c', 'b']);
  });

  it('has src in folders by concept: nothing but main.ts lies flat', () => {
    expect(files.filter((one) => dirname(one) === 'src')).toEqual(['src/main.ts']);
  });

  it('has a simulated Slack that imports nothing from outside its folder', () => {
    const slack = join('simulator', 'slack');
    const outside = filesIn(slack)
      .flatMap(importsOf)
      .filter((one) => !one.startsWith(join(slack, '/')));
    expect(filesIn(slack).length).toBeGreaterThan(0);
    expect(outside).toEqual([]);
  });

  it('asks the policy who may in one place: src/access; others ask mayDo and maySee', () => {
    const asking = /\b(?:whoMay|isManager|mayOverride)\b/;
    const elsewhere = files.filter(
      (one) =>
        !one.startsWith(join('src', 'access')) &&
        !one.startsWith(join('policies', 'access')) &&
        asking.test(readFileSync(one, 'utf8')),
    );
    expect(elsewhere).toEqual([]);
  });

  it('has files that can be read in one go', () => {
    const lines = files
      .map((one) => readFileSync(one, 'utf8').split('\n').length - 1)
      .sort((a, b) => a - b);
    const share = (of: number) => lines[Math.floor(lines.length * of)] ?? 0;
    expect(lines.at(-1)).toBeLessThanOrEqual(300);
    const simulated = filesIn('simulator').map(
      (one) => readFileSync(one, 'utf8').split('\n').length - 1,
    );
    expect(Math.max(...simulated)).toBeLessThanOrEqual(300);
    expect(share(0.9)).toBeLessThan(200);
    expect(share(0.5)).toBeGreaterThanOrEqual(60);
    expect(share(0.5)).toBeLessThanOrEqual(90);
  });
});
