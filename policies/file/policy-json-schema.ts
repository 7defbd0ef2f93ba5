/**
 * The JSON Schema of the policy file, for editors: generated from the schemas that read it. What stands between the
 * sections (names that must exist, conditions that must compile) only `hitl policy check` can say. Pure.
 */
import { z } from 'zod';
import { NAME } from '../access/person-ref.ts';
import {
  domainSchema,
  groupSchema,
  headSchema,
  hoursSchema,
  ladderSchema,
  rotationSchema,
  routeSchema,
  ruleSchema,
} from './policy-schema.ts';

const named = <T extends z.ZodType>(of: T) => z.record(z.string().regex(NAME), of).optional();

const wholeSchema = headSchema.extend({
  groups: named(groupSchema),
  rotations: named(rotationSchema),
  hours: named(hoursSchema),
  ladders: named(ladderSchema),
  domains: z.record(z.string().regex(NAME), domainSchema),
  rules: z.array(ruleSchema).optional(),
  otherwise: routeSchema.optional(),
});

/** What an editor shows beside a key, by the key's name: the same key means the same wherever it stands. */
const MEANS: Record<string, string> = {
  version: 'The version of this format: 1.',
  default_domain: 'Where an item goes that names no domain, or none that is known.',
  compliance_domain:
    'The domain whose people are asked about a policy violation, and lift its freeze. Default: the domain called compliance, if there is one; else the managers lift freezes.',
  timezone: 'An IANA zone, such as Europe/Berlin.',
  teams: 'Slack workspaces whose people may act; empty: only the one the bot is in.',
  operators_channel: 'Where the pager reports its own troubles.',
  managers: 'Who may pause, override, and see everyone’s figures.',
  circuit_breaker: 'Pauses letting-through where people go against the AI too often.',
  override_rate: 'More than that share of edits and rejections pauses the domain.',
  window: 'The time that is looked back on.',
  at_least: 'Fewer decisions than that say nothing.',
  costs: 'What looking, erring and waiting cost, for `/hitl stats`.',
  limits: 'How much may come in.',
  intake: 'How many items a producer may put in, such as 300 per 1m: as many at once, then evenly.',
  each: 'For every producer that is not named.',
  producers: 'By the name of a token in HITL_API_TOKENS, or `queue`.',
  currency: 'The word that stands before amounts, such as EUR.',
  expert_minute: 'A minute of somebody’s time by their group; `otherwise`: of everybody else.',
  error: 'An error: a number for each point of impact, or amounts from an impact on.',
  delay_hour: 'An item that waits an hour.',
  groups: 'People by name: U… and usergroup:S….',
  rotations: 'Who is on call, in turns.',
  hours: 'Business hours: by name at the top; in a ladder, the name of those its clock runs in.',
  ladders: 'How long an item waits for whom, and how that ends.',
  rungs: 'Whom to ask, in order.',
  level: '1 operational, 2 domain expert, 3 governance.',
  notify: 'channel, U…, usergroup:S…, group:NAME, oncall:NAME or pagerduty:KEY.',
  claim_within: 'Until somebody must have said “I have it”.',
  decide_within: 'Until it must be decided: a number and s, m, h, d or w.',
  remind_at: 'Shares of decide_within at which a reminder goes into the thread.',
  at_the_end: 'expired ends it and tells the producer; wait leaves it open.',
  fallback: 'What an expiry advises the producer to do.',
  domains: 'Areas of knowledge: where their cards go, and who decides them.',
  channel: 'The id of the Slack channel that has the cards.',
  fallback_channel: 'Where the channel cannot be posted to.',
  guide: 'What reviewers should know; shown under Details.',
  ladder: 'The name of one of the ladders.',
  deciders: 'Who may decide: U…, usergroup:S…, group:NAME or oncall:NAME.',
  open_limit: 'Its channel shows that many open cards; the rest wait behind one digest card.',
  visible_fields: 'What of an item its card shows; left out: whatever it has.',
  rules: 'In order: the first whose condition holds routes the item.',
  when: 'A condition in CEL, such as "item.confidence < 0.60".',
  sample: 'Only that share of the items; the rest go on to the next rule.',
  route: '{let_through: {}}, {refuse: {reason: …}} or {ask: {…}}.',
  otherwise: 'The route of an item that no rule takes.',
  let_through: 'Ends as auto_approved; nobody is asked.',
  refuse: 'Ends as auto_rejected, with a reason.',
  ask: 'A person decides.',
  by: 'Who may decide, instead of the domain’s deciders.',
  quorum: 'That many different people must give the same verdict.',
  stages: 'One after the other, each with its own people and deadline.',
  blind: 'The experts answer before they see what the AI proposes.',
  after: 'let_through: the item is let through at once, and checked behind that.',
};

/** Draft 7, which editors know best. */
export function policyJsonSchema(): object {
  const schema = z.toJSONSchema(wholeSchema, { target: 'draft-7', io: 'input' });
  return { title: 'The policy of a hitl pager', ...withMeanings(schema) };
}

type Schema = { [key: string]: unknown };
const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A copy in which each key says what it means: what reads the file is shared between its places. */
function withMeanings(schema: Schema): Schema {
  return Object.fromEntries(
    Object.entries(schema).map(([name, held]) => {
      if (name !== 'properties' || !isSchema(held))
        return [name, isSchema(held) ? withMeanings(held) : held];
      const properties = Object.entries(held).map(([key, of]) => [
        key,
        isSchema(of) && Object.hasOwn(MEANS, key)
          ? { description: MEANS[key], ...withMeanings(of) }
          : isSchema(of)
            ? withMeanings(of)
            : of,
      ]);
      return [name, Object.fromEntries(properties)];
    }),
  );
}
