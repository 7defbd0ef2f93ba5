/** Running text as the page reads it: mrkdwn, markdown, emoji codes, dates, addresses, wall clocks. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { richInlines } from '../../simulator/web/blocks/rich-inlines.ts';
import { momentOf, wallTime } from '../../simulator/web/blocks/elements/zoned-time.ts';
import { dateWords } from '../../simulator/web/text/date-words.ts';
import { withEmoji } from '../../simulator/web/text/emoji.ts';
import type { Inline } from '../../simulator/web/text/inline.ts';
import { parseMarkdown } from '../../simulator/web/text/markdown.ts';
import { parseMrkdwn } from '../../simulator/web/text/mrkdwn.ts';
import { safeHref } from '../../simulator/web/text/safe-href.ts';
import { stepsBeyond, stepTime } from '../src/steps.ts';

/** Inlines in one line: `b(bold)`, `→href(words)`, `@U1`. */
function line(inlines: readonly Inline[]): string {
  return inlines
    .map((inline): string => {
      switch (inline.kind) {
        case 'text':
          return inline.text;
        case 'styled':
          return `${inline.style}(${line(inline.children)})`;
        case 'link':
          return `→${inline.href}(${inline.text})`;
        case 'date':
          return `date(${inline.seconds} ${inline.format} ${inline.fallback})`;
        case 'broadcast':
          return `broadcast(${inline.range})`;
        case 'color':
          return `color(${inline.value})`;
        default:
          return `${inline.kind}(${inline.id}${inline.label === undefined ? '' : ` ${inline.label}`})`;
      }
    })
    .join('');
}

const mrkdwn = (text: string, options = {}): string =>
  parseMrkdwn(text, options)
    .map((part) =>
      part.kind === 'lines'
        ? line(part.inlines)
        : `${part.kind}[${part.kind === 'pre' ? part.text : line(part.inlines)}]`,
    )
    .join('');

/** Every address that a text leads to. */
const hrefs = (value: unknown): string[] =>
  [...JSON.stringify(value).matchAll(/"href":"([^"]*)"/g)].map(([, href]) => href ?? '');

describe('mrkdwn', () => {
  it.each([
    ['*bold* _italic_ ~gone~ `code`', 'bold(bold) italic(italic) strike(gone) code(code)'],
    ['*bold _and italic_*', 'bold(bold italic(and italic))'],
    ['2*3*4 and snake_case_name', '2*3*4 and snake_case_name'],
    ['* not bold * _ nor this _', '* not bold * _ nor this _'],
    ['*over\ntwo lines*', '*over\ntwo lines*'],
    ['**', '**'],
    ['(*in brackets*), *before a comma*,', '(bold(in brackets)), bold(before a comma),'],
    ['`*not bold* <@U1>`', 'code(*not bold* @U1)'],
    ['a &lt;b&gt; &amp;amp; c', 'a <b> &amp; c'],
    ['&lt;@U0BOSS&gt;', '<@U0BOSS>'],
    ['<https://a.example/x|words>', '→https://a.example/x(words)'],
    ['<https://a.example/?a=1&amp;b=2>', '→https://a.example/?a=1&b=2(https://a.example/?a=1&b=2)'],
    ['<mailto:a@b.example|write>', '→mailto:a@b.example(write)'],
    ['*<https://a.example/*|x>*', 'bold(→https://a.example/*(x))'],
    ['<@U024BE7LH> <@U1|bob>', 'user(U024BE7LH) user(U1 bob)'],
    ['<#C024BE7LR|general> <#C1>', 'channel(C024BE7LR general) channel(C1)'],
    ['<!subteam^S1|@group> <!subteam^S2>', 'usergroup(S1 @group) usergroup(S2)'],
    ['<!here> <!channel> <!everyone>', 'broadcast(here) broadcast(channel) broadcast(everyone)'],
    ['<!date^1392734382^{date_num} {time}|then>', 'date(1392734382 {date_num} {time} then)'],
    ['<!nonsense|x> <> <nothing>', '<!nonsense|x> <> <nothing>'],
    ['<javascript:alert(1)|click>', '<javascript:alert(1)|click>'],
    ['<data:text/html,x|click>', '<data:text/html,x|click>'],
    [':tada: :no_such_emoji: :+1::skin-tone-2:', '🎉 :no_such_emoji: 👍🏻'],
    ['&gt; one\n&gt; two\nthree', 'quote[one\ntwo]three'],
    ['before\n&gt;&gt;&gt;all\nof it', 'beforequote[all\nof it]'],
    ['see ```a\n  *b* <https://a.example|c>``` end', 'see pre[a\n  *b* c] end'],
    ['a ``` without an end', 'a ``` without an end'],
  ])('%j', (text, read) => {
    expect(mrkdwn(text)).toBe(read);
  });

  it('links a bare address, and with verbatim does not', () => {
    expect(mrkdwn('see https://a.example/b.')).toBe(
      'see →https://a.example/b(https://a.example/b).',
    );
    expect(mrkdwn('see https://a.example/b.', { verbatim: true })).toBe('see https://a.example/b.');
  });

  it('leads nowhere but by http, https and mailto, whatever is in it', () => {
    const nasty = fc.constantFrom(
      '<',
      '>',
      '|',
      '*',
      '_',
      '`',
      '```',
      'javascript:x',
      'data:,',
      'https://a.example',
      '\n',
      '&gt;',
      '!date^1^{x}^javascript:x',
      ' ',
      'a',
    );
    fc.assert(
      fc.property(fc.array(nasty, { maxLength: 40 }), (pieces) => {
        const text = pieces.join('');
        for (const href of [...hrefs(parseMrkdwn(text)), ...hrefs(parseMarkdown(text))])
          expect(href).toMatch(/^(?:https?|mailto):/);
      }),
    );
  });

  it('loses no word of a text without markers', () => {
    const word = fc.stringMatching(/^[a-z0-9.,;é漢-]{1,12}$/);
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 30 }), (words) => {
        expect(mrkdwn(words.join(' '))).toBe(words.join(' '));
      }),
    );
  });

  it.each(['*a ', '*<', '`', '_*~a ', '<', '&gt;'])(
    'reads 40,000 characters of %j in steps in proportion to them',
    (piece) => {
      const text = piece.repeat(40_000 / piece.length);
      expect(stepsBeyond(1000 * text.length, stepTime(), () => parseMrkdwn(text))).toBeNull();
    },
  );
});

describe('markdown', () => {
  const first = (text: string): string => {
    const [part] = parseMarkdown(text);
    return part && 'inlines' in part ? line(part.inlines) : '';
  };

  it.each([
    ['**bold** and *italic* and ~~gone~~', 'bold(bold) and italic(italic) and strike(gone)'],
    ['`**code**`', 'code(**code**)'],
    ['[words](https://a.example/x)', '→https://a.example/x(words)'],
    ['[click](javascript:alert(1))', 'click'],
    ['[a](https://a.example/b_(c))', '→https://a.example/b_(c)(a)'],
    ['![a chart](https://evil.example/x.png)', 'a chart'],
    ['<script>alert(1)</script>', '<script>alert(1)</script>'],
    ['\\*not italic\\*', '*not italic*'],
  ])('%j', (text, read) => {
    expect(first(text)).toBe(read);
  });

  it('knows headings, lists, quotations, fences and rules', () => {
    const kinds = parseMarkdown('# a\ntext\n- b\n  - c\n\n2. d\n> e\n```\n# f\n```\n---').map(
      (part) => part.kind,
    );
    expect(kinds).toEqual(['heading', 'paragraph', 'list', 'list', 'quote', 'pre', 'rule']);
    expect(parseMarkdown('2. d')[0]).toMatchObject({ ordered: true, start: 2 });
    expect(parseMarkdown('- b\n  - c')[0]).toMatchObject({ items: [{ depth: 0 }, { depth: 1 }] });
  });
});

describe('rich_text', () => {
  it.each([
    [{ type: 'text', text: '*a* <@U1> :tada:' }, '*a* <@U1> :tada:'],
    [{ type: 'text', text: 'a', style: { bold: true, code: true } }, 'bold(code(a))'],
    [{ type: 'link', url: 'https://a.example/', text: 'a' }, '→https://a.example/(a)'],
    [{ type: 'link', url: 'javascript:x', text: 'a' }, 'a'],
    [{ type: 'emoji', name: 'x', unicode: '1f44d-1f3fd' }, '👍🏽'],
    [{ type: 'emoji', name: 'no_such', unicode: 'ffffff' }, ':no_such:'],
    [{ type: 'color', value: '#1264a3' }, 'color(#1264a3)'],
    [{ type: 'color', value: 'red;background:url(x)' }, 'red;background:url(x)'],
    [{ type: 'user', user_id: 'U1' }, 'user(U1)'],
  ])('%j', (element, read) => {
    expect(line(richInlines([element]))).toBe(read);
  });
});

describe('addresses', () => {
  it.each([
    ['https://a.example/x', 'https://a.example/x'],
    ['HTTP://A.example', 'http://a.example/'],
    ['mailto:a@b.example', 'mailto:a@b.example'],
    ['javascript:alert(1)', null],
    [' java\nscript:alert(1)', null],
    ['JaVaScRiPt:alert(1)', null],
    ['data:text/html,x', null],
    ['vbscript:x', null],
    ['file:///etc/passwd', null],
    ['//evil.example', null],
    ['a.example', null],
    ['', null],
  ])('%j → %j', (url, href) => {
    expect(safeHref(url)).toBe(href);
  });
});

describe('dates', () => {
  const now = Date.parse('2026-11-21T10:00:00Z');
  const seconds = Date.parse('2026-11-21T23:30:00Z') / 1000;
  const words = (format: string, timezone: string, at = seconds) =>
    dateWords({ seconds: at, format, fallback: 'then' }, { timezone, now }).replaceAll(
      '\u202f',
      ' ',
    );

  it.each([
    ['{date_short_pretty} {time}', 'UTC', 'today 11:30 PM'],
    ['{date_short_pretty} {time}', 'Europe/Berlin', 'tomorrow 12:30 AM'],
    ['{date_num} {time_secs}', 'America/New_York', '2026-11-21 6:30:00 PM'],
    ['{date_long}', 'UTC', 'Saturday, November 21st, 2026'],
    ['{date_num}', 'No/Such_Zone', '2026-11-21'],
    ['{no_such_token}', 'UTC', 'then'],
  ])('%s in %s', (format, zone, read) => {
    expect(words(format, zone)).toBe(read);
  });

  it.each([Number.NaN, 1e17, -1e17])(
    'show their fallback where there is no such moment: %d',
    (at) => {
      expect(words('{date}', 'UTC', at)).toBe('then');
    },
  );
});

describe('a wall clock', () => {
  it.each([
    ['2026-07-01T12:00', 'Europe/Berlin', '2026-07-01T10:00:00Z'],
    ['2026-12-01T12:00', 'Europe/Berlin', '2026-12-01T11:00:00Z'],
    // Left out when the clock goes forward: an hour later. Twice when it goes back: the first.
    ['2026-03-29T02:30', 'Europe/Berlin', '2026-03-29T01:30:00Z'],
    ['2026-10-25T02:30', 'Europe/Berlin', '2026-10-25T00:30:00Z'],
    ['2026-01-01T00:15', 'Asia/Kathmandu', '2025-12-31T18:30:00Z'],
  ])('%s in %s is %s', (wall, zone, utc) => {
    expect(momentOf(wall, zone)).toBe(Date.parse(utc) / 1000);
  });

  it('comes back from every moment', () => {
    const zone = fc.constantFrom('UTC', 'Europe/Berlin', 'America/St_Johns', 'Pacific/Chatham');
    const minute = fc.integer({ min: 0, max: 66_666_666 }).map((one) => one * 60);
    fc.assert(
      fc.property(minute, zone, (seconds, timezone) => {
        const wall = wallTime(seconds, timezone);
        const back = momentOf(wall, timezone);
        // In the hour that comes twice the first is meant.
        expect(back === null ? null : wallTime(back, timezone)).toBe(wall);
      }),
    );
  });

  it('is none where it was half typed', () => {
    expect(momentOf('', 'UTC')).toBeNull();
    expect(momentOf('2026-13-01T00:00', 'UTC')).toBeNull();
  });
});

describe('emoji codes', () => {
  it.each([
    [':white_check_mark:', '✅'],
    [':large_green_circle:', '🟢'],
    ['10:30:45', '10:30:45'],
    [':constructor: :__proto__:', ':constructor: :__proto__:'],
    ['a :nothing_of_this_name: c', 'a :nothing_of_this_name: c'],
  ])('%s', (text, read) => {
    expect(withEmoji(text)).toBe(read);
  });
});
