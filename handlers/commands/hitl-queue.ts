/** `/hitl queue [domain]`: what waits, for those who may decide it. */
import { maskSensitive } from '../../src/domain/redact.ts';
import { plainMessage } from '../../blocks/messages/plain-message.ts';
import type { Message } from '../../blocks/text/message.ts';
import { queueList } from '../../blocks/messages/queue-list.ts';
import type { Domain, Policy } from '../../policies/policy.ts';
import type { Person, Refused } from '../../src/access/refused.ts';
import type { Several } from '../../src/domain/lifecycle.ts';
import { waitingItems } from '../../src/store/items.ts';
import type { HandlerContext } from '../context/handler-context.ts';
import { messageLink } from '../../src/items/message-link.ts';
import { isNamed, noSuchDomain } from './domain-name.ts';
import { maySeeNow, wordsFor } from '../context/ask-whether.ts';

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
  if (wanted.length === 0) return plainMessage(noSuchDomain(domains));
  const mine: Domain[] = [];
  let refusal: Refused = { refused: 'decides_nothing', of: 'queue' };
  for (const domain of wanted) {
    const sees = await maySeeNow(desk, { view: 'queue', domain: domain.id }, person);
    if (sees.may === 'yes') mine.push(domain);
    else refusal = sees.refusal;
  }
  // Rules and stages have people of their own, who see what is theirs whatever domain it is in.
  const deciders: string[] = [];
  for (const by of named === '' ? namedDeciders(world.policy()) : [])
    if ((await maySeeNow(desk, { view: 'queue', by }, person)).may === 'yes') deciders.push(by);
  if (mine.length === 0 && deciders.length === 0)
    return plainMessage(wordsFor(desk, refusal, person));
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
