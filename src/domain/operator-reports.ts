/**
 * What the pager itself tells the operators, and a domain's channel: one function a message. Whatever is not the pager's
 * own goes through `named` or `quoted`; a test calls every one of them with hostile texts.
 */
import { mentioned, named, quoted } from './in-sentence.ts';

/** A webhook that nobody took for a day, or whose receiver is gone (410). `since`: RFC 3339. */
export const webhookGivenUp = (lost: {
  what: 'result' | 'question';
  item_id: string;
  where: string;
  tries: number;
  since: string;
  /** The receiver said that it wants no more. */
  gone?: boolean;
}): string =>
  `${lost.what === 'result' ? 'The result' : 'What an expert asked back'} of item ${quoted(lost.item_id)} could not be delivered to ${named(lost.where)}: ${lost.gone ? 'the receiver answered 410 Gone, so it is not tried again.' : `${lost.tries} tries since ${lost.since}.`} ${lost.what === 'result' ? 'Ask for it with `GET /v1/items/:id`.' : 'It stands in the thread of the card.'}`;

const PAGERDUTY_LOST = {
  trigger: (key: string) => `PagerDuty could not be paged by the key ${key}`,
  acknowledge: (key: string) => `PagerDuty’s alert by the key ${key} could not be acknowledged`,
  resolve: (key: string) => `PagerDuty’s alert by the key ${key} could not be resolved`,
};

export const pagerdutyLost = (lost: {
  action: keyof typeof PAGERDUTY_LOST;
  key: string;
  item_id: string;
  why: string;
}): string =>
  `${PAGERDUTY_LOST[lost.action](quoted(lost.key))} for item ${quoted(lost.item_id)}: ${named(lost.why)}. Check that key in HITL_PAGERDUTY_KEYS and HITL_PAGERDUTY_URL, then start me again; I say this once until it works.`;

/** `usergroup` and channels stand in the policy, which checks them. */
export const usergroupNotKept = (lost: {
  usergroup: string;
  error: string;
  remedy: string;
}): string =>
  `The user group <!subteam^${lost.usergroup}> cannot be kept equal to who is on call: Slack says ${quoted(lost.error)}. ${lost.remedy} Pages are not concerned; I try again every hour.`;

export const channelClosed = (lost: { channel: string; error: string; instead: string }): string =>
  `Cards for <#${lost.channel}> cannot be posted there (${named(lost.error)}): they go to <#${lost.instead}>. Invite the app to the channel, or name another in the policy; \`hitl doctor\` checks them all.`;

/** @param problems of the file, at least one */
export const policyNotReloaded = (problems: readonly string[]): string => {
  const more = problems.length - 1;
  return `The policy file was not reloaded: ${named(problems[0] ?? '', 500)}${more > 0 ? ` (and ${more} more; \`hitl policy check\` lists them)` : ''}. The one in force stays.`;
};

export const queueRisk = (risk: string): string => `⚠️ ${named(risk, 500)}.`;

/** @param what the trouble, and what to do: `diskSentence` */
export const diskReport = (what: string): string =>
  `🛑 I can’t save anything: ${named(what, 500)}. Items are refused (503) or wait on the queue, and clicks are answered but not counted. Nothing that was acknowledged is lost. I go on by myself once it is mended, and say so here.`;

export const diskBackReport = (): string =>
  '✅ All can be saved again. What waited goes on by itself; whoever clicked meanwhile was asked to click again.';

/** @param what how much is left where: `spaceWarning` */
export const spaceReport = (what: string): string => `⚠️ Only ${named(what, 500)}.`;

/** `by`: a Slack user, null for the circuit breaker; `resume`: what `/hitl resume` takes. */
export const pausedReport = (pause: {
  domain_title: string | null;
  by: string | null;
  reason: string;
  resume: string;
}): string =>
  `⏸️ ${placeWords(pause.domain_title)} is paused by ${pause.by === null ? 'the circuit breaker' : mentioned(pause.by)}: ${named(pause.reason, 500)}\nNothing is let through there; everything is asked. A manager starts it again: ${quoted(`/hitl resume ${pause.resume}`)}`;

export const resumedReport = (resumed: { domain_title: string | null; by: string }): string =>
  `▶️ ${placeWords(resumed.domain_title)} is resumed by ${mentioned(resumed.by)}: items are let through again.`;

const placeWords = (title: string | null): string =>
  title === null ? 'Letting through, everywhere,' : `Letting through in ${named(title)}`;
