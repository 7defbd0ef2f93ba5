import { describe, expect, it } from 'vitest';
import { readCommand, type Command } from '../../../simulator/demo/commands.ts';

const PEOPLE = ['alice', 'bob', 'carol'];

describe('what is typed while the demo is up', () => {
  it.each<[string, Command]>([
    ['', { type: 'nothing' }],
    ['  cards ', { type: 'cards' }],
    ['who', { type: 'who' }],
    ['quit', { type: 'quit' }],
    ['exit', { type: 'quit' }],
    ['card 2', { type: 'card', number: 2 }],
    ['alice approve', { type: 'deed', who: 'alice', deed: { does: 'approve' } }],
    ['Alice  APPROVE', { type: 'deed', who: 'alice', deed: { does: 'approve' } }],
    [
      'alice approve saw the contract',
      { type: 'deed', who: 'alice', deed: { does: 'approve', why: 'saw the contract' } },
    ],
    [
      'bob reject too expensive',
      { type: 'deed', who: 'bob', deed: { does: 'reject', why: 'too expensive', tag: 'other' } },
    ],
    [
      'bob reject #tone too rude',
      { type: 'deed', who: 'bob', deed: { does: 'reject', why: 'too rude', tag: 'tone' } },
    ],
    [
      'alice edit amount=180 currency=EUR',
      {
        type: 'deed',
        who: 'alice',
        deed: { does: 'edit', change: { amount: 180, currency: 'EUR' } },
      },
    ],
    [
      'alice edit The new text, with a=b in it',
      {
        type: 'deed',
        who: 'alice',
        deed: { does: 'edit', change: 'The new text, with a=b in it' },
      },
    ],
    [
      'carol answer Only if it rained',
      { type: 'deed', who: 'carol', deed: { does: 'answer', text: 'Only if it rained' } },
    ],
    [
      'carol reply Only if it rained',
      { type: 'deed', who: 'carol', deed: { does: 'reply', text: 'Only if it rained' } },
    ],
    [
      'bob prefer B',
      { type: 'deed', who: 'bob', deed: { does: 'press', button: 'item_prefer:2' } },
    ],
    [
      'bob prefer tie',
      { type: 'deed', who: 'bob', deed: { does: 'press', button: 'item_prefer:tie' } },
    ],
    ['bob claim', { type: 'deed', who: 'bob', deed: { does: 'press', button: 'item_claim' } }],
    ['carol /hitl why mine-1', { type: 'slash', who: 'carol', line: '/hitl why mine-1' }],
  ])('%j is understood', (line, command) => {
    expect(readCommand(line, PEOPLE)).toEqual(command);
  });

  it.each([
    ['help', /^$/],
    ['zoe approve', /Nobody here is called zoe/],
    ['alice', /what they do/],
    ['alice dance', /can dance/],
    ['bob reject', /why/],
    ['bob reject #tone', /why/],
    ['bob reject #rude it is', /no tag #rude.*#tone/],
    ['alice edit', /what to/],
    ['carol answer', /Say what/],
    ['bob prefer f', /which/],
    ['card x', /Nobody/],
  ])('%j is answered with what is missing', (line, why) => {
    const command = readCommand(line, PEOPLE);
    expect(command.type).toBe('unclear');
    expect('why' in command && command.why).toMatch(why);
  });
});
