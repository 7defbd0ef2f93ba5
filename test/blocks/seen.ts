/** Reads cards and modals as tests want to see them. */
type Seen = Record<string, unknown>;
const isSeen = (value: unknown): value is Seen =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every object inside a payload, itself too. */
export function objectsIn(value: unknown): Seen[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  if (!isSeen(value)) return [];
  return [value, ...Object.values(value).flatMap(objectsIn)];
}

const stringAt = (value: Seen, key: string): string => {
  const found = value[key];
  return typeof found === 'string' ? found : '';
};

/** All that a person reads, in order; people as `@U…`, dates as their fallback. */
export function words(payload: object): string {
  const { text: _fallback, private_metadata: _metadata, ...shown } = payload as Seen;
  return objectsIn('blocks' in payload ? shown : payload)
    .flatMap((one) => {
      switch (one.type) {
        case 'text':
        case 'link':
        case 'mrkdwn':
        case 'plain_text':
          return [stringAt(one, 'text')];
        case 'user':
          return [`@${stringAt(one, 'user_id')}`];
        case 'date':
          return [stringAt(one, 'fallback')];
        default:
          return [];
      }
    })
    .join('');
}

/** The action ids of a card's live elements, in order. */
export const actionIds = (payload: object): string[] =>
  objectsIn(payload)
    .map((one) => stringAt(one, 'action_id'))
    .filter((id) => id !== '');

export const mrkdwnTexts = (payload: object): string[] =>
  objectsIn(payload)
    .filter((one) => one.type === 'mrkdwn')
    .map((one) => stringAt(one, 'text'));

export const ofType = (payload: object, type: string): Seen[] =>
  objectsIn(payload).filter((one) => one.type === type);

export const blockIds = (message: { blocks: object[] }): string[] =>
  message.blocks.flatMap((block) => {
    const id = 'block_id' in block ? block.block_id : undefined;
    return typeof id === 'string' ? [id] : [];
  });

/** What no shown text may hold: controls, what turns a line around, what has no width, half a character. */
export const UNSEEN = new RegExp(
  '[\\u0000-\\u0008\\u202a-\\u202e\\u2066-\\u2069\\u200b\\ufeff]|\\p{Cs}',
  'u',
);
