// Who a person is to the product, in a few words for whoever chooses whom to be. Pure.
import type { Policy } from '../../../policies/policy.ts';
import { isManager, whoMay, type Known, type Person } from '../../../policies/access/who-may.ts';

/** "on call; decides Billing and Support", "manager; decides nothing". */
export function personHint(policy: Policy, user: string, known: Known): string {
  const person: Person = { user, team: known.ownTeam() };
  const decides = Object.values(policy.domains)
    .filter((domain) => {
      const asked = { domain: domain.id, by: null, requester_slack_user: null };
      return whoMay(policy, asked, person, known).may === 'yes';
    })
    .map((domain) => domain.title);
  const manages = isManager(policy, person, known).may === 'yes';
  const words = decides.length === 0 ? 'decides nothing' : `decides ${listed(decides)}`;
  const isOnCall = Object.keys(policy.rotations).some((name) => known.onCall(name).includes(user));
  return [manages ? 'manager' : '', isOnCall ? 'on call' : '', words]
    .filter((part) => part !== '')
    .join('; ');
}

function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}
