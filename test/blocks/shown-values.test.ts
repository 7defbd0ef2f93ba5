/** An expert can trust their eyes: what differs looks different, what is cut says so, what is hidden is marked. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../src/domain/hash.ts';
import { detailsModal } from '../../blocks/modals/details.ts';
import { itemCard } from '../../blocks/cards/item-card.ts';
import { limitProblems, withinLimits } from '../../blocks/text/limits.ts';
import type { Item } from '../../src/domain/item.ts';
import { approval, decided, decisionOf, open, review } from './fixtures.ts';
import { objectsIn, ofType, words } from './seen.ts';
import { hostileText, hostileValue, toTheEye } from './to-the-eye.ts';
import { runs } from '../runs.ts';

const running = (args: { [key: string]: unknown }): Item => ({
  ...approval,
  sensitive: [],
  action: { name: 'run', args: args as never },
});
const wrote = (proposal: Item['proposal']): Item => ({ ...review, proposal });

/** The blocks as a person sees them: the kinds of their parts, and their texts to the eye. */
const looks = (payload: { blocks: object[] }): string =>
  JSON.stringify(payload.blocks, (key, value: unknown) =>
    key === 'text' && typeof value === 'string' ? toTheEye(value) : value,
  );
const isCut = (payload: object): boolean => /more characters? \(/.test(words(payload));

describe('no two values look the same', () => {
  const argsPairs = fc
    .tuple(
      fc.dictionary(hostileText, hostileValue, { maxKeys: 3, noNullPrototype: true }),
      fc.dictionary(hostileText, hostileValue, { maxKeys: 3, noNullPrototype: true }),
    )
    .filter(([one, other]) => canonicalJson(one) !== canonicalJson(other));
  /** The same argument with another value: what attackers do. */
  const valuePairs = fc
    .tuple(hostileValue, hostileValue)
    .filter(([one, other]) => canonicalJson(one) !== canonicalJson(other))
    .map(([one, other]): [{ cmd: unknown }, { cmd: unknown }] => [{ cmd: one }, { cmd: other }]);

  const differ = (one: { blocks: object[] }, other: { blocks: object[] }) => {
    if (!isCut(one) && !isCut(other)) expect(looks(one)).not.toBe(looks(other));
  };

  it.each([
    ['arguments', argsPairs],
    ['one argument', valuePairs],
  ] as const)('%s: on the card, in Details, in the outcome', (_name, pairs) => {
    fc.assert(
      fc.property(
        pairs as fc.Arbitrary<[{ [key: string]: unknown }, { [key: string]: unknown }]>,
        ([one, other]) => {
          const [a, b] = [running(one), running(other)];
          differ(itemCard(open(a)), itemCard(open(b)));
          differ(detailsModal(open(a)), detailsModal(open(b)));
          const edit = (args: unknown) =>
            itemCard(
              decided(
                running({ cmd: 'as it was' }),
                decisionOf('edited', { action: { name: 'run', args: args as never } }),
              ),
            );
          differ(edit(one), edit(other));
        },
      ),
      { numRuns: runs(150) },
    );
  });

  it('a text that goes out, and one that is an answer', () => {
    const visible = hostileText.filter((text) => text !== '' && !/\u200c|\u200d|\ufe0f/.test(text));
    fc.assert(
      fc.property(visible, visible, (one, other) => {
        if (one === other) return;
        differ(itemCard(open(wrote(one))), itemCard(open(wrote(other))));
        differ(detailsModal(open(wrote(one))), detailsModal(open(wrote(other))));
        const edit = (answer: string) =>
          itemCard(decided(wrote('as it was'), decisionOf('edited', { answer })));
        differ(edit(one), edit(other));
      }),
      { numRuns: runs(150) },
    );
  });

  it.each([
    [true, 'true'],
    [1, '1'],
    [null, 'null'],
    ['', null],
    [['a', 'b'], '["a","b"]'],
    [['a, b'], ['a', 'b']],
    ['a\nb', 'a b'],
    ['a\tb', 'a b'],
    ['a', 'a '],
    ['a\n\nb', 'a\nb'],
  ])('%j and %j', (one, other) => {
    differ(itemCard(open(running({ x: one }))), itemCard(open(running({ x: other }))));
  });
});

describe('lines', () => {
  const sql = 'SELECT 1 -- nightly check\nDROP TABLE users';

  it.each([
    ['the card', itemCard(open(running({ sql })))],
    ['Details', detailsModal(open(running({ sql })))],
    ['a flat proposal', itemCard(open(wrote({ sql })))],
    [
      'an outcome',
      itemCard(
        decided(
          running({ sql: 'SELECT 1' }),
          decisionOf('edited', { action: { name: 'run', args: { sql } } }),
        ),
      ),
    ],
  ])('stay lines on %s', (_where, payload) => {
    expect(ofType(payload, 'rich_text_preformatted').map(words)).toContain(sql);
  });

  it('stay lines inside nested values', () => {
    const [block] = ofType(itemCard(open(running({ query: { sql } }))), 'rich_text_preformatted');
    expect(words(block ?? {})).toContain('    │ SELECT 1 -- nightly check\n    │ DROP TABLE users');
  });
});

describe('length', () => {
  const cmd = `${'echo all is well; '.repeat(116)}&& rm -rf /srv/data`;

  it('a cut says how much is missing, and Approve asks first', () => {
    const card = itemCard(open(running({ cmd })));
    const [, rest = ''] = /… ([\d,]+) more characters \(Details\)/.exec(words(card)) ?? [];
    const [shown] = ofType(card, 'rich_text_preformatted').map(words);
    expect((shown ?? '').length + Number(rest.replace(',', ''))).toBe(cmd.length);
    const approve = objectsIn(card).find((one) => one.action_id === 'item_approve');
    expect(approve?.confirm).toMatchObject({
      text: {
        text: `${rest} characters of “cmd” aren’t shown on the card. Read them under Details first.`,
      },
    });
    expect(limitProblems('message', card)).toEqual([]);
  });

  it('Details have all of it', () => {
    expect(words(detailsModal(open(running({ cmd }))))).toContain('&& rm -rf /srv/data');
  });

  it('nothing is asked where all is shown', () => {
    const approve = objectsIn(itemCard(open(approval))).find(
      (one) => one.action_id === 'item_approve',
    );
    expect(approve).toBeDefined();
    expect(approve?.confirm).toBeUndefined();
  });

  it('a value of 100 kB says in Details that it is longer, within what Slack takes', () => {
    const view = withinLimits(
      'modal',
      detailsModal(open(running({ deep: { script: 'ü"\\n'.repeat(25_000) } }))),
    );
    expect(limitProblems('modal', view)).toEqual([]);
    expect(words(view)).toMatch(/… [\d,]+ more characters/);
  });

  it('however deep it is nested, it is shown', () => {
    const deep = JSON.parse(`${'['.repeat(500)}"rm"${']'.repeat(500)}`) as unknown;
    expect(words(detailsModal(open(running({ deep }))))).toContain('"rm"');
  });
});

describe('hidden characters', () => {
  it('are shown as what they are, and the card says so', () => {
    const seen = words(itemCard(open(running({ domain: 'pay\u200bpal.com' }))));
    expect(seen).toContain('pay⟨U+200B⟩pal.com');
    expect(seen).toContain('Contains hidden characters');
  });

  it('that are left out of prose are told of', () => {
    const seen = words(itemCard(open({ ...review, body: 'Pay pay\u200bpal' })));
    expect(seen).toContain('Contains hidden characters. Those in the text aren’t shown.');
  });

  it('that emoji and scripts need are none', () => {
    const seen = words(itemCard(open(wrote('Thanks 👩‍🔬 ❤️ می\u200cخواهم'))));
    expect(seen).toContain('Thanks 👩‍🔬 ❤️ می\u200cخواهم');
    expect(seen).not.toContain('hidden characters');
  });
});
