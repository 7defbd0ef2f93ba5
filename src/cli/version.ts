/** What the package.json of this file's package says of it. */
import { readFileSync } from 'node:fs';

/** The version of the package. */
export const version = (): string => String(read('version') ?? 'unknown');

/** Which Node it needs, as `engines` has it: `>=20.19`. */
export function neededNode(): string {
  const engines = read('engines');
  return typeof engines === 'object' && engines !== null && 'node' in engines
    ? String(engines.node)
    : '>=0';
}

/** Read from package.json, which stands above src/ in the source and above dist/ in what was built. */
function read(field: string): unknown {
  for (const above of ['../../package.json', '../../../package.json']) {
    try {
      const found: unknown = JSON.parse(readFileSync(new URL(above, import.meta.url), 'utf8'));
      if (typeof found === 'object' && found !== null && field in found)
        return (found as Record<string, unknown>)[field];
    } catch {
      // It is at the other place.
    }
  }
  return undefined;
}
