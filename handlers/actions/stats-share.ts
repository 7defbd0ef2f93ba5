/** The Share button under figures: the same figures again, for whoever may see them, into the conversation. */
import type { App } from '@slack/bolt';
import { z } from 'zod';
import { withinLimits } from '../../blocks/text/limits.ts';
import { statsMessage } from '../../blocks/messages/stats-message.ts';
import { GROUPINGS } from '../../src/stats/formulas/period-figures.ts';
import { wordsFor } from '../context/ask-whether.ts';
import { buttonValue } from '../context/button-value.ts';
import type { HandlerContext } from '../context/handler-context.ts';
import { pictureOf, statsFor, type StatsAsked } from '../commands/hitl-stats.ts';
import { readClick } from '../context/payload.ts';
import { sendNote } from '../context/send-note.ts';

const asked = z.strictObject({
  from: z.number().int(),
  to: z.number().int(),
  domain: z.string().max(200).nullable(),
  by: z.enum(GROUPINGS),
}) satisfies z.ZodType<StatsAsked>;

export function onStatsShare(app: App, desk: HandlerContext): void {
  app.action('stats_share', async ({ ack, body }) => {
    await ack();
    const click = readClick(body);
    if (!click) return;
    const read = buttonValue(click.value, asked);
    const found = read && (await statsFor(desk, click.person, read));
    if (found === null) return sendNote(desk, click, 'These figures are not yours to share.');
    if ('refusal' in found)
      return sendNote(desk, click, wordsFor(desk, found.refusal, click.person));
    const { shown } = found;
    const drawn = await pictureOf(desk, shown);
    const picture = drawn !== null && 'file_id' in drawn ? drawn : null;
    const whole = { ...shown, picture, share: null, shared_by: click.person.user };
    const post = (classic: boolean) =>
      desk.web.chat.postMessage({
        channel: click.where.channel,
        unfurl_links: false,
        unfurl_media: false,
        ...withinLimits('message', statsMessage(whole, classic)),
      });
    try {
      await post(false).catch((error: unknown) => {
        if (!/\binvalid_blocks\b/.test(String(error))) throw error;
        return post(true);
      });
    } catch (error) {
      desk.world.log.warn({ err: error }, 'figures could not be shared');
      await sendNote(
        desk,
        click,
        'I could not post here. Invite me into this conversation, or share from another one.',
      );
    }
  });
}
