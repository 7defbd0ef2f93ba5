import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readMentionedText, readMessage } from '../../blocks/text/mentioned-text.ts';
import { composedMessage } from '../../simulator/slack/composed-message.ts';
import { startSlack } from '../../simulator/slack/slack.ts';

describe('what was written behind a mention, read from the text', () => {
  it.each([
    ['<@UBOT> Yes, they may.', 'Yes, they may.'],
    ['Yes <@UBOT>', 'Yes'],
    ['<@UBOT>', ''],
    ['<@UBOT|pager> a &lt; b &amp;&amp; c', 'a < b && c'],
    [
      '<@UBOT> see <https://a.example/x|a.example/x> and ask <@U1|bob> in <#C1|billing>',
      'see https://a.example/x and ask @bob in #billing',
    ],
    ['<@UBOT> see <https://a.example/x|the runbook>', 'see the runbook (https://a.example/x)'],
    ['<@UBOT> ask <mailto:a@b.example|a@b.example>', 'ask a@b.example'],
    ['<@UBOT> first\n\n  second', 'first\n\nsecond'],
    ['<@UBOT> &amp;lt;', '&lt;'],
    ['<@UBOT> ```retry:\n  max: 3```', '```\nretry:\n  max: 3\n```'],
    ['<@UBOT> use ```\n\tmake  all\n``` then', 'use\n```\n\tmake  all\n```\nthen'],
    ['<@UBOT> run `a  &amp;&amp;  b` twice', 'run `a  &&  b` twice'],
    ['<@UBOT> ```curl <http://a.example|a.example> &lt; x```', '```\ncurl a.example < x\n```'],
    ['<@UBOT> a `b and ```c', 'a `b and ```c'],
  ])('%j → %j', (text, answer) => {
    expect(readMentionedText(text, 'UBOT')).toBe(answer);
    expect(readMessage({ text }, 'UBOT')).toBe(answer);
  });
});

const text = (words: string, style?: object) => ({
  type: 'text',
  text: words,
  ...(style ? { style } : {}),
});
const section = (...elements: object[]) => ({ type: 'rich_text_section', elements });
const bot = { type: 'user', user_id: 'UBOT' };
const code = { code: true };

describe('what was written, read from what the composer sends', () => {
  const cases: [string, object[], string][] = [
    ['words', [section(bot, text(' Yes,  they may. '))], 'Yes, they may.'],
    [
      'a block of code',
      [
        section(bot, text(' so:\n')),
        { type: 'rich_text_preformatted', elements: [text('retry:\n  max: 3\n\n\tx')], border: 0 },
        section(text('and no more')),
      ],
      'so:\n```\nretry:\n  max: 3\n\n\tx\n```\nand no more',
    ],
    [
      'code with a fence in it',
      [{ type: 'rich_text_preformatted', elements: [text('```\n  a\n```')] }],
      '````\n```\n  a\n```\n````',
    ],
    [
      'code in a line',
      [
        section(
          bot,
          text(' set '),
          text('a  =  ', code),
          text('b', { ...code, bold: true }),
          text(' now'),
        ),
      ],
      'set `a  =  b` now',
    ],
    ['a backtick in code', [section(text('`x', code))], '`` `x ``'],
    [
      'an address in code',
      [
        {
          type: 'rich_text_preformatted',
          elements: [text('curl '), { type: 'link', url: 'http://a.example', text: 'a.example' }],
        },
      ],
      '```\ncurl a.example\n```',
    ],
    [
      'a quote',
      [section(text('They said')), { type: 'rich_text_quote', elements: [text('no\nnever')] }],
      'They said\n> no\n> never',
    ],
    [
      'lists',
      [
        section(bot, text(' Do\n')),
        { type: 'rich_text_list', style: 'bullet', indent: 0, elements: [section(text('one'))] },
        { type: 'rich_text_list', style: 'bullet', indent: 1, elements: [section(text('two'))] },
        {
          type: 'rich_text_list',
          style: 'ordered',
          indent: 0,
          offset: 2,
          elements: [section(text('three')), section(text('four'))],
        },
      ],
      'Do\n• one\n    ◦ two\n3. three\n4. four',
    ],
    [
      'links',
      [
        section(
          { type: 'link', url: 'https://a.example/x' },
          text(', '),
          { type: 'link', url: 'https://b.example/', text: 'b.example' },
          text(', '),
          { type: 'link', url: 'https://c.example', text: 'the bank' },
          text(', '),
          { type: 'link', url: 'mailto:d@e.example', text: 'd@e.example' },
        ),
      ],
      'https://a.example/x, https://b.example/, the bank (https://c.example), d@e.example',
    ],
    [
      'names and signs',
      [
        section(
          { type: 'user', user_id: 'U1' },
          text(' '),
          { type: 'user', user_id: 'U2' },
          text(' '),
          { type: 'channel', channel_id: 'C1' },
          text(' '),
          { type: 'usergroup', usergroup_id: 'S1' },
          text(' '),
          { type: 'broadcast', range: 'here' },
          text(' '),
          { type: 'emoji', name: 'woman-scientist', unicode: '1f469-200d-1f52c' },
          text(' '),
          { type: 'emoji', name: 'our_own' },
          text(' '),
          { type: 'color', value: '#ff0000' },
          text(' '),
          { type: 'date', timestamp: 1, format: '{date}', fallback: 'in May' },
        ),
      ],
      '@bob @U2 #billing @ops @here 👩‍🔬 :our_own: #ff0000 in May',
    ],
    ['what is < here & not markup', [section(text('<@U1> &amp; <b>'))], '<@U1> &amp; <b>'],
    ['nothing', [section(bot, text(' '))], ''],
  ];
  it.each(cases)('%s', (_, elements, answer) => {
    const message = {
      text: '<@UBOT> <@U1|bob> <#C1|billing> <!subteam^S1|@ops> the fallback',
      blocks: [{ type: 'rich_text', block_id: 'x', elements }],
    };
    expect(readMessage(message, 'UBOT')).toBe(answer);
  });

  it.each([
    ['no blocks', undefined],
    ['none', []],
    ['a kind that is not known', [{ type: 'rich_text', elements: [{ type: 'rich_text_canvas' }] }]],
    [
      'an element that is not known',
      [{ type: 'rich_text', elements: [section({ type: 'hologram' })] }],
    ],
    ['other blocks', [{ type: 'section', text: { type: 'mrkdwn', text: 'x' } }]],
  ])('%s: the text is read', (_, blocks) => {
    expect(readMessage({ text: '<@UBOT> the text', blocks }, 'UBOT')).toBe('the text');
  });
});

describe('any lines in code', async () => {
  const slack = await startSlack();
  await slack.close();
  const botId = slack.workspace.app.bot_user_id;
  const line = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          '  ',
          '\t',
          ' ',
          '&',
          '<',
          '>',
          '&lt;',
          '*',
          '_a_',
          '- ',
          '> ',
          '@alice',
          '#general',
        ),
        fc.constantFrom(
          '<@U0ALICE>',
          'https://a.example/x?a=1&b=2',
          ':x:',
          '`',
          '``',
          '{',
          '}',
          'ä',
          '👩‍🔬',
        ),
        fc.string({ maxLength: 6 }),
      ),
      { maxLength: 8 },
    )
    .map((parts) => parts.join('').replaceAll(/[\n\r]/g, ' '));
  const lines = fc.array(line, { minLength: 1, maxLength: 6 }).map((all) => all.join('\n'));

  /** Reads the block back by Markdown's rule: up to a fence as long as the first. */
  const codeIn = (answer: string): string => {
    const [, fence = ''] = /^(`{3,})\n/.exec(answer) ?? [];
    expect(answer.endsWith(`\n${fence}`)).toBe(true);
    return answer.slice(fence.length + 1, -fence.length - 1);
  };

  it('come out as they went in, from the blocks', () => {
    fc.assert(
      fc.property(lines, (written) => {
        const blocks = [
          {
            type: 'rich_text',
            elements: [
              section({ type: 'user', user_id: botId }, text(' ')),
              { type: 'rich_text_preformatted', elements: written === '' ? [] : [text(written)] },
            ],
          },
        ];
        expect(codeIn(readMessage({ text: 'x', blocks }, botId))).toBe(written);
      }),
    );
  });

  it('come out as they were typed, from the blocks and from the text that Slack derives', () => {
    const typed = lines.filter(
      (all) => !all.includes('```') && !/^\n|\n$|^`|`$/.test(all) && all !== '',
    );
    fc.assert(
      fc.property(typed, (written) => {
        const message = composedMessage(slack.workspace, `<@bot> \`\`\`\n${written}\n\`\`\``);
        expect(codeIn(readMessage(message, botId))).toBe(written);
        expect(codeIn(readMentionedText(message.text, botId))).toBe(written);
      }),
    );
  });
});
