import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isReplyQueue, replyProblem } from '../../../src/domain/reply-queue.ts';

const items = 'hitl-items';

describe('the queues that reply_to may name', () => {
  it.each<[name: string, patterns: string[], allowed: boolean]>([
    ['hitl-decisions', [], true],
    ['hitl-decisions-support', [], false],
    ['hitl-decisions-support', ['hitl-decisions-support'], true],
    ['hitl-decisions-support-2', ['hitl-decisions-support'], false],
    ['hitl-decisions-support', ['other', 'hitl-decisions-*'], true],
    ['hitl-decisions-', ['hitl-decisions-*'], true],
    ['my-hitl-decisions-a', ['hitl-decisions-*'], false],
    ['a-x-b', ['a*b'], true],
    ['ab', ['a*b'], true],
    ['a', ['a*a'], false],
    ['abcab', ['ab*ab*ab'], false],
    ['a.b', ['a?b'], false],
    // Results there would come in as items.
    ['hitl-items', ['*'], false],
    ['anything', ['*'], true],
  ])('%s, where %j are allowed: %s', (name, patterns, allowed) => {
    expect(isReplyQueue(name, { patterns, items })).toBe(allowed);
  });

  it('a pattern allows each name that stars can be filled in to make', () => {
    const part = fc.stringMatching(/^[\w.-]{0,5}$/);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(part, part), { minLength: 1, maxLength: 5 }),
        part,
        (parts, end) => {
          const pattern = parts.map(([kept]) => `${kept}*`).join('') + end;
          const name = parts.map(([kept, filled]) => kept + filled).join('') + end;
          expect(isReplyQueue(name, { patterns: [pattern], items })).toBe(true);
        },
      ),
    );
  });

  it('the producer is told which there are, or that there is none', () => {
    const patterns = ['hitl-decisions-*'];
    expect(replyProblem('spam', { patterns, items, redis: true })).toBe(
      'is not a queue that HITL_REPLY_QUEUES allows: hitl-decisions, hitl-decisions-*',
    );
    expect(replyProblem('hitl-decisions', { patterns, items, redis: false })).toContain(
      'REDIS_URL',
    );
  });
});
