/**
 * The demo once its story is told: it stays up, shows what comes into Slack, and does what is typed. Nobody answers by
 * themselves any more.
 */
import { createInterface } from 'node:readline';
import { controlsOf, plain, textOf } from '../slack/controls.ts';
import type { Change, Message, Slack } from '../slack/slack.ts';
import type { Agent } from './agent.ts';
import { cardsIn, isOpen, itemOf } from './cards.ts';
import { HELP, readCommand, type Command } from './commands.ts';
import { does, PATIENCE_MS, type Deed } from './user-actions.ts';
import type { Terminal } from './terminal.ts';

export interface Live {
  slack: Slack;
  agent: Agent;
  terminal: Terminal;
  signal: AbortSignal;
  /** Where commands come from; null: nowhere, and it only shows what happens. */
  input: NodeJS.ReadStream | null;
}

/** Resolves when someone says `quit`, ends a terminal's input (Ctrl-D), or `signal` is given. */
export async function stayUp(live: Live): Promise<void> {
  const { slack, terminal, signal, input } = live;
  const results = new Map<string, Promise<void>>();
  const stopShowing = slack.onChange((change) => show(live, change, results));
  const ended = new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  if (input === null) {
    await ended;
    stopShowing();
    return;
  }

  const asks = input.isTTY;
  const lines = createInterface({ input, terminal: false });
  const prompt = () => void (asks && process.stdout.write('> '));
  terminal.around(() => void (asks && process.stdout.write('\r\u001b[K')), prompt);
  prompt();
  let chosen: Message | null = null;
  const typed = (async () => {
    for await (const line of lines) {
      const command = readCommand(line, namesIn(slack));
      if (command.type === 'quit') return;
      try {
        chosen = await obey(live, command, chosen, results);
      } catch (error) {
        terminal.bad(error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error));
      }
    }
    // A pipe that has said all it has to say does not take the demo down; Ctrl-D does.
    if (!asks) await ended;
  })();
  await Promise.race([typed, ended]);
  terminal.around(
    () => {},
    () => {},
  );
  lines.close();
  stopShowing();
}

/** Returns the card that later deeds are done on; null: the newest that waits. */
async function obey(
  live: Live,
  command: Command,
  chosen: Message | null,
  results: Map<string, Promise<void>>,
): Promise<Message | null> {
  const { slack, terminal } = live;
  const waiting = cardsIn(slack).filter(isOpen);
  switch (command.type) {
    case 'nothing':
    case 'quit':
      return chosen;
    case 'unclear':
      terminal.verbatim(
        command.why === '' ? HELP : `  ${command.why} (“help” says what there is.)`,
      );
      return chosen;
    case 'who':
      for (const group of slack.workspace.usergroups.values())
        terminal.answers(
          `@${group.handle}: ${group.users.map((id) => slack.nameOf(id)).join(', ')}`,
        );
      terminal.answers(`everybody: ${namesIn(slack).join(', ')}`);
      return chosen;
    case 'cards':
      if (waiting.length === 0) terminal.answers('no card waits');
      for (const [at, card] of waiting.entries())
        terminal.answers(
          `${at + 1}  #${slack.nameOf(card.channel)}  ${itemOf(card)}: ${card.text}`,
        );
      return chosen;
    case 'card': {
      const card = waiting[command.number - 1];
      if (!card) terminal.answers(`there is no card ${command.number}; cards says what there is`);
      else terminal.card(card, `#${slack.nameOf(card.channel)}`);
      return card ?? chosen;
    }
    case 'slash':
      await slack.user(command.who).types(command.line, { channel: 'general' });
      return chosen;
    case 'deed': {
      // One that was decided meanwhile is not the one that is meant.
      const still = waiting.find((one) => one.ts === chosen?.ts);
      const card = still ?? waiting.at(-1) ?? cardsIn(slack).at(-1);
      if (!card) terminal.answers('there is no card yet: put an item in first');
      else if (!isOpen(card) && !isLook(command.deed))
        terminal.answers('no card waits any more: put another item in');
      else await doNow(live, command.who, command.deed, card, results);
      return chosen;
    }
    default:
      return command satisfies never;
  }
}

/** Does it, and waits until something has come of it. */
async function doNow(
  live: Live,
  who: string,
  deed: Deed,
  card: Message,
  results: Map<string, Promise<void>>,
): Promise<void> {
  const { slack, terminal } = live;
  const person = slack.user(who);
  const now = () => slack.message(card.channel, card.ts) ?? card;
  const looks = () => [
    JSON.stringify(now().blocks),
    person.sees().ephemerals.length,
    person.sees().modals.length,
  ];
  const before = looks();
  const errors = await does(slack, person, asButton(deed, now()), now());
  if (errors) {
    for (const [field, error] of Object.entries(errors)) terminal.bad(`${field}: ${error}`);
    return;
  }
  await slack.until(() => looks().some((one, at) => one !== before[at]), {
    timeout_ms: PATIENCE_MS,
    what: 'anything to come of it',
  });
  const { top } = person.sees();
  if (top) {
    terminal.form(top);
    await person.closes({ all: true });
  }
  if (!isOpen(now())) await results.get(itemOf(now()) ?? '');
}

const isLook = (deed: Deed): boolean => deed.does === 'press' && deed.button === 'item_details';

/** An answer that a button of the card says already is that button pressed. */
function asButton(deed: Deed, card: Message): Deed {
  if (deed.does !== 'answer') return deed;
  const preset = controlsOf(card.blocks).find(
    ({ element }) =>
      element.action_id.startsWith('item_answer:') &&
      plain(textOf(element['text'])) === plain(deed.text),
  );
  return preset ? { does: 'press', button: preset.element.action_id } : deed;
}

/** What anyone in Slack would see now. */
function show(live: Live, change: Change, results: Map<string, Promise<void>>): void {
  const { slack, agent, terminal, signal } = live;
  switch (change.type) {
    case 'message': {
      const message = slack.message(change.channel, change.ts);
      if (!message || change.what === 'deleted') return;
      if (message.user !== slack.botUserId && change.what === 'changed') return;
      const where = `#${slack.nameOf(change.channel)}`;
      const thread = message.thread_ts !== undefined && message.thread_ts !== message.ts;
      const author = message.user === slack.botUserId ? '' : `${slack.nameOf(message.user)} in `;
      terminal.card(message, `${author}${where}${thread ? ', in a thread' : ''}`);
      const item = itemOf(message);
      if (item === null || results.has(item)) return;
      const heard = agent.hears(item, signal).then((result) => {
        if (!result) return;
        terminal.happens('The AI', `receives for ${item}:`);
        terminal.record(result);
      });
      heard.catch((error: unknown) => terminal.bad(String(error)));
      results.set(
        item,
        heard.catch(() => {}),
      );
      return;
    }
    case 'ephemeral': {
      const note = slack.ephemerals(change.channel, change.user).at(-1);
      if (note) terminal.note(slack.nameOf(change.user), note.text);
      return;
    }
    case 'view':
    case 'home':
    case 'directory':
    case 'socket':
    case 'call':
      return;
    case 'problem': {
      const problem = slack.problems.at(-1);
      if (problem) terminal.bad(`Slack would have minded (${problem.kind}): ${problem.message}`);
      return;
    }
    default:
      change satisfies never;
  }
}

const namesIn = (slack: Slack): string[] =>
  [...slack.workspace.users.values()].filter((user) => !user.is_bot).map((user) => user.name);
