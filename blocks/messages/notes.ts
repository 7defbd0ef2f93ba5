/** Why a click did nothing: one private sentence for each reason, kind and useful. Pure. */
import type { EpochMs } from '../../src/domain/clock.ts';
import type { Decision, ItemRecord } from '../../src/domain/decision.ts';
import { diskReason, type DiskTrouble } from '../../src/domain/disk-trouble.ts';
import type { Refusal, Verdict } from '../../src/domain/lifecycle.ts';
import { quoted } from '../../src/domain/in-sentence.ts';
import { escapeMrkdwn } from '../text/escape.ts';
import { dateMrkdwn, userMrkdwn } from '../text/rich-text.ts';
import { DID_WORDS, spanWords } from '../text/words.ts';

/** Nothing can be saved: what becomes of a click, which is lost, and of a message, which is read again. No mrkdwn. */
export const notSavedNote = (trouble: DiskTrouble, what: 'click' | 'message'): string =>
  what === 'click'
    ? `I couldn’t save that: ${diskReason(trouble)}. My operators have been told. Please try again in a few minutes.`
    : `I can’t save this yet: ${diskReason(trouble)}. My operators have been told. I’ll read this thread again once it is mended; you needn’t repeat it.`;

/** Refusals of the life cycle, and those that come before it. `ask`: mentions as Slack writes them. */
export type NoteRefusal =
  | Refusal
  | { refused: 'not_a_decider'; ask: string[] }
  | { refused: 'other_team'; to?: 'see' | 'answer' | 'ask' }
  | { refused: 'bot' | 'deactivated' | 'guest' | 'unsure' }
  | { refused: 'not_a_manager'; of: keyof typeof FOR_MANAGERS }
  | { refused: 'not_concerned' }
  | { refused: 'decides_nothing'; of: keyof typeof FOR_DECIDERS }
  | { refused: 'not_in_rotation'; rotation: string }
  | { refused: 'not_your_shift' }
  | { refused: 'stranger'; who: string; rotation: string }
  | { refused: 'not_your_override' }
  | { refused: 'gone' }
  | { refused: 'own_words_first' }
  | { refused: 'others_decision'; by: string }
  | { refused: 'compared' }
  | { refused: 'not_paged' }
  | { refused: 'nobody_above' }
  | { refused: 'not_theirs'; who: string; ask: string[] }
  | { refused: 'cannot_escalate' }
  | { refused: 'past_its_end'; expires_at: EpochMs }
  | { refused: 'asked_already'; by: string }
  | { refused: 'nobody_to_ask' }
  | { refused: 'not_asked' }
  | { refused: 'reopened'; by: string }
  | { refused: 'not_requester' }
  | { refused: 'none_behind' };

export interface NoteContext {
  now?: EpochMs;
  /** What ended the item, where it has ended. */
  decision?: Decision | null;
  /** Says when it ended, where there is no decision to say it. */
  record?: Pick<ItemRecord, 'decided_at'> | null;
  domain?: { title: string };
  /** Who clicked: one's own decision is said as such. */
  user?: string;
}

/** One sentence or two, mrkdwn, for the person alone. */
export function refusalNote(refusal: NoteRefusal, context: NoteContext = {}): string {
  switch (refusal.refused) {
    case 'decided':
      return decidedNote(refusal.outcome, context);
    case 'claimed':
      return refusal.by === context.user
        ? 'You have this one already.'
        : `${userMrkdwn(refusal.by)} has this one already. You can still decide it.`;
    case 'not_claimed':
      return 'Nobody has claimed this, so there is nothing to release.';
    case 'not_yours':
      return `${userMrkdwn(refusal.by)} has claimed this: only they can release it. You can still decide it.`;
    case 'own_request':
      return 'You asked for this yourself, so somebody else has to decide it.';
    case 'changed':
      return 'This card has changed since you looked. It is being drawn again: please look once more.';
    case 'does_not_fit':
      return `This item cannot be ${DONE_WORDS[refusal.word]}: the submitter doesn’t accept that action.`;
    case 'signed_before':
      return `You already signed off at stage “${escapeMrkdwn(refusal.stage)}”; this one needs someone else.`;
    case 'said_before':
      return 'You have said that already; it counts. You can change your mind until enough people agree.';
    case 'nothing_before':
      return 'There is no stage before this one to send it back to.';
    case 'sent_back_before':
      return 'This stage has sent it back once already: approve it, or reject it.';
    case 'needs_reason':
      return 'This needs a reason: say in a few words why, and what was wrong.';
    case 'not_a_decider':
      return notADecider(refusal.ask, context);
    case 'other_team':
      return `Only people of this workspace can ${OUTSIDERS_TRIED[refusal.to ?? 'decide']}.`;
    case 'bot':
      return 'Apps can’t do this: it takes a person.';
    case 'deactivated':
      return 'Slack says that this account is deactivated, so it can’t do anything here.';
    case 'guest':
      return 'Guests can do this only where the policy names them by their id. Its operators can add you.';
    case 'unsure':
      return 'Slack does not say now who may do this. Please try once more.';
    case 'not_a_manager':
      return FOR_MANAGERS[refusal.of];
    case 'not_concerned':
      return 'There is no such item, or it is not yours to see.';
    case 'decides_nothing':
      return FOR_DECIDERS[refusal.of];
    case 'not_in_rotation':
      return `Only managers, and the people of ${quoted(refusal.rotation)} for their own shifts, can change who is on call there.`;
    case 'not_your_shift':
      return 'Not all of that time is your own shift, so it is not yours to give away.';
    case 'stranger':
      return `${userMrkdwn(refusal.who)} takes no turns in ${quoted(refusal.rotation)}: only a manager can put somebody else on call there.`;
    case 'not_your_override':
      return 'Only a manager, whoever made this change, and whoever it puts on call can cancel it.';
    case 'own_words_first':
      return 'This one is answered blind: write your own answer first, then you see the AI’s.';
    case 'others_decision':
      return `${userMrkdwn(refusal.by)} decided this, so it is theirs to say.`;
    case 'compared':
      return 'You have said that already. Nothing more to do.';
    case 'not_paged':
      return 'This one is not with you any more: there is nothing to pass on.';
    case 'not_theirs':
      return `${userMrkdwn(refusal.who)} may not decide this either. ${notADecider(refusal.ask, context)}`;
    case 'cannot_escalate':
      return 'This item cannot be escalated: the submitter doesn’t accept that action.';
    case 'past_its_end':
      return `This item ends ${dateMrkdwn(refusal.expires_at)}, before that: please choose a shorter snooze.`;
    case 'asked_already':
      return `${userMrkdwn(refusal.by)} has asked already, and the answer is still to come.`;
    case 'nobody_to_ask':
      return 'Nobody can be asked: this item names neither a person, nor a conversation, nor a callback.';
    case 'reopened':
      return `${refusal.by === context.user ? 'You have' : `${userMrkdwn(refusal.by)} has`} re-opened this already: it has a card of its own.`;
    case 'not_asked':
      return 'That was answered already, or nothing is asked any more. Nothing more to do.';
    case 'not_requester':
      return 'Only whoever asked for this can answer that.';
    case 'none_behind':
      return 'Nothing more is waiting here: all that waited has a card of its own by now, or has ended.';
    case 'nobody_above':
      return 'There is nobody above you to ask: yours is the last level. Please find somebody who can decide it.';
    case 'gone':
      return 'This item is not here any more.';
    default:
      return refusal satisfies never;
  }
}

const OUTSIDERS_TRIED = {
  decide: 'decide here',
  see: 'see this',
  answer: 'answer this',
  ask: 'do this',
};

const FOR_MANAGERS = {
  pause: 'Only managers can pause and resume. The policy names them.',
  export:
    'Exports hold what everybody asked and decided: only managers may have one. The policy names them under `managers`.',
  digest: 'The digest is for managers. The policy names them under `managers`.',
  thresholds: 'Thresholds are for managers. The policy names them under `managers`.',
  draft: 'Only managers may draft a change of the policy.',
};

const FOR_DECIDERS = {
  queue:
    'You do not decide anything here, so there is no queue to show. `/hitl ask` puts a question to those who do.',
  figures:
    'These figures are for managers, and for the people who decide. `/hitl ask` puts a question to those who do.',
};

const DONE_WORDS: Record<Verdict['word'], string> = {
  approve: 'approved',
  edit: 'edited',
  reject: 'rejected',
  answer: 'answered',
  prefer: 'decided by a preference',
};

function decidedNote(
  outcome: Extract<Refusal, { refused: 'decided' }>['outcome'],
  { decision, record, now, user }: NoteContext,
): string {
  const at = decision?.decided_at ?? record?.decided_at ?? null;
  const ago = at === null || now === undefined ? '' : ` ${spanWords(Math.max(0, now - at))} ago`;
  const by = decision?.decided_by;
  if (by?.type === 'human' && outcome !== 'expired') {
    const who = by.slack_user === user ? 'You' : userMrkdwn(by.slack_user);
    return `${who} ${DID_WORDS[outcome]}${ago}. Nothing more to do.`;
  }
  switch (outcome) {
    case 'expired':
      return `This expired${ago}: nobody decided in time. Your click came too late to count. *Re-open* on its card asks again.`;
    case 'cancelled':
      return `This was cancelled${ago}: no decision is needed any more.`;
    case 'auto_approved':
      return `The policy let this through${ago}. Nothing more to do.`;
    case 'auto_rejected':
      return `The policy refused this${ago}. Nothing more to do.`;
    case 'auto_answered':
      return `This was answered${ago} from an earlier decision. Nothing more to do.`;
    case 'approved':
    case 'edited':
    case 'answered':
    case 'rejected':
    case 'preferred':
      return `Somebody ${DID_WORDS[outcome]}${ago}. Nothing more to do.`;
    default:
      return outcome satisfies never;
  }
}

const MENTION = /^<(@[UW][A-Z0-9]{2,30}|!subteam\^S[A-Z0-9]{2,30}(\|[^<>|]*)?|#C[A-Z0-9]{2,30})>$/;
const MOST_ASKED = 3;
const isPerson = (one: string): boolean => one.startsWith('<@');

function notADecider(ask: string[], { domain }: NoteContext): string {
  const who = domain ? `the ${escapeMrkdwn(domain.title)} experts` : 'the experts of its domain';
  const only = `Only ${who} can decide this`;
  // A group reaches whoever is there; people come after it.
  const names = [...ask.filter((one) => !isPerson(one)), ...ask.filter(isPerson)]
    .slice(0, MOST_ASKED)
    .map((one) => (MENTION.test(one) ? one : escapeMrkdwn(one)));
  if (names.length === 0) return `${only}.`;
  const last = names.at(-1) ?? '';
  const list = names.length === 1 ? last : `${names.slice(0, -1).join(', ')} or ${last}`;
  return `${only}: ask ${list}.`;
}
