/** Opens a modal for a click. The trigger lives three seconds and works once: nothing slow may come before this. */
import type { ModalView } from '@slack/types';
import { withinLimits } from '../blocks/limits.ts';
import { settleAct, type Act } from '../src/act.ts';
import type { Desk } from './desk.ts';

/** Opens it, or tells the person privately that it could not be opened. */
export async function openModal(
  desk: Desk,
  trigger_id: string,
  view: ModalView,
  asked: Pick<Act, 'person' | 'where'>,
): Promise<void> {
  try {
    await desk.web.views.open({ trigger_id, view: withinLimits('modal', view) });
  } catch (error) {
    desk.world.log.warn(
      { err: error, callback_id: view.callback_id, user: asked.person.user },
      'a modal could not be opened',
    );
    await tell(desk, asked, 'Slack was too slow to open that. Please press the button once more.');
  }
}

/** A private note to the person, where they clicked. */
export const tell = (
  desk: Desk,
  asked: Pick<Act, 'person' | 'where'>,
  words: string,
): Promise<void> => settleAct(desk.world, null, asked, words);
