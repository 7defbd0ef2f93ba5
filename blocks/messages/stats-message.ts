/** `/hitl stats`: figures of a period as lines, a table and a picture, for one person or shared. Pure. */
import type { KnownBlock, RichTextElement } from '@slack/types';
import type { EpochMs } from '../../src/domain/clock.ts';
import type { Agreement } from '../../src/stats/formulas/krippendorff.ts';
import type { Fairness } from '../../src/stats/formulas/fairness.ts';
import type { Grouping, PeriodFigures } from '../../src/stats/formulas/period-figures.ts';
import type { Symptom } from '../../src/stats/formulas/symptoms.ts';
import type { Figures, Rate } from '../../src/stats/formulas/tally.ts';
import { economicsBlocks, type EconomicsShown } from './economics-lines.ts';
import { cut } from '../text/escape.ts';
import { countWords } from '../text/figure-words.ts';
import type { Message } from '../text/message.ts';
import {
  bold,
  bullets,
  date,
  label,
  mrkdwn,
  ours,
  richText,
  said,
  section,
  userMrkdwn,
} from '../text/rich-text.ts';
import { ownSentences } from '../text/own-sentences.ts';
import { symptomWords } from './symptom-words.ts';
import { allLines, figureLines, ownLines } from './stats-lines.ts';
import { listOfGroups, tableOfGroups } from './stats-table.ts';

export interface StatsShown extends PeriodFigures {
  from: EpochMs;
  to: EpochMs;
  /** The domain's title; null: all. */
  domain: string | null;
  by: Grouping;
  agreement: { domain: string; agreement: Agreement }[];
  blind_same: Rate | null;
  pages: Fairness | null;
  /** null: not for this reader, or the policy says nothing about money. */
  economics: EconomicsShown | null;
  /** Of domains, by their names. */
  titles: ReadonlyMap<string, string>;
  /** What stands out; null: not for this reader, or it was not looked for. */
  stands_out: readonly Symptom[] | null;
  /** Whose: everybody's, or only what the reader decided. */
  whose: 'all' | 'own';
  /** Everybody's, beside one's own; null: not for this reader, for too few people decided. */
  team: { now: Figures; before: Figures } | null;
  /** What the Share button carries; null: no button. */
  share: string | null;
  shared_by: string | null;
  picture: { file_id: string; alt: string } | null;
}

/** @param classic without a table block, where Slack does not know it yet */
export function statsMessage(shown: StatsShown, classic = false): Message {
  const { domain, from, to, whose, team, now } = shown;
  const heading = whose === 'own' ? 'What you decided' : 'Review in numbers';
  const when: RichTextElement[] = [ours(' · '), date(from), ours(' to '), date(to)];
  const where: RichTextElement[] = domain === null ? [] : [ours(' · '), said(domain, 80)];
  const blocks: KnownBlock[] = [
    richText(
      section(bold(heading), ...where, ...when),
      bullets(whose === 'own' ? ownLines(shown) : allLines(shown)),
    ),
  ];
  if (whose === 'own') {
    blocks.push(
      richText(
        section(bold('Everybody together')),
        bullets(
          team === null
            ? [
                [
                  ours(
                    'Shown where at least five people decided: fewer would give a colleague away.',
                  ),
                ],
              ]
            : figureLines(team.now, team.before),
        ),
      ),
    );
  }
  blocks.push(...standingOut(shown));
  blocks.push(...(classic ? listOfGroups(shown) : tableOfGroups(shown)));
  if (shown.economics !== null) blocks.push(...economicsBlocks(shown.economics));
  if (shown.picture !== null) blocks.push(pictureOf(shown.picture));
  if (shown.share !== null)
    blocks.push({
      type: 'actions',
      elements: [
        {
          type: 'button',
          action_id: 'stats_share',
          text: label('Share here'),
          value: shown.share,
        },
      ],
    });
  if (shown.shared_by !== null)
    blocks.push({
      type: 'context',
      elements: [mrkdwn(`Shared by ${userMrkdwn(shown.shared_by)}`)],
    });
  const text =
    whose === 'own'
      ? `You decided ${countWords(now.decided)} items`
      : `${countWords(now.arrived)} items came in, people decided ${countWords(now.decided)}`;
  return { text, blocks };
}

/** What to look at first. What others read in a channel names nobody. */
function standingOut({ stands_out, titles, shared_by, now }: StatsShown): KnownBlock[] {
  if (stands_out === null || now.arrived + now.ended === 0) return [];
  const words = symptomWords(stands_out, titles, shared_by === null);
  const nothing = 'Nothing that calls for a change, as far as these numbers say.';
  return [
    richText(
      section(bold('What stands out')),
      bullets((words.length === 0 ? [nothing] : words).map((one) => ownSentences(one, 500))),
    ),
  ];
}

/** The picture by itself, where the numbers stand above it already. */
export const statsPicture = (picture: { file_id: string; alt: string }): Message => ({
  text: 'The same as a picture',
  blocks: [pictureOf(picture)],
});

const pictureOf = ({ file_id, alt }: { file_id: string; alt: string }): KnownBlock => ({
  type: 'image',
  slack_file: { id: file_id },
  alt_text: cut(alt, 1900),
});
