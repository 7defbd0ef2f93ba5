// What a place that draws blocks gives the renderer, and what it hears back. Types only.

/** Who and where the ids in a text are, and when and where the reader is. */
export interface People {
  /** A person's name by id; the id itself where nobody has it. */
  userName(id: string): string;
  channelName(id: string): string;
  usergroupHandle(id: string): string;
  /** IANA zone of the person who looks. */
  timezone: string;
  /** The workspace's time, epoch milliseconds: what "today" is. */
  now: number;
  /** Whom the people and channel menus offer; menus without choices where these are absent. */
  users?(): Choice[];
  channels?(): Choice[];
}

export interface Choice {
  id: string;
  name: string;
}

/** A text object of Block Kit. */
export interface TextObject {
  type: 'plain_text' | 'mrkdwn';
  text: string;
  emoji?: boolean;
  verbatim?: boolean;
}

/** An option as Slack sends it back: the object that the app sent, untouched. */
export interface Option {
  text: TextObject;
  value?: string;
  description?: TextObject;
  url?: string;
}

/** What a select, picker or input holds, in the fields that Slack uses for its type. */
interface Held {
  value?: string | null;
  selected_option?: Option | null;
  selected_options?: Option[];
  selected_user?: string | null;
  selected_users?: string[];
  selected_channel?: string | null;
  selected_channels?: string[];
  selected_conversation?: string | null;
  selected_conversations?: string[];
  /** `YYYY-MM-DD` */
  selected_date?: string | null;
  /** `HH:mm` */
  selected_time?: string | null;
  /** Unix seconds. */
  selected_date_time?: number | null;
  rich_text_value?: unknown;
  files?: unknown[];
}

/** One entry of `actions[]` as Slack's client sends it; the server adds time, text and the rest. */
export interface Act extends Held {
  block_id: string;
  action_id: string;
  type: string;
}

/** One element's entry in `view.state.values`. */
export interface FormValue extends Held {
  type: string;
}

/** `view.state.values`: block id → action id → what the element holds. */
export type FormValues = Record<string, Record<string, FormValue>>;

export interface Surface {
  kind: 'message' | 'modal' | 'home';
  people: People;
  onAct(act: Act): void;
  /** The action_id that is waiting for its answer: shown as loading, and deaf until then. */
  busy: string | null;
  /** What the person has entered so far; an element that is not in here shows its initial value. */
  values?: FormValues;
  onValue?(block_id: string, action_id: string, value: FormValue): void;
  /** By block id, shown at the field. */
  errors?: Record<string, string>;
}
