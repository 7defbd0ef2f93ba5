/** `/hitl quiet 22:00-07:00`: a person's own quiet hours, in their own zone. */
import { plainMessage } from '../../blocks/messages/plain-message.ts';
import type { Message } from '../../blocks/text/message.ts';
import { readQuiet } from '../../policies/schedule/quiet-hours.ts';
import type { Person } from '../../src/access/refused.ts';
import { keepQuietHours } from '../../src/on-call/keep-quiet-hours.ts';
import { quietHoursOf, type QuietHoursRow } from '../../src/store/quiet-hours.ts';
import type { HandlerContext } from '../context/handler-context.ts';
import { mayDoNow, wordsFor } from '../context/ask-whether.ts';
import { lookUpPerson } from '../context/look-up-person.ts';

export async function quietByCommand(
  desk: HandlerContext,
  person: Person,
  typed: string,
): Promise<Message> {
  const { world } = desk;
  const may = await mayDoNow(desk, { deed: 'quiet' }, person);
  if (may.may === 'no') return plainMessage(wordsFor(desk, may.refusal, person));
  const read = readQuiet(typed);
  switch (read.quiet) {
    case 'unclear':
      return plainMessage(
        'Say it like `/hitl quiet 22:00-07:00`, `/hitl quiet 22:00-07:00 unless impact 8`, or `/hitl quiet off`.',
      );
    case 'off':
      await keepQuietHours(world, person.user, null);
      return plainMessage('You have no quiet hours any more: I page you whenever you are called.');
    case 'shown': {
      const quiet = await quietHoursOf(world.db, person.user);
      return plainMessage(
        quiet === null
          ? 'You have no quiet hours. `/hitl quiet 22:00-07:00` sets them.'
          : `Your quiet hours: ${quietWords(quiet)} \`/hitl quiet off\` ends them.`,
      );
    }
    case 'set': {
      const found = await lookUpPerson(desk, person.user);
      const timezone = found.found === 'yes' ? found.timezone : world.policy().timezone;
      const { from_minute, to_minute, break_impact } = read;
      const quiet = { from_minute, to_minute, break_impact, timezone };
      await keepQuietHours(world, person.user, quiet);
      return plainMessage(`Your quiet hours: ${quietWords(quiet)}`);
    }
    default:
      return read satisfies never;
  }
}

const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

function quietWords(quiet: Omit<QuietHoursRow, 'slack_user' | 'set_at'>): string {
  const through =
    quiet.break_impact === null
      ? 'Only level 3 breaks through'
      : `Only level 3 and items of impact ${quiet.break_impact} or more break through`;
  return `${clock(quiet.from_minute)} to ${clock(quiet.to_minute)}, ${quiet.timezone}. ${through}; what else calls you waits until they end, unless it has gone to somebody else by then.`;
}
