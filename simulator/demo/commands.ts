/** The one-line commands of a running demo: `alice approve`, `bob reject #tone too rude`. Parsing only; pure. */
import { ERROR_TAGS, type ErrorTag } from '../../src/domain/item.ts';
import type { Deed } from './user-actions.ts';

export type Command =
  /** On the card that was chosen last, or the newest that waits. */
  | { type: 'deed'; who: string; deed: Deed }
  /** A slash command of the app. */
  | { type: 'slash'; who: string; line: string }
  /** Makes the card with that number in `cards` the one that deeds are done on. */
  | { type: 'card'; number: number }
  | { type: 'cards' | 'who' | 'quit' | 'nothing' }
  | { type: 'unclear'; why: string };

export const HELP = `  alice approve                    bob reject [#tone] too rude
  alice edit amount=180            alice edit The whole text, as it should be
  carol answer Only if it rained   carol reply the same, in the card's thread
  bob prefer a | tie               alice claim | release | details
  carol /hitl queue                who | cards | card 2 | quit`;

/** Reads one line. @param people names, as typed */
export function readCommand(line: string, people: readonly string[]): Command {
  const [first = '', second = '', ...others] = line.trim().split(/\s+/);
  const word = first.toLowerCase();
  if (word === '') return { type: 'nothing' };
  if (word === 'cards' || word === 'who' || word === 'quit') return { type: word };
  if (word === 'exit') return { type: 'quit' };
  if (word === 'card' && /^\d+$/.test(second)) return { type: 'card', number: Number(second) };
  if (!people.includes(word))
    return { type: 'unclear', why: word === 'help' ? '' : `Nobody here is called ${first}.` };
  if (second.startsWith('/'))
    return { type: 'slash', who: word, line: [second, ...others].join(' ') };
  const deed = readDeed(second.toLowerCase(), others);
  return typeof deed === 'string'
    ? { type: 'unclear', why: deed }
    : { type: 'deed', who: word, deed };
}

/** The deed, or what is missing. */
function readDeed(word: string, rest: string[]): Deed | string {
  const text = rest.join(' ');
  switch (word) {
    case 'approve':
      return { does: 'approve', ...(text === '' ? {} : { why: text }) };
    case 'reject': {
      const [first = ''] = rest;
      const tag = first.startsWith('#') ? tagOf(first.slice(1)) : 'other';
      if (tag === undefined)
        return `There is no tag ${first}; there are ${ERROR_TAGS.map((one) => `#${one}`).join(' ')}.`;
      const why = first.startsWith('#') ? rest.slice(1).join(' ') : text;
      return why === '' ? 'Say why: bob reject too expensive' : { does: 'reject', why, tag };
    }
    case 'edit': {
      if (text === '') return 'Say what to: alice edit amount=180, or alice edit The new text';
      const pairs = rest.map((one) => /^([\w.-]+)=(.+)$/.exec(one));
      const change = pairs.every((pair) => pair !== null)
        ? Object.fromEntries(pairs.map(([, name = '', value = '']) => [name, valueOf(value)]))
        : text;
      return { does: 'edit', change };
    }
    case 'answer':
    case 'reply':
      return text === '' ? `Say what: carol ${word} Only if it rained` : { does: word, text };
    case 'prefer':
      if (/^tie$/i.test(text)) return { does: 'press', button: 'item_prefer:tie' };
      return /^[a-e]$/i.test(text)
        ? { does: 'press', button: `item_prefer:${text.toLowerCase().charCodeAt(0) - 96}` }
        : 'Say which: bob prefer a, bob prefer tie';
    case 'claim':
    case 'release':
    case 'details':
      return { does: 'press', button: `item_${word}` };
    default:
      return word === '' ? 'Say what they do.' : `Nobody here can ${word}.`;
  }
}

const tagOf = (name: string): ErrorTag | undefined => ERROR_TAGS.find((tag) => tag === name);

/** A number, true, false or JSON where it is one; else the text. */
function valueOf(written: string): unknown {
  try {
    return JSON.parse(written) as unknown;
  } catch {
    return written;
  }
}
