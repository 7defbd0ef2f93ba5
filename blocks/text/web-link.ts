/** Where a link leads, and how that is shown: the end of a host is what tells, so a long one loses its beginning. Pure. */

const HOST_SHOWN = 60;

/** Null where it is no address of the web. */
export function webLink(url: string): { href: string; host: string } | null {
  if (!URL.canParse(url)) return null;
  const parsed = new URL(url);
  if (!['http:', 'https:'].includes(parsed.protocol) || parsed.host === '') return null;
  const host =
    parsed.host.length > HOST_SHOWN ? `…${parsed.host.slice(1 - HOST_SHOWN)}` : parsed.host;
  return { href: parsed.href, host };
}

/** Looks like an address: such a label is set in quotes, so that it is never taken for the host. */
export const isHostlike = (label: string): boolean => /:\/\/|[\p{L}\p{N}]\.\p{L}{2,}/u.test(label);
