// What fits to what is being typed: commands and their words, people, user groups, channels. Pure.
import type { Directory } from '../protocol.ts';

export interface Suggestion {
  words: string;
  more: string;
  /** All that is written before the caret, once it is taken. */
  text: string;
  /** Enter takes it; else only Tab does, because what is written is whole already. */
  completes: boolean;
}

const MOST = 8;

/** @param before what is written before the caret */
export function suggestions(before: string, directory: Directory): Suggestion[] {
  return (
    before.startsWith('/') ? ofCommands(before, directory) : ofNames(before, directory)
  ).slice(0, MOST);
}

function ofCommands(before: string, { commands }: Directory): Suggestion[] {
  const [word = '', ...rest] = before.split(' ');
  if (rest.length === 0) {
    return commands
      .filter(({ command }) => command.startsWith(word))
      .map(({ command, description }) => ({
        words: command,
        more: description,
        text: `${command} `,
        completes: command !== word,
      }));
  }
  const command = commands.find((each) => each.command === word);
  const typed = rest.join(' ');
  if (!command || rest.length > 1) return [];
  return command.usage_hint
    .split(' | ')
    .map((usage) => ({ usage, first: usage.split(' ')[0] ?? '' }))
    .filter(({ first }) => first.startsWith(typed))
    .map(({ usage, first }) => ({
      words: `${word} ${usage}`,
      more: '',
      text: `${word} ${first}${usage === first ? '' : ' '}`,
      completes: typed !== '' && first !== typed,
    }));
}

function ofNames(before: string, { people, usergroups, channels, bot }: Directory): Suggestion[] {
  const [, start = '', sign, typed = ''] = /^(.*?(?:^|\s))([@#])([\w.-]*)$/s.exec(before) ?? [];
  const names =
    sign === '@'
      ? [
          { name: bot.name, more: 'the app' },
          ...people
            .filter((each) => !each.is_bot)
            .map(({ name, real_name }) => ({ name, more: real_name })),
          ...usergroups.map(({ handle }) => ({ name: handle, more: 'user group' })),
        ]
      : sign === '#'
        ? channels
            .filter((each) => each.kind === 'channel')
            .map(({ name }) => ({ name, more: 'channel' }))
        : [];
  return names
    .filter(
      ({ name, more }) =>
        name.startsWith(typed.toLowerCase()) || more.toLowerCase().startsWith(typed.toLowerCase()),
    )
    .map(({ name, more }) => ({
      words: `${sign}${name}`,
      more,
      text: `${start}${sign}${name} `,
      completes: name !== typed,
    }));
}
