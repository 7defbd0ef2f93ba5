// What running text is made of once it has been read: mrkdwn, markdown and rich_text all end as this. Types only.

export type InlineStyle =
  | 'bold'
  | 'italic'
  | 'strike'
  | 'code'
  | 'underline'
  | 'highlight'
  | 'client_highlight';

export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'styled'; style: InlineStyle; children: Inline[] }
  /** `href` has been through `safeHref`. */
  | { kind: 'link'; href: string; text: string }
  /** `label` is what the text itself called it; a name that is known goes before it. */
  | { kind: 'user' | 'channel' | 'usergroup'; id: string; label?: string }
  | { kind: 'broadcast'; range: string }
  | { kind: 'date'; seconds: number; format: string; fallback: string; href?: string }
  | { kind: 'color'; value: string };

/** A stretch of a text: lines as they run, a quotation, or code with its line breaks. */
export type TextPart =
  | { kind: 'lines'; inlines: Inline[] }
  | { kind: 'quote'; inlines: Inline[] }
  | { kind: 'pre'; text: string };
