// What nobody taught the renderer to draw: its JSON, loudly, so that it is noticed and taught.
import { isJson } from '../../slack/controls.ts';
import { stringOf } from './payload.ts';

/** @param what `block`, `element`, `rich text element` */
export function Unknown({
  what,
  payload,
  trouble,
}: {
  what: string;
  payload: unknown;
  /** Why it could not be drawn, where its type is known. */
  trouble?: string;
}) {
  const type = isJson(payload) ? stringOf(payload['type']) : '';
  return (
    <div class="bk-unknown" role="alert" data-unknown={type}>
      <strong>
        {trouble === undefined
          ? `Unknown ${what}${type === '' ? '' : `: ${type}`}`
          : `This ${type || what} cannot be drawn: ${trouble}`}
      </strong>
      <pre class="bk-pre">{JSON.stringify(payload, null, 2)}</pre>
    </div>
  );
}
