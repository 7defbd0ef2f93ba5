/** Opens a modal for a click. The trigger lives three seconds and works once: nothing slow may come before this. */
import type { ModalView } from '@slack/types';
import { withinLimits } from '../../blocks/text/limits.ts';
import type { HandlerContext } from './handler-context.ts';
import { sendNote, type Asked } from './send-note.ts';

/** Opens it (`above`: over the window that was clicked), or tells the person privately that it could not be opened. */
export async function openModal(
  desk: HandlerContext,
  asked: Asked & { trigger_id: string },
  view: ModalView,
  where: 'alone' | 'above' = 'alone',
): Promise<void> {
  const { trigger_id, person } = asked;
  try {
    const window = { trigger_id, view: withinLimits('modal', view) };
    await (where === 'above' ? desk.web.views.push(window) : desk.web.views.open(window));
  } catch (error) {
    // The same click came twice, or Slack's first answer was lost: the modal is open already.
    if (/\bexchanged_trigger_id\b/.test(String(error))) return;
    desk.world.log.warn(
      { err: error, callback_id: view.callback_id, user: person.user },
      'a modal could not be opened',
    );
    await sendNote(desk, asked, 'Slack was too slow to open that. Please try once more.');
  }
}
