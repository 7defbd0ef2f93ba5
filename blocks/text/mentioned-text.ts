/** What a person wrote behind a mention of the bot, as they wrote it: Slack's markup read back into text. Pure. */

/**
 * The words of a message without the mention of `bot`, links as their addresses, people and channels by the name Slack
 * gives them (else by id). Empty where nothing but the mention was written.
 */
export function readMentionedText(text: string, bot: string): string {
  return text
    .replace(/<([^<>]*)>/g, (whole, inside: string) => {
      const bar = inside.indexOf('|');
      const [target, name] =
        bar === -1 ? [inside, ''] : [inside.slice(0, bar), inside.slice(bar + 1)];
      if (target === `@${bot}`) return '';
      if (/^[@#]/.test(target)) return `${target.charAt(0)}${name || target.slice(1)}`;
      if (target.startsWith('!subteam^')) return name || `@${target.slice('!subteam^'.length)}`;
      if (target.startsWith('!date^')) return name;
      if (target.startsWith('!')) return `@${name || target.slice(1)}`;
      if (target.startsWith('mailto:')) return target.slice('mailto:'.length);
      return /^(https?|tel):/.test(target) ? target : whole;
    })
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .replace(/[^\S\n]+/g, ' ')
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
    .trim();
}
