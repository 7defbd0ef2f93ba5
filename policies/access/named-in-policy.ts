/** Every channel, user group and person that a policy names, each once, with the first place it is named in. Pure. */
import type { NotifyRef, Policy, Route } from '../policy.ts';
import { readPersonRef } from './person-ref.ts';

/** By id; the value is what it is for. */
export interface NamedInPolicy {
  channels: Map<string, string>;
  usergroups: Map<string, string>;
  users: Map<string, string>;
}

export function namedInPolicy(policy: Policy): NamedInPolicy {
  const found: NamedInPolicy = { channels: new Map(), usergroups: new Map(), users: new Map() };
  const put = (into: Map<string, string>, id: string, role: string) => {
    if (!into.has(id)) into.set(id, role);
  };
  const people = (refs: readonly NotifyRef[], role: string) => {
    for (const ref of refs) {
      switch (ref.type) {
        case 'user':
          put(found.users, ref.id, role);
          break;
        case 'usergroup':
          put(found.usergroups, ref.id, role);
          break;
        case 'group':
        case 'oncall':
        case 'channel':
        case 'pagerduty':
          // Groups and rotations are read by themselves; the channel is the domain's own; PagerDuty is no part of Slack.
          break;
        default:
          ref satisfies never;
      }
    }
  };
  const asked = (route: Route, role: string) => {
    if (route.type !== 'ask') return;
    for (const written of [route.by, ...route.stages.map((stage) => stage.by)]) {
      const by = written === null ? null : readPersonRef(written);
      if (by?.ok) people([by.value], role);
    }
  };
  put(found.channels, policy.operators_channel, 'operators_channel');
  people(policy.managers, 'managers');
  for (const [name, refs] of Object.entries(policy.groups)) people(refs, `group ${name}`);
  for (const rotation of Object.values(policy.rotations)) {
    for (const user of rotation.people) put(found.users, user, `rotation ${rotation.id}`);
    if (rotation.usergroup !== null)
      put(found.usergroups, rotation.usergroup, `rotation ${rotation.id}`);
  }
  for (const domain of Object.values(policy.domains)) {
    put(found.channels, domain.channel, `domain ${domain.id}`);
    if (domain.fallback_channel !== null)
      put(found.channels, domain.fallback_channel, `fallback of domain ${domain.id}`);
    people(domain.deciders, `deciders of ${domain.id}`);
  }
  for (const ladder of Object.values(policy.ladders))
    for (const rung of ladder.rungs) people(rung.notify, `ladder ${ladder.id}`);
  for (const rule of policy.rules) asked(rule.route, `rule ${rule.id}`);
  asked(policy.otherwise, 'otherwise');
  return found;
}
