// What Slack does with the app's answer to a submitted view: close, show errors, update, push, clear.
import { isJson } from './controls.ts';
import type { Ack } from './delivery.ts';
import { checkView } from './view-schema.ts';
import { closeViews, pushView, replaceView, STACK_MAX } from './web-api/views.ts';
import type { View, Workspace } from './records.ts';
import { addProblem, viewsOf } from './workspace.ts';

export interface Submitted {
  /** The submitted view is gone from the person's screen. */
  closed: boolean;
  /** By block id, as shown under the fields. */
  errors?: Record<string, string>;
  /** Null where no ack came in time. */
  acked_in_ms: number | null;
  /** What Slack's client says went wrong. */
  failed?: string;
}

const TROUBLE = 'We had some trouble connecting. Try again?';

/** Applies the answer to a `view_submission`; what does not fit is recorded as the app's problem. */
export function applySubmission(workspace: Workspace, submitted: View, ack: Ack): Submitted {
  if (!ack.ok) return { closed: false, acked_in_ms: null, failed: `${TROUBLE} (${ack.detail})` };
  const { acked_in_ms, response } = ack;
  const trouble = (why: string): Submitted => {
    addProblem(workspace, 'bad_view_response', `${submitted.callback_id || submitted.id}: ${why}`);
    return { closed: false, acked_in_ms, failed: `${TROUBLE} (${why})` };
  };
  const view = workspace.views.get(submitted.id);
  const answer = isJson(response) ? response : {};
  const action = answer['response_action'];
  if (action === undefined) {
    if (typeof response === 'string' ? response !== '' : Object.keys(answer).length > 0) {
      return trouble(`the answer has no response_action: ${JSON.stringify(response)}`);
    }
    if (view) closeViews(workspace, view.user, viewsOf(workspace, view.user).indexOf(view));
    return { closed: true, acked_in_ms };
  }
  switch (action) {
    case 'clear':
      closeViews(workspace, submitted.user, 0);
      return { closed: true, acked_in_ms };
    case 'errors': {
      const { errors } = answer;
      if (!isJson(errors) || Object.keys(errors).length === 0) return trouble('errors is empty');
      const inputs = new Set(
        (view ?? submitted).blocks
          .filter((block) => block.type === 'input')
          .map((block) => block.block_id),
      );
      const unknown = Object.keys(errors).filter((id) => !inputs.has(id));
      if (unknown.length > 0) {
        return trouble(`errors for ${unknown.join(', ')}, which are no input blocks of the view`);
      }
      const shown = Object.fromEntries(
        Object.entries(errors).map(([id, text]) => [id, String(text)]),
      );
      return { closed: false, errors: shown, acked_in_ms };
    }
    case 'update':
    case 'push': {
      const checked = checkView(answer['view'], 'modal');
      if (!checked.ok) return trouble(`${checked.error}: ${checked.messages.join('; ')}`);
      if (!view) return trouble('the view is closed already');
      if (action === 'update') {
        replaceView(workspace, view, checked.view);
      } else if (viewsOf(workspace, view.user).length >= STACK_MAX) {
        return trouble('push_limit_reached');
      } else {
        pushView(workspace, view.user, checked.view);
      }
      return { closed: false, acked_in_ms };
    }
    default:
      return trouble(`unknown response_action ${String(action)}`);
  }
}
