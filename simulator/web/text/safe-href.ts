// Which addresses a text may link to. Everything else stays words.

const ALLOWED = new Set(['http:', 'https:', 'mailto:']);

/** The address as the browser would open it, or null where it is none that a text may lead to. */
export function safeHref(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const parsed = new URL(url);
  return ALLOWED.has(parsed.protocol) ? parsed.href : null;
}
