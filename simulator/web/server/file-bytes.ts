// A file that the app uploaded, for the page: pictures to be looked at, anything else to be saved.
import type { ServerResponse } from 'node:http';
import type { Workspace } from '../../slack/records.ts';
import { SAFE_HEADERS } from './guard.ts';

/** The path before a file's id. */
const FILES_PATH = '/web/files/';

/** Answers where the path is that of a file; false where it is not. */
export function serveUpload(
  workspace: Pick<Workspace, 'files'>,
  path: string,
  response: ServerResponse,
): boolean {
  if (!path.startsWith(FILES_PATH)) return false;
  const file = workspace.files.get(path.slice(FILES_PATH.length));
  if (!file?.completed || !file.content) return false;
  const isPicture = file.content.subarray(1, 4).toString('latin1') === 'PNG';
  response
    .writeHead(200, {
      ...SAFE_HEADERS,
      'content-type': isPicture ? 'image/png' : 'application/octet-stream',
      'content-disposition': isPicture
        ? 'inline'
        : `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
      'cache-control': 'private, max-age=3600',
    })
    .end(file.content);
  return true;
}
