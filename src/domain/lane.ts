/**
 * A lane of the outbox: rows for one receiver, which leave in order and at its pace. The only place that writes a lane's
 * name, as rows and log lines have it, and that reads one.
 */

/** There is one lane of each of these kinds: private notes, questions about people, exports as files, results to the queue. */
const SINGLE = ['notes', 'people', 'files', 'results'] as const;

/**
 * Of these there is a lane for each thing that they serve: a channel's posts, a channel's edits, a person's Home, a user
 * group, a PagerDuty service (by its key's name), a webhook receiver (by its origin).
 */
const SERVING = ['post', 'edit', 'home', 'usergroup', 'pagerduty', 'webhook'] as const;

export type Lane =
  | { kind: (typeof SINGLE)[number] }
  /** `of`: the id, name or origin of what it serves. */
  | { kind: (typeof SERVING)[number]; of: string };
export type LaneKind = Lane['kind'];

declare const named: unique symbol;
/**
 * A lane's name in a row: `results`, `post:C0BILLING`. A text, but nobody is told so: what doesn't know it as one can
 * neither take it apart nor match it against a pattern.
 */
export interface LaneName {
  readonly [named]: true;
}

export const laneName = (lane: Lane): LaneName =>
  ('of' in lane ? `${lane.kind}:${lane.of}` : lane.kind) as unknown as LaneName;

/** The lane that has that name; null: no lane that this release has. */
export function readLane(name: LaneName): Lane | null {
  const text = name as unknown as string;
  const single = SINGLE.find((kind) => text === kind);
  if (single !== undefined) return { kind: single };
  const serving = SERVING.find((kind) => text.startsWith(`${kind}:`));
  return serving === undefined ? null : { kind: serving, of: text.slice(serving.length + 1) };
}
