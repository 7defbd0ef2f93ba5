/** Markdown in what an AI says: formatted, with nothing of it hidden, and as it was written on request. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { itemCard } from '../../blocks/cards/item-card.ts';
import { asWrittenModal } from '../../blocks/modals/as-written.ts';
import { editModal } from '../../blocks/modals/decide-modals.ts';
import { detailsModal } from '../../blocks/modals/details.ts';
import { limitProblems, withinLimits } from '../../blocks/text/limits.ts';
import { markdownParts } from '../../blocks/text/markdown-parts.ts';
import type { Item } from '../../src/domain/item.ts';
import { adversarial } from '../src/adversarial.ts';
import { open, review } from './fixtures.ts';
import { objectsIn, words } from './seen.ts';
import { runs } from '../runs.ts';

/** Elements in a short form: `b(bold)`, `quote[…]`, `list1•[a|b]`. */
function drawn(text: string, quoted = false): string | null {
  const parts = markdownParts(text, { quoted, most: 300 });
  return parts && parts.map((one) => short(one)).join(' ');
}
// oxlint-disable-next-line typescript/no-explicit-any
function short(one: any): string {
  const inside = (elements: object[], by = '') => elements.map(short).join(by);
  switch (one.type) {
    case 'text': {
      const style = Object.keys(one.style ?? {})
        .map((name) => name.charAt(0))
        .join('');
      return style === '' ? one.text : `${style}(${one.text})`;
    }
    case 'link':
      return `→${one.url}(${one.text})`;
    case 'rich_text_section':
      return inside(one.elements);
    case 'rich_text_quote':
      return `quote[${inside(one.elements)}]`;
    case 'rich_text_preformatted':
      return `pre${one.border ?? ''}[${inside(one.elements)}]`;
    case 'rich_text_list':
      return `${one.style}${one.indent ?? ''}${one.offset === undefined ? '' : `+${one.offset}`}[${inside(one.elements, '|')}]`;
    default:
      throw new Error(`${one.type} is not drawn`);
  }
}

describe('Markdown is drawn', () => {
  it.each([
    ['**bold** and *italic*, ~~gone~~ `a  b`', 'b(bold) and i(italic), s(gone) c(a  b)'],
    ['***both***', 'ib(both)'],
    ['# Heading\nwords', 'b(Heading)\nwords'],
    ['one\n\n**two**\nthree', 'one\n\nb(two)\nthree'],
    ['- a\n- b\n  - c\n    1. d\n- e', 'bullet[a|b] bullet1[c] ordered2[d] bullet[e]'],
    ['1. a\n2. b\n7. c', 'ordered[a|b] ordered+6[c]'],
    ['3. a\n4. b', 'ordered+2[a|b]'],
    ['- [ ] do\n- [x] done', 'bullet[[ ] do|[x] done]'],
    ['> said\n> > before\n\nnow', 'quote[said\n\n> before] now'],
    ['```python\nif x:\n    y()\n```', 'i(python) pre[if x:\n    y()]'],
    ['so:\n\n    a:\n      b', 'so: pre[a:\n  b]'],
    ['| a | bb |\n|---|:-:|\n| 1 | **2** |', 'pre[a  bb\n1  2]'],
    ['a\n\n---\n\nb', 'a\n\n———\n\nb'],
    [
      'see [the docs](https://a.example/x "now")',
      'see the docs (→https://a.example/x(a.example) “now”)',
    ],
    ['[paypal.com](https://evil.example)', '“paypal.com” (→https://evil.example/(evil.example))'],
    [
      '[pay](https://bank.example@evil.example/)',
      'pay (→https://bank.example@evil.example/(evil.example))',
    ],
    ['[](https://a.example)', '(→https://a.example/(a.example))'],
    ['![chart](https://a.example/c.png)', 'picture: chart (→https://a.example/c.png(a.example))'],
    ['**x** [mail](mailto:a@b.example)', 'b(x) mail (mailto:a@b.example)'],
    ['**x** [bad](javascript:alert(1))', 'b(x) [bad](javascript:alert(1))'],
    ['**x** <b>y</b> &lt; &#8203; <!channel> <@U1>', 'b(x) <b>y</b> &lt; &#8203; <!channel> <@U1>'],
    ['**x**\n\n[ref]: https://a.example "hidden"', 'b(x)\n\n[ref]: https://a.example "hidden"'],
  ])('%j', (text, form) => {
    expect(drawn(text)).toBe(form);
  });

  it('behind a bar, where the whole is somebody’s words', () => {
    expect(drawn('**a**\n- b\n\n```\nc\n```', true)).toBe('quote[b(a)] bullet[b] pre1[c]');
  });

  it.each([
    ['words alone', 'Dear Kim,\nyour parcel comes on Monday.'],
    ['signs that mean nothing', 'snake_case * 2 > 1, a - b, #4711, 5 * 3'],
    ['escapes alone', 'a \\* b'],
    ['lines whose blanks mean something', 'total\n   1,00\n**x**'],
    ['a table that hides a cell', '| a |\n|---|\n| 1 | DROP TABLE |'],
    ['nested deeper than is read', `${'> '.repeat(200)}**x** deep`],
    ['more pieces than a message takes', '*a* '.repeat(400)],
  ])('%s: as it was written', (_, text) => {
    expect(drawn(text)).toBeNull();
  });
});

const SIGNS = [
  ...[
    '**',
    '*',
    '_',
    '~~',
    '`',
    '```',
    '```py\n',
    '\n',
    '\n\n',
    '# ',
    '- ',
    '  - ',
    '1. ',
    '9. ',
    '> ',
    '| ',
    '|',
    '|---|\n',
  ],
  ...[
    '[',
    '](',
    ')',
    '](https://evil.example/x)',
    '![',
    '<',
    '>',
    '\\',
    '&amp;',
    '    ',
    '\t',
    '---\n',
    '==\n',
    '"',
    '<!channel>',
  ],
  ...[
    '[ref]: ',
    '<https://a.example>',
    '<@U1>',
    'a',
    'bc',
    'DROP',
    '7',
    'é',
    '漢',
    '$',
    '%',
    '👩‍🔬',
    '\u200b',
    '\u202e',
  ],
];
const markdown = fc
  .array(fc.constantFrom(...SIGNS), { minLength: 1, maxLength: 40 })
  .map((parts) => parts.join(''));
const wrote = (text: string): Item => ({
  ...review,
  sensitive: [],
  body: text,
  justification: text,
  proposal: text,
});

describe('nothing is hidden by it', () => {
  it('every character that is no sign is in what is drawn, or in the address of a link', () => {
    fc.assert(
      fc.property(markdown, fc.boolean(), (text, quoted) => {
        const parts = markdownParts(text, { quoted, most: 300 });
        if (parts === null) return;
        const seen = parts
          .flatMap((part) => objectsIn(part))
          .map((one) =>
            [one['text'], one['url'], one['style'] === 'ordered' ? '1234567890'.repeat(40) : '']
              .filter((said) => typeof said === 'string')
              .join(''),
          )
          .join('');
        const count = (from: string, letter: string) => from.split(letter).length - 1;
        for (const letter of new Set(text.match(/[\p{L}\p{N}$%]/gu)))
          expect(count(seen, letter)).toBeGreaterThanOrEqual(count(text, letter));
      }),
      { numRuns: runs(500) },
    );
  });

  it('nothing in it pings, and each link shows the host that it leads to', () => {
    fc.assert(
      fc.property(markdown, (text) => {
        for (const one of [
          ...objectsIn(itemCard(open(wrote(text)))),
          ...objectsIn(detailsModal(open(wrote(text)))),
        ]) {
          expect(['broadcast', 'channel', 'emoji']).not.toContain(one['type']);
          if (one['type'] === 'link') expect(one['text']).toBe(new URL(String(one['url'])).host);
        }
      }),
      { numRuns: runs(200) },
    );
  });

  it('Slack takes it, whatever it is', () => {
    const long = fc.oneof(
      markdown.map((text) => text.repeat(200).slice(0, 20_000)),
      fc.constantFrom(...adversarial(20_000).map(({ text }) => text)),
    );
    fc.assert(
      fc.property(fc.oneof(markdown, long), (text) => {
        const input = open(wrote(text));
        expect(limitProblems('message', withinLimits('message', itemCard(input)))).toEqual([]);
        expect(limitProblems('modal', withinLimits('modal', detailsModal(input)))).toEqual([]);
        expect(limitProblems('modal', withinLimits('modal', asWrittenModal(input.record)))).toEqual(
          [],
        );
      }),
      { numRuns: runs(60) },
    );
  });
});

describe('as it was written', () => {
  const text = '**Dear Kim**, see [here](https://a.example/x?y=1).';

  it('Details has a button for it where something is formatted, and only there', () => {
    const ids = (item: Item) => words(detailsModal(open(item)));
    expect(ids(wrote(text))).toContain('Show as written');
    expect(ids(wrote('Dear Kim'))).not.toContain('Show as written');
    expect(ids({ ...review, body: 'x', proposal: { a: text } })).not.toContain('Show as written');
  });

  it('shows every sign', () => {
    expect(words(asWrittenModal(open(wrote(text)).record))).toContain(text);
  });

  it('what is cut says how much is missing, and Approve asks first', () => {
    const card = itemCard(open(wrote(`**Start** ${'word '.repeat(600)}`)));
    expect(words(card)).toMatch(/… [\d,]+ more characters \(Details\)/);
    expect(JSON.stringify(card)).toContain('You haven’t seen all of it');
  });

  it('an edit starts from the signs, and arguments are never Markdown', () => {
    expect(JSON.stringify(editModal(open({ ...review, proposal: text })))).toContain(
      JSON.stringify(text).slice(1, -1),
    );
    const args = itemCard(open({ ...review, proposal: { to: '**Kim**' } }));
    expect(words(args)).toContain('**Kim**');
  });
});
