/** `/hitl queue [domain]`: what waits, for those who may decide it. */
import { maskSensitive } from '../blocks/mask.ts';
import { plainMessage } from '../blocks/plain-message.ts';
import type { Message } from '../blocks/message.ts';
import { queueList } from '../blocks/queue-list.ts';
import type { Domain } from '../policies/policy.ts';
import { isManager, whoMay, type Permission } from '../policies/who-may.ts';
import type { Person } from '../src/authorise.ts';
import { waitingItems } from '../src/store/items.ts';
import type { Desk } from './desk.ts';
import { messageLink } from '../src/message-link.ts';
import { isNamed } from './domain-name.ts';
import { permitted } from './permitted.ts';

/** As many as one can take in. */
const SHOWN = 15;

export async function showQueue(desk: Desk, person: Person, named: string): Promise<Message> {
  const { world } = desk;
  const domains = Object.values(world.policy().domains);
  const wanted = named === '' ? domains : domains.filter((one) => isNamed(one, named));
  if (wanted.length === 0) {
    return plainMessage(
      `There is no domain called that. There are: ${domains.map((one) => one.id).join(', ')}.`,
    );
  }
  const mine: Domain[] = [];
  for (const domain of wanted) {
    if (await permitted(desk, () => mayLook(desk, person, domain))) mine.push(domain);
  }
  if (mine.length === 0)
    return plainMessage(
      'You do not decide anything here, so there is no queue to show. `/hitl ask` puts a question to those who do.',
    );
  const { items, total } = await waitingItems(
    world.db,
    mine.map((one) => one.id),
    SHOWN,
  );
  return queueList({
    domain: mine.length === 1 ? (mine[0]?.title ?? null) : null,
    items: items.map(({ item, domain, channel, ts, ...line }) => ({
      ...line,
      title: item === null ? '(erased)' : maskSensitive(item).title,
      domain_title: world.policy().domains[domain ?? '']?.title ?? domain ?? '',
      permalink: channel && ts ? messageLink(desk.world, channel, ts) : null,
    })),
    total,
    now: world.clock.now(),
  });
}

function mayLook(desk: Desk, person: Person, domain: Domain): Permission {
  const policy = desk.world.policy();
  const manager = isManager(policy, person, desk.world);
  if (manager.may === 'yes') return manager;
  const decider = whoMay(
    policy,
    { domain: domain.id, by: null, requester_slack_user: null },
    person,
    desk.world,
  );
  return decider.may === 'no' ? manager : decider;
}
