// Who may talk to the page's server: this machine's browsers, from this page. Against DNS rebinding
// (Host), other sites' requests (Origin, Sec-Fetch-Site, content type) and hostile texts (CSP). Pure.
import type { IncomingHttpHeaders } from 'node:http';

export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** On every answer of the page's server. */
export const SAFE_HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
} as const;

interface Asked {
  method: string;
  headers: IncomingHttpHeaders;
}

export type Refusal = { status: 403 | 415; why: string };

/** Why a request is refused, or null. @param port where this server listens */
export function refusal({ method, headers }: Asked, port: number): Refusal | null {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  const host = headers.host ?? '';
  if (!hosts.includes(host)) {
    return { status: 403, why: `this page is at http://${hosts[0]}, and nowhere else` };
  }
  const site = headers['sec-fetch-site'];
  const navigates = headers['sec-fetch-mode'] === 'navigate';
  if (site !== undefined && site !== 'same-origin' && site !== 'none' && !navigates) {
    return { status: 403, why: 'another site may not read this page' };
  }
  if (headers.origin !== undefined && headers.origin !== `http://${host}`) {
    return { status: 403, why: 'another site may not use this page' };
  }
  if (method === 'GET' || method === 'HEAD') return null;
  if (headers.origin === undefined && site !== 'same-origin') {
    return { status: 403, why: 'a request that changes something must come from this page' };
  }
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  return type === 'application/json'
    ? null
    : { status: 415, why: 'what changes something is sent as application/json' };
}
