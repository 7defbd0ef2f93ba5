/** Where the build puts the page, and where it is served from. */
import { fileURLToPath } from 'node:url';

export const BUILT_PAGE = fileURLToPath(new URL('dist', import.meta.url));
