/** `/hitl queue [domain]`: what waits, for those who may decide it. */
import { maskSensitive } from '../../src/domain/redact.ts';
import { plainMessage } from '../../blocks/messages/plain-message.ts';
import type { Message } from '../../blocks/text/message.ts';
import { queueList } from '../../blocks/messages/queue-list.ts';
import type { Domain, Policy } from '../../policies/policy.ts';
import { isManager, whoMay, type Permission } from '../../policies/access/who-may.ts';
import type { Person } from '../../src/access/authorise.ts';
import type { Several } from '../../src/domain/lifecycle.ts';
import { waitingItems } from '../../src/store/items.ts';
import type { HandlerContext } from '../context/handler-context.ts';
import { messageLink } from '../../src/items/message-link.ts';
import { isNamed } from './domain-name.ts';
import { checkPermission } from '../context/check-permission.ts';

/** As many as one can take in. */
const SHOWN = 15;

export async function showQueue(
  desk: HandlerContext,
  person: Person,
  named: string,
): Promise<Message> {
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
    if (await checkPermission(desk, () => mayLook(desk, person, domain))) mine.push(domain);
  }
  // Rules and stages have people of their own, who see what is theirs whatever domain it is in.
  const deciders: string[] = [];
  for (const by of named === '' ? namedDeciders(world.policy()) : [])
    if (await checkPermission(desk, () => mayDecide(desk, person, by))) deciders.push(by);
  if (mine.length === 0 && deciders.length === 0)
    return plainMessage(
      'You do not decide anything here, so there is no queue to show. `/hitl ask` puts a question to those who do.',
    );
  const { items, total } = await waitingItems(
    world.db,
    mine.map((one) => one.id),
    SHOWN,
    deciders,
  );
  return queueList({
    domain: mine.length === 1 && deciders.length === 0 ? (mine[0]?.title ?? null) : null,
    items: items.map(({ item, domain, channel, ts, several, spoken, ...line }) => ({
      ...line,
      title: item === null ? '(erased)' : maskSensitive(item).title,
      waits_for: several && waitsFor(several, spoken),
      domain_title: world.policy().domains[domain ?? '']?.title ?? domain ?? '',
      permalink: channel && ts ? messageLink(desk.world, channel, ts) : null,
    })),
    total,
    now: world.clock.now(),
  });
}

/** "stage compliance", "2 who agree, 1 has answered" */
function waitsFor({ quorum, stages, stage, singly }: Several, spoken: number): string {
  const open = stages[stage];
  if (open !== undefined) return `stage ${open.name}`;
  if (singly) return 'one decision: they could not agree';
  return `${quorum} who agree, ${spoken} answered`;
}

/** Whoever a rule or a stage names to decide. */
const namedDeciders = (policy: Policy): string[] => [
  ...new Set(
    [...policy.rules.map((rule) => rule.route), policy.otherwise].flatMap((route) =>
      route.type !== 'ask'
        ? []
        : [...(route.by === null ? [] : [route.by]), ...route.stages.map((stage) => stage.by)],
    ),
  ),
];

const mayDecide = (desk: HandlerContext, person: Person, by: string): Permission =>
  whoMay(desk.world.policy(), { domain: null, by, requester_slack_user: null }, person, desk.world);

function mayLook(desk: HandlerContext, person: Person, domain: Domain): Permission {
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
