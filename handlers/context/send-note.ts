/** Tells one person something where they acted: a private note, by the outbox, so that it is said for certain. */
import { settleAct, type Act } from '../../src/items/action.ts';
import type { HandlerContext } from './handler-context.ts';

/** Who acted, and where an answer to it goes. */
export type Asked = Pick<Act, 'person' | 'where'>;

export const sendNote = (desk: HandlerContext, asked: Asked, words: string): Promise<void> =>
  settleAct(desk.world, null, asked, words);
