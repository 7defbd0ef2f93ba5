/** The version of the package this file belongs to. */
import { readFileSync } from 'node:fs';

/** Read from package.json, which stands above src/ in the source and above dist/ in what was built. */
export function version(): string {
  for (const above of ['../../package.json', '../../../package.json']) {
    try {
      const text = readFileSync(new URL(above, import.meta.url), 'utf8');
      const found: unknown = JSON.parse(text);
      if (typeof found === 'object' && found !== null && 'version' in found)
        return String(found.version);
    } catch {
      // It is at the other place.
    }
  }
  return 'unknown';
}
