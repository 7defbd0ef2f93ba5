/**
 * The token in a calendar's subscription link: of one rotation, for reading only. It is derived from the bot's token, so
 * that nothing is stored; with a new bot token all links change.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

/** HMAC-SHA256, base64url. */
export const calendarToken = (bot_token: string, rotation: string): string =>
  createHmac('sha256', bot_token).update(`hitl on-call calendar\n${rotation}`).digest('base64url');

/** Takes as long for any token. */
export function isCalendarToken(bot_token: string, rotation: string, given: string): boolean {
  const wanted = Buffer.from(calendarToken(bot_token, rotation));
  const held = Buffer.from(given);
  return held.length === wanted.length && timingSafeEqual(held, wanted);
}

/** The link that a calendar subscribes to. @param base where the pager is reached, like `https://pager.example.com` */
export function calendarLink(base: string, bot_token: string, rotation: string): string {
  const link = new URL(`/v1/oncall/${rotation}.ics`, base);
  link.searchParams.set('token', calendarToken(bot_token, rotation));
  return link.href;
}
