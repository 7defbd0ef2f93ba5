import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { askedCard } from '../../blocks/modals/ask.ts';
import {
  answerModal,
  approveModal,
  editModal,
  rejectModal,
} from '../../blocks/modals/decide-modals.ts';
import { detailsModal } from '../../blocks/modals/details.ts';
import { itemCard } from '../../blocks/cards/item-card.ts';
import { limitProblems, withinLimits } from '../../blocks/text/limits.ts';
import {
  answerLine,
  answerMessage,
  endLine,
  reminderLine,
} from '../../blocks/messages/thread-lines.ts';
import { whyText } from '../../blocks/messages/why.ts';
import { checkBlocks } from '../../simulator/slack/block-check.ts';
import { checkView } from '../../simulator/slack/view-schema.ts';
import { anyCard } from './any-item.ts';
import { NOW } from './fixtures.ts';
import { UNSEEN, actionIds, mrkdwnTexts, objectsIn, ofType } from './seen.ts';
import { runs } from '../runs.ts';

const OUR_MARKUP = /<@[UW][A-Z0-9]+>|<!date\^\d+\^[^<>|]*\|[^<>]*>|&(amp|lt|gt);/g;
const many = { numRuns: runs(150) };

describe('whatever the item, its domain and its end', () => {
  it('the card stays within 12 blocks and what Slack takes', () => {
    fc.assert(
      fc.property(anyCard, (input) => {
        const card = withinLimits('message', itemCard(input));
        expect(limitProblems('message', card)).toEqual([]);
        expect(card.blocks.length).toBeLessThanOrEqual(12);
        expect(checkBlocks(card.blocks, 'message', ['blocks'])).toMatchObject({ ok: true });
      }),
      many,
    );
  });

  it('a decided or erased one keeps no live button but Details, and Re-open where it expired', () => {
    fc.assert(
      fc.property(anyCard, (input) => {
        const ids = actionIds(itemCard(input));
        const over = input.record.status === 'decided' || input.record.item === null;
        const expired = input.record.outcome === 'expired' && input.record.item !== null;
        if (over) expect(ids).toEqual([...(expired ? ['item_reopen'] : []), 'item_details']);
        else expect(ids).toContain('item_details');
      }),
      many,
    );
  });

  it('every modal is one that Slack takes', () => {
    fc.assert(
      fc.property(anyCard, (input) => {
        for (const modal of [detailsModal, rejectModal, approveModal, editModal, answerModal]) {
          const view = withinLimits('modal', modal(input));
          expect(limitProblems('modal', view)).toEqual([]);
          expect(checkView(view, 'modal')).toMatchObject({ ok: true });
        }
      }),
      many,
    );
  });

  it('a modal of a text that is signs of Markdown alone is one that Slack takes', () => {
    const sign = fc.constantFrom('#', '>', '-', '*', '_', '~', '`', '|', '[', ']', '(', ')', '1.');
    const signs = fc.array(fc.oneof(sign, fc.constantFrom(' ', '\n', '\n\n', '  ', 'a')), {
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(anyCard, signs, (input, parts) => {
        const { item } = input.record;
        if (item === null) return;
        const body = parts.join('');
        const record = { ...input.record, item: { ...item, body, justification: body } };
        const view = withinLimits('modal', detailsModal({ ...input, record }));
        expect(limitProblems('modal', view)).toEqual([]);
        expect(checkView(view, 'modal')).toMatchObject({ ok: true });
        const { blocks } = itemCard({ ...input, record });
        expect(checkBlocks(blocks, 'message', ['blocks'])).toMatchObject({ ok: true });
      }),
      { ...many, numRuns: runs(2000) },
    );
  });

  it('every line about it is one that Slack takes', () => {
    fc.assert(
      fc.property(anyCard, (input) => {
        const { record, decision, domain } = input;
        const lines = [
          askedCard(input),
          endLine({ record, decision }),
          reminderLine({ record, domain, due_at: record.due_at ?? NOW, now: NOW }),
          whyText({ record, decision, history: [{ at: NOW, words: domain.title }], now: NOW }),
          ...(decision
            ? [
                answerLine({ record, decision, domain }),
                answerMessage({ record, decision, domain }),
              ]
            : []),
        ];
        for (const line of lines)
          expect(limitProblems('message', withinLimits('message', line))).toEqual([]);
      }),
      many,
    );
  });

  it('nothing of it is parsed: no markup in mrkdwn but ours, no mention, no link but where it says', () => {
    fc.assert(
      fc.property(anyCard, (input) => {
        const card = itemCard(input);
        for (const text of [card.text, ...mrkdwnTexts(card)])
          expect(text.replace(OUR_MARKUP, '')).not.toMatch(/[<>&]/);
        for (const link of ofType(card, 'link')) {
          const host = new URL(String(link.url)).host;
          expect(host.endsWith(String(link.text).replace(/^…/, ''))).toBe(true);
        }
        for (const type of ['channel', 'usergroup', 'broadcast', 'emoji', 'markdown'])
          expect(ofType(card, type)).toEqual([]);
        for (const { user_id } of ofType(card, 'user')) expect(user_id).toBe('U0BOB');
      }),
      many,
    );
  });

  it('nothing shown turns the line around or is invisible', () => {
    fc.assert(
      fc.property(anyCard, (input) => {
        for (const one of [...objectsIn(itemCard(input)), ...objectsIn(detailsModal(input))]) {
          if (typeof one.text === 'string' && one.type !== 'mrkdwn' && one.type !== undefined)
            expect(one.text).not.toMatch(UNSEEN);
        }
      }),
      many,
    );
  });

  it('drawing does not change what was given', () => {
    fc.assert(
      fc.property(anyCard, (input) => {
        const before = structuredClone(input);
        withinLimits('message', itemCard(input));
        detailsModal(input);
        expect(input).toEqual(before);
      }),
      { numRuns: runs(40) },
    );
  });
});
