// The built page's files, read once and served from memory. Only what the build wrote can be asked for.
import { readdirSync, readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { extname, join, relative, sep } from 'node:path';
import { SAFE_HEADERS } from './guard.ts';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json',
};

interface File {
  type: string;
  body: Buffer;
}

/** Answers a GET for one of the files of `folder`; false where it is none of them. */
export type ServeFile = (path: string, response: ServerResponse) => boolean;

export function staticFiles(folder: string): ServeFile {
  let files: Map<string, File> | null = null;
  return (path, response) => {
    // Built again while this runs: a page that is asked for is looked up again.
    const isPage = !path.startsWith('/assets/');
    if (files === null || isPage) files = readFiles(folder);
    const file = files.get(path) ?? files.get(`${path.replace(/\/$/, '')}/index.html`);
    if (!file && isPage && files.size === 0 && path === '/') {
      response
        .writeHead(404, { ...SAFE_HEADERS, 'content-type': 'text/plain; charset=utf-8' })
        .end('The page is not built yet. Build it with:\n\n  npx vite build simulator/web\n');
      return true;
    }
    if (!file) return false;
    response
      .writeHead(200, {
        ...SAFE_HEADERS,
        'content-type': file.type,
        'content-length': file.body.length,
        // The names of assets carry their content's hash.
        'cache-control': isPage ? 'no-cache' : 'public, max-age=31536000, immutable',
      })
      .end(file.body);
    return true;
  };
}

function readFiles(folder: string): Map<string, File> {
  const files = new Map<string, File>();
  let names;
  try {
    names = readdirSync(folder, { recursive: true, withFileTypes: true });
  } catch {
    return files;
  }
  for (const entry of names) {
    const type = TYPES[extname(entry.name)];
    if (!entry.isFile() || type === undefined) continue;
    const full = join(entry.parentPath, entry.name);
    const path = `/${relative(folder, full).split(sep).join('/')}`;
    files.set(path, { type, body: readFileSync(full) });
  }
  const index = files.get('/index.html');
  if (index) files.set('/', index);
  return files;
}
