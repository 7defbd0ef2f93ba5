/** The button that drafts a threshold: the policy file's change as a diff in a window. Nothing changes by itself. */
import { quoted } from '../../src/domain/in-sentence.ts';
import type { App } from '@slack/bolt';
import { createTwoFilesPatch } from 'diff';
import { z } from 'zod';
import { draftModal } from '../../blocks/messages/thresholds-message.ts';
import { draftThreshold } from '../../policies/file/draft-threshold.ts';
import { maySeeNow, wordsFor } from '../context/ask-whether.ts';
import { buttonValue } from '../context/button-value.ts';
import type { HandlerContext } from '../context/handler-context.ts';
import { openModal } from '../context/open-modal.ts';
import { readClick } from '../context/payload.ts';
import { refuseGone } from '../context/refuse-gone.ts';
import { sendNote } from '../context/send-note.ts';

const wanted = z.strictObject({
  domain: z.string().max(200),
  above: z.number().min(0).max(1),
});

export function onThresholdsDraft(app: App, desk: HandlerContext): void {
  app.action('thresholds_draft', async ({ ack, body }) => {
    await ack();
    const click = readClick(body);
    if (!click) return;
    const read = buttonValue(click.value, wanted);
    const may = await maySeeNow(desk, { view: 'draft' }, click.person);
    if (may.may === 'no') return sendNote(desk, click, wordsFor(desk, may.refusal, click.person));
    if (read === null) return refuseGone(desk, click, async () => {});
    const { domain, above } = read;
    const text = await desk.policyText();
    const drafted = draftThreshold(text, domain, above);
    if (drafted === null)
      return sendNote(
        desk,
        click,
        `I found no rule that lets through above a confidence which I could change for ${quoted(domain)}. The condition would be: \`item.confidence >= ${above.toFixed(2)}\`.`,
      );
    const diff = createTwoFilesPatch('policy.yaml', 'policy.yaml', text, drafted, '', '', {
      context: 2,
    });
    await openModal(desk, click, draftModal(diff));
  });
}
