/** `/hitl pause` and `/hitl resume`: the kill switch, for managers. */
import { named } from '../../src/domain/in-sentence.ts';
import { plainMessage } from '../../blocks/messages/plain-message.ts';
import type { Message } from '../../blocks/text/message.ts';
import { readMentionedText } from '../../blocks/text/mentioned-text.ts';
import type { Person } from '../../src/access/refused.ts';
import {
  pauseLettingThrough,
  resumeLettingThrough,
  type Scope,
} from '../../src/containment/pause.ts';
import type { HandlerContext } from '../context/handler-context.ts';
import { leadingDomain } from './domain-name.ts';
import { mayDoNow, wordsFor } from '../context/ask-whether.ts';

const REASON_MOST = 500;

/** @param typed as Slack hands it over: `billing too many wrong refunds` */
export async function pause(desk: HandlerContext, person: Person, typed: string): Promise<Message> {
  const may = await mayDoNow(desk, { deed: 'pause' }, person);
  if (may.may === 'no') return plainMessage(wordsFor(desk, may.refusal, person));
  const meant = scopeOf(desk, typed);
  if (meant === null)
    return plainMessage(`Pause what, and why? ${usage(desk, 'pause', ' REASON')}`);
  const reason = readMentionedText(meant.rest, desk.botUserId).replace(/\s+/g, ' ').trim();
  if (reason === '')
    return plainMessage(
      `Why? Say it after the name: \`/hitl pause ${meant.scope ?? 'all'} REASON\``,
    );
  if (reason.length > REASON_MOST)
    return plainMessage(`Please say it in at most ${REASON_MOST} characters.`);
  const paused = await pauseLettingThrough(desk.world, person, meant.scope, reason);
  const where = placeOf(desk, meant.scope);
  switch (paused.paused) {
    case 'now':
      return plainMessage(
        `Paused: from now on nothing is let through ${where}, everything is asked. \`/hitl resume ${meant.scope ?? 'all'}\` starts it again.`,
      );
    case 'already': {
      const by =
        paused.pause.paused_by === null ? 'the circuit breaker' : `<@${paused.pause.paused_by}>`;
      return plainMessage(`Letting through is paused ${where} already, by ${by}.`);
    }
    case 'not_a_manager':
      return plainMessage(wordsFor(desk, { refused: 'not_a_manager', of: 'pause' }, person));
    default:
      return paused satisfies never;
  }
}

export async function resume(
  desk: HandlerContext,
  person: Person,
  typed: string,
): Promise<Message> {
  const may = await mayDoNow(desk, { deed: 'pause' }, person);
  if (may.may === 'no') return plainMessage(wordsFor(desk, may.refusal, person));
  const meant = scopeOf(desk, typed);
  if (meant === null || meant.rest !== '')
    return plainMessage(`Resume what? ${usage(desk, 'resume', '')}`);
  const resumed = await resumeLettingThrough(desk.world, person, meant.scope);
  const where = placeOf(desk, meant.scope);
  const all = desk.world.holds.pauseOf(meant.scope ?? '');
  switch (resumed.resumed) {
    case 'now':
      return plainMessage(
        resumed.still
          ? `Resumed ${where}, but everything is paused as well: \`/hitl resume all\` ends that.`
          : `Resumed: items are let through again ${where}.`,
      );
    case 'was_not':
      return plainMessage(
        all === null
          ? `Nothing is paused ${where}.`
          : `Not paused by itself ${where}, but everything is: \`/hitl resume all\` ends that.`,
      );
    case 'not_a_manager':
      return plainMessage(wordsFor(desk, { refused: 'not_a_manager', of: 'pause' }, person));
    default:
      return resumed satisfies never;
  }
}

function scopeOf(desk: HandlerContext, typed: string): { scope: Scope; rest: string } | null {
  const [, rest] = /^all(?:\s+|$)(.*)$/is.exec(typed.trim()) ?? [];
  if (rest !== undefined) return { scope: null, rest };
  const leading = leadingDomain(Object.values(desk.world.policy().domains), typed);
  return leading && { scope: leading.domain.id, rest: leading.rest };
}

const placeOf = (desk: HandlerContext, scope: Scope): string =>
  scope === null ? 'anywhere' : `in ${named(desk.world.policy().domains[scope]?.title ?? scope)}`;

function usage(desk: HandlerContext, word: string, more: string): string {
  const names = Object.keys(desk.world.policy().domains)
    .slice(0, 20)
    .map((one) => named(one))
    .join(', ');
  return `\`/hitl ${word} all${more}\` or \`/hitl ${word} DOMAIN${more}\`. The domains: ${names}.`;
}
