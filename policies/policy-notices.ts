/**
 * What a good policy says that this version does not do yet, so that nobody counts on it; one line each. Pure.
 */
import type { Ladder, NotifyRef, Policy } from './policy.ts';

/** The notices of a policy, in the order of the file. */
export function noticesOf(policy: Policy): string[] {
  const notices = Object.values(policy.ladders).flatMap(ladderNotices);
  if (policy.otherwise.type === 'let_through') {
    notices.push('otherwise lets through: an item that no rule speaks of is asked of nobody');
  }
  return notices;
}

function ladderNotices(ladder: Ladder): string[] {
  const [first, ...rest] = ladder.rungs;
  const name = `ladder ${ladder.id}`;
  const notices: string[] = [];
  if (rest.length > 0) {
    const count = rest.length === 1 ? 'rung 2 does' : `rungs 2 to ${rest.length + 1} do`;
    notices.push(
      `${name}: ${count} not run yet; when the first rung's time is up, the ladder ends`,
    );
  }
  if (first.claim_within !== null) {
    notices.push(`${name}: claim_within does not run yet; only decide_within does`);
  }
  const paged = first.notify.filter((ref) => ref.type !== 'channel').map(written);
  if (paged.length > 0) {
    const people = paged.join(', ');
    notices.push(`${name}: ${people} not notified yet; the card goes to the domain's channel`);
  }
  return notices;
}

const written = (ref: NotifyRef): string =>
  ref.type === 'channel'
    ? 'channel'
    : ref.type === 'user'
      ? ref.id
      : ref.type === 'usergroup'
        ? `usergroup:${ref.id}`
        : `group:${ref.name}`;
