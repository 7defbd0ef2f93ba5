// What an expert must be able to trust: hidden characters, cut values, the question before Approve, numbered buttons, the
// file, Markdown and how it was written, and forms as MCP, zod and pydantic ask for them. Pure.
import { asWrittenModal } from '../../blocks/modals/as-written.ts';
import { answerModal, editModal } from '../../blocks/modals/decide-modals.ts';
import { detailsModal } from '../../blocks/modals/details.ts';
import { wholeItemText } from '../../blocks/modals/whole-item.ts';
import { itemCard } from '../../blocks/cards/item-card.ts';
import { codeParts } from '../../blocks/text/shown-parts.ts';
import { richText } from '../../blocks/text/rich-text.ts';
import { answerSchema } from '../../src/domain/answer-schema.ts';
import type { Item } from '../../src/domain/item.ts';
import type { GalleryEntry } from '../../simulator/web/gallery/entry.ts';
import { GOOD, open } from '../blocks/fixtures.ts';
import { entryOf } from './entry-of.ts';

const hidden: Item = {
  ...GOOD.approval,
  sensitive: [],
  title: 'Send the payment?',
  body: 'The customer wrote: “please\u200b pay”.',
  action: {
    name: 'transfer',
    args: { domain: 'pay\u200bpal.com', note: 'for \u202ecod.exe', emoji: '👩‍🔬 ok', padded: 'a  ' },
  },
};
const long: Item = {
  ...GOOD.approval,
  sensitive: [],
  title: 'Run the nightly clean-up?',
  action: {
    name: 'run',
    args: {
      cmd: `${Array.from({ length: 60 }, (_, at) => `find /srv/tmp/${at} -mtime +30 -print`).join(' && ')} && rm -rf /srv/data`,
      sql: 'SELECT 1 -- nightly check\nDROP TABLE users',
    },
  },
};
const nested: Item = {
  ...GOOD.approval,
  sensitive: [],
  title: 'Apply the plan?',
  action: {
    name: 'apply',
    args: {
      plan: {
        steps: Array.from({ length: 900 }, (_, at) => ({
          id: at,
          run: `step ${at} of the plan: ${'x'.repeat(60)}`,
        })),
      },
    },
  },
};
const alike: Item = {
  ...GOOD.question,
  title: 'Which answer goes out?',
  options: ['de', 'fr', 'es'].map((id) => ({
    id,
    label: `Yes, but only after the customer has confirmed the new bank account in writing (${id})`,
  })),
};
const markdown: Item = {
  ...GOOD.review,
  sensitive: [],
  title: 'Is this reply right?',
  body: '## What happened\nThe import of **12 May** failed; see [the run](https://runs.example/4711?tab=log) and `import.log`.',
  justification:
    'The docs say so:\n\n> Imports retry *three times*.\n\n1. The file was late\n2. The retry was off\n   - by hand, ~~in March~~ in April',
  proposal:
    'Dear Kim,\n\nplease **check the file** and try again:\n\n```sh\nhitl submit items.jsonl \\\n  --queue\n```\n\n| Column | Type |\n|---|---|\n| `id` | text |\n| amount | number, in *cents* |\n\n- [paypal.com](https://evil.example/login) is not ours\n- <b>HTML</b> stays text',
};
const form: Item = {
  ...GOOD.question,
  title: 'How should we settle this claim?',
  answer_schema: answerSchema.parse({
    $defs: { Level: { enum: [1, 2, 3], title: 'Level', type: 'integer' } },
    type: 'object',
    properties: {
      outcome: {
        type: 'string',
        title: 'Outcome',
        oneOf: [
          { const: 'pay', title: 'Pay in full' },
          { const: 'part', title: 'Pay a part' },
        ],
        default: 'part',
      },
      level: { $ref: '#/$defs/Level' },
      from: { type: 'string', format: 'date-time', title: 'In force from' },
      code: {
        type: 'string',
        pattern: '^[A-Z]{3}-\\d+$',
        description: 'Three letters, a dash, digits',
      },
      amount: { type: 'number', exclusiveMinimum: 0, maximum: 500 },
      note: { anyOf: [{ type: 'string' }, { type: 'null' }], default: null, title: 'Note' },
      tags: {
        type: 'array',
        items: {
          anyOf: [
            { const: 'a', title: 'First claim' },
            { const: 'b', title: 'Late' },
          ],
        },
      },
      sure: { type: 'boolean', title: 'Are you sure?' },
    },
    required: ['outcome', 'level', 'note'],
  }),
};
const escapes: Item = {
  ...GOOD.approval,
  sensitive: [],
  action: {
    name: 'send',
    args: {
      to: { name: 'Kim\u00a0B.', sign: '❤\ufe0f', greeting: 'Gru\u0308ße' },
      lines: ['a', 'b'],
    },
  },
};

/** What Approve asks: Slack shows it only once it is pressed. */
function confirmOf(item: Item): string {
  const [confirm] =
    JSON.stringify(itemCard(open(item))).match(/"confirm":\{.*?"style":"danger"\}/) ?? [];
  return confirm === undefined
    ? '(Approve asks nothing)'
    : JSON.stringify(JSON.parse(`{${confirm}}`), null, 2);
}

export function trueViewEntries(): GalleryEntry[] {
  const group = 'What is shown is what there is';
  const card = (name: string, item: Item) => entryOf(group, name, 'message', itemCard(open(item)));
  const details = (name: string, item: Item) =>
    entryOf(group, name, 'modal', detailsModal({ ...open(item), history: [] }));
  const text = (name: string, words: string) =>
    entryOf(group, name, 'message', {
      text: name,
      blocks: [richText(...codeParts(words, { max: 2500, more: '' }).elements)],
    });
  return [
    card('Hidden characters, card', hidden),
    details('Hidden characters, details', hidden),
    card('A value that is cut, card', long),
    text('A value that is cut, what Approve asks', confirmOf(long)),
    details('A value that is cut, details', long),
    details('A value longer than Slack shows, details', nested),
    text(
      'The file, its beginning',
      (wholeItemText(open(nested).record, null) ?? '').slice(0, 1500),
    ),
    card('Buttons that look alike, card', alike),
    card('Markdown, card', markdown),
    details('Markdown, details', markdown),
    entryOf(group, 'Markdown, as written', 'modal', asWrittenModal(open(markdown).record)),
    entryOf(group, 'Markdown, edit', 'modal', editModal(open(markdown))),
    entryOf(group, 'A form of MCP, zod and pydantic', 'modal', answerModal(open(form))),
    entryOf(group, 'Arguments as JSON, with escapes', 'modal', editModal(open(escapes))),
  ];
}
