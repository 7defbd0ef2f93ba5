/**
 * Whether a request's `Host` is one of ours. A browser that was led here by a name of somebody else's (DNS rebinding) sends
 * that name; a program is told by its operator which names there are. Pure.
 */
import { isIP } from 'node:net';

/** `*`, in effect: whoever listens on all addresses is reached by each of them. */
const WILDCARDS: ReadonlySet<string> = new Set(['0.0.0.0', '::']);
/** A browser takes these for this machine, whatever a name server says. */
const THIS_MACHINE: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '::1']);

/**
 * @param host the header; undefined (HTTP/1.0 only) is no browser's
 * @param ours `bind`: the address that is listened on; `public_hosts`: further `host` or `host:port`, in lower case
 */
export function isAllowedHost(
  host: string | undefined,
  ours: { bind: string; public_hosts: readonly string[] },
): boolean {
  if (host === undefined) return true;
  const written = host.trim().toLowerCase();
  const [, bracketed, plain] = /^(?:\[([^\]]*)\]|([^:[\]]*))(?::\d{0,5})?$/.exec(written) ?? [];
  const name = bracketed ?? plain?.replace(/\.$/, '') ?? '';
  if (name === '') return false;
  if (THIS_MACHINE.has(name) || name === ours.bind.toLowerCase()) return true;
  // An address that is written out is nobody's name: no name server can point it elsewhere.
  if (WILDCARDS.has(ours.bind) && isIP(name) !== 0) return true;
  const shown = bracketed === undefined ? name : `[${name}]`;
  return ours.public_hosts.includes(shown) || ours.public_hosts.includes(written);
}
