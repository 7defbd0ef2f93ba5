/** The buttons under who is on call: “Take the shift now”, and taking an override back. */
import type { App } from '@slack/bolt';
import type { AskedChange } from '../../src/items/asked-change.ts';
import type { HandlerContext } from '../context/handler-context.ts';
import { makeChange } from '../commands/make-change.ts';
import { readClick } from '../context/payload.ts';
import { refuseGone } from '../context/refuse-gone.ts';

export function onOverride(app: App, desk: HandlerContext): void {
  const on = (action_id: string, change: AskedChange['change']) =>
    app.action(action_id, async ({ ack, body, respond }) => {
      const click = readClick(body);
      if (!click?.value) return refuseGone(desk, click, ack);
      const { person, where, value } = click;
      await makeChange(
        desk,
        { change, person, where, rest: value },
        { ack, respond, replace: false },
      );
    });
  on('shift_take', 'take_shift');
  on('override_cancel', 'cancel_override');
}
