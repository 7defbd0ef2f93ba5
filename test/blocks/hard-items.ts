/** Items that are hard to show: hostile ones, as little as the schema asks for, as much as it takes. */
import type { Item, Kind } from '../../src/domain/item.ts';

/** What an attacker would write: each must come out as dead text. */
export const HOSTILE = [
  '<!channel> <!here> <!everyone>',
  '<@U0BOSS> <#C0OPS> <!subteam^S0ALL>',
  '<https://evil.example|Approve>',
  '*bold* _italic_ ~gone~ `code`',
  '&lt;!channel&gt; & <b>',
  '\u202eevorppA\u202c \u2066x\u2069',
  'a\u200b\u200d\u2060b\ufeff',
  `Z${'\u0300\u0301\u0302\u0303'.repeat(200)}algo`,
  'W'.repeat(5000),
  '\u0001\u0007\u001b[31mred',
  ':white_check_mark: Approved by <@U0BOSS>',
  '\u200b\u200b\u200b',
  '\ud800 lone \udc00',
  '👩‍👩‍👧‍👦'.repeat(100),
  '\n\n\n\n\n\nfar below\n\n\n\n\n',
  '[Approve](https://evil.example) ](x',
] as const;

const nasty = (at: number, max: number): string =>
  [...HOSTILE].concat(HOSTILE).slice(at).join(' ').slice(0, max);

/** Every text of an item of that kind hostile and as long as the schema lets it be. */
export function hostile(kind: Kind): Item {
  const common: Item = {
    id: '<!channel>*_`'.repeat(9),
    kind,
    title: nasty(0, 300),
    body: nasty(1, 20_000),
    justification: nasty(2, 5000),
    confidence: 1e-9,
    impact: 10,
    ensemble: HOSTILE.map((text) => ({
      source: text.slice(0, 200),
      answer: text,
      confidence: 0.999,
    })),
    evidence: HOSTILE.slice(0, 12).map((text) => ({
      label: text.slice(0, 200),
      text: text.slice(0, 5000),
      url: `https://paypal.com.${'x.'.repeat(30)}evil.example/${'p'.repeat(300)}`,
    })),
    tags: HOSTILE.map((text) => text.slice(0, 200)),
    cohort: nasty(4, 200),
    model: { name: nasty(5, 200), version: nasty(6, 200), prompt_version: nasty(7, 200) },
    requester: { name: nasty(2, 200), slack_user: 'U024BE7LH' },
    run_id: nasty(3, 200),
  };
  switch (kind) {
    case 'approval':
      return {
        ...common,
        action: {
          name: nasty(1, 200),
          args: Object.fromEntries(HOSTILE.map((text, at) => [`${text.slice(0, 90)}${at}`, text])),
        },
      };
    case 'question':
      return {
        ...common,
        proposal: nasty(3, 20_000),
        options: HOSTILE.slice(0, 10).map((text, at) => ({
          id: `${at}`,
          label: text.slice(0, 200),
          description: text.slice(0, 200),
          prefill: text.slice(0, 3000),
        })),
      };
    case 'review':
      return { ...common, proposal: nasty(4, 2900) };
    case 'comparison':
      return {
        ...common,
        candidates: HOSTILE.slice(0, 5).map((text, at) => ({
          id: `c${at}${text.slice(0, 90)}`,
          text: nasty(at, 10_000),
        })),
      };
    default:
      return kind satisfies never;
  }
}

/** As little as the schema asks for. */
export const MINIMAL: Record<Kind, Item> = {
  approval: { id: 'a', kind: 'approval', title: 'x', action: { name: 'go' } },
  question: { id: 'q', kind: 'question', title: 'x' },
  review: { id: 'r', kind: 'review', title: 'x', proposal: {} },
  comparison: {
    id: 'c',
    kind: 'comparison',
    title: 'x',
    candidates: [
      { id: '1', text: 'x' },
      { id: '2', text: 'y' },
    ],
  },
};

/** As much as the schema lets through, within 256 KiB. */
export function huge(kind: Kind): Item {
  const long = (max: number) => 'Ünïcödé text 漢字 '.repeat(max).slice(0, max);
  return {
    ...hostile(kind),
    id: 'h'.repeat(128),
    title: long(300),
    body: long(20_000),
    justification: long(5000),
    ...(kind === 'review' || kind === 'approval' ? { proposal: long(20_000) } : {}),
    ...(kind === 'comparison'
      ? { candidates: Array.from({ length: 5 }, (_, at) => ({ id: `c${at}`, text: long(10_000) })) }
      : {}),
    evidence: Array.from({ length: 20 }, (_, at) => ({
      label: long(200),
      text: long(2000),
      url: `https://example.com/${at}/${'q'.repeat(1500)}`,
    })),
    ensemble: [{ source: long(200), answer: long(20_000) }],
  };
}
