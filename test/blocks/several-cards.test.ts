import { describe, expect, it } from 'vitest';
import { compareModal, ownWordsModal } from '../../blocks/modals/blind-modals.ts';
import { editModal } from '../../blocks/modals/decide-modals.ts';
import { detailsModal } from '../../blocks/modals/details.ts';
import { endorseModal } from '../../blocks/modals/endorse-modal.ts';
import { itemCard } from '../../blocks/cards/item-card.ts';
import { withinLimits } from '../../blocks/text/limits.ts';
import { standingInput } from '../../blocks/cards/opinions.ts';
import { sendBackModal } from '../../blocks/modals/send-back-modal.ts';
import { whyText } from '../../blocks/messages/why.ts';
import { messageAsText } from '../../simulator/slack/text.ts';
import { verdictOf } from '../../src/domain/signatures.ts';
import { NOW } from './fixtures.ts';
import { severalInputs } from './several-inputs.ts';

const HOSTILE = `<!channel> *bold* <https://evil.example|click> & \`code\` ${'x'.repeat(2900)}`;
const drawn = (name: string) => {
  const found = severalInputs().find(([one]) => one === name);
  if (!found) throw new Error(`no ${name}`);
  return messageAsText(JSON.parse(JSON.stringify(itemCard(found[1]))), {
    now: NOW,
    timezone: 'UTC',
  });
};

describe('cards and forms of several people', () => {
  it.each([
    ...severalInputs(),
    ...severalInputs(HOSTILE).map(([n, i]) => [`${n}, hostile`, i] as const),
  ])(
    '%s: within Slack’s limits, at most 14 blocks, and nobody’s words are parsed',
    (_name, input) => {
      const card = withinLimits('message', itemCard(input));
      expect(card.blocks.length).toBeLessThanOrEqual(14);
      expect(card.text).not.toContain('<!channel>');
      for (const block of card.blocks)
        if (block.type !== 'rich_text' && block.type !== 'actions')
          expect(JSON.stringify(block)).not.toContain('<!channel>');
      for (const modal of [
        detailsModal(input),
        sendBackModal(input),
        editModal(standingInput(input)),
        ownWordsModal(input),
        compareModal(input, 'My own words'),
      ])
        expect(() => withinLimits('modal', modal)).not.toThrow();
      expect(() => withinLimits('message', whyText({ ...input, history: [] }))).not.toThrow();
      for (const opinion of input.opinions ?? []) {
        const verdict = verdictOf(opinion);
        if (verdict?.word !== 'answer') continue;
        const other = { opinion, verdict, person: opinion.slack_user };
        expect(() => withinLimits('modal', endorseModal(input, opinion, [other]))).not.toThrow();
      }
    },
  );

  it('read as people say it', () => {
    expect(drawn('a quorum, one of three')).toContain('3 people have to agree');
    expect(drawn('a quorum, one of three')).toContain('2 more people must agree');
    expect(drawn('the second, an edit before it')).toMatch(/Stage 2 of 2: \*?compliance/);
    expect(drawn('the first again, sent back')).toContain('Which invoice?');
    expect(drawn('a quorum, blind')).not.toContain('Only if unused');
    expect(drawn('a quorum that could not agree')).toContain('They could not agree');
  });
});
