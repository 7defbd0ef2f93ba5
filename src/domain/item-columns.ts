/**
 * Every column of `items`, once: what it holds, what of a record it keeps, how the audit log tells it, and how an export
 * names it. The row's type, the insertion, the record's mapping (`src/store/item-row.ts`, generated), the facts of
 * `item.accepted`, what verifying expects and the export follow from here. Pure.
 */
import type { EpochMs } from './clock.ts';
import type { Allowable, Item, Kind, Outcome } from './item.ts';
import type { Several, Status } from './lifecycle.ts';

interface Spec {
  /** Where the value of a new row comes from: the record; the body, by `itemFacts`; or whoever accepts the item. */
  readonly from: 'record' | 'body' | 'given';
  /** How the row holds it: as it is, as JSON, or as 0 or 1. */
  readonly form: 'plain' | 'json' | 'flag';
  readonly nullable?: true;
  /** The record's name for it. */
  readonly field?: string;
  /** How the log tells it; absent: it doesn't. */
  readonly log?: {
    /** The name of the column where rows and entries are compared. */
    readonly name: string;
    /** The fact of `item.accepted` that tells it at first; null: later entries do. */
    readonly fact: string | null;
    /** What it is at first where no fact tells; absent: null. */
    readonly first?: string;
    /** As it is, by its digest, or only where it is true. */
    readonly as: 'value' | 'digest' | 'true';
  };
  /** How an export names it; absent: it doesn't. */
  readonly exported?: {
    readonly as: string;
    /** Epoch ms, exported as RFC 3339. */
    readonly time?: true;
    /** Hidden where the producer calls that field of the item sensitive. */
    readonly hides?: keyof Item;
    /** Behind what the body tells. */
    readonly last?: true;
  };
}

const column =
  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the line of the table names it
  <Value>() =>
    <const S extends Spec>(spec: S): S & { readonly value?: Value } =>
      spec;
const nullable =
  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the line of the table names it
  <Value>() =>
    <const S extends Spec>(spec: S): S & { readonly nullable: true; readonly value?: Value } => ({
      ...spec,
      nullable: true,
    });
const RECORD = { from: 'record', form: 'plain' } as const;
const BODY = { from: 'body', form: 'plain' } as const;

const told = <N extends string>(name: N) => ({ name, fact: name, as: 'value' }) as const;
const toldAs = <N extends string, F extends string>(name: N, fact: F) =>
  ({ name, fact, as: 'value' }) as const;
const toldLater = <N extends string>(name: N, first?: string) =>
  ({ name, fact: null, as: 'value', ...(first === undefined ? {} : { first }) }) as const;
const digested = <N extends string>(name: N) => ({ name, fact: name, as: 'digest' }) as const;
const toldIfTrue = <N extends string>(name: N) => ({ name, fact: name, as: 'true' }) as const;

// prettier-ignore
export const ITEM_COLUMNS = {
  id: column<string>()({ ...RECORD, exported: { as: 'item_id' } }),
  kind: column<Kind>()({ ...RECORD, log: told('kind'), exported: { as: 'kind' } }),
  /** The domain that was asked; null where a rule decided alone. */
  domain: nullable<string>()({ ...RECORD, log: told('domain'), exported: { as: 'domain' } }),
  status: column<Status>()({ ...RECORD, log: toldLater('status', 'open'), exported: { as: 'status' } }),
  outcome: nullable<Outcome>()({ ...RECORD, log: toldLater('outcome'), exported: { as: 'outcome' } }),
  rule: column<string>()({ ...RECORD, log: told('rule'), exported: { as: 'rule' } }),
  policy_version: column<string>()({ ...RECORD, log: told('policy_version'), exported: { as: 'policy_version' } }),
  level: column<number>()({ ...RECORD, log: told('level'), exported: { as: 'level' } }),
  /** `pager`: it asks for itself (a freeze to be looked at); no producer waits for a result. */
  source: column<'queue' | 'http' | 'slack' | 'pager'>()({ ...RECORD, log: told('source'), exported: { as: 'source' } }),
  /** The name of the HTTP token that put it in; null: it came by another way, or before that was kept. */
  owner: nullable<string>()({ ...RECORD, log: told('owner'), exported: { as: 'owner' } }),
  requester_slack_user: nullable<string>()({ ...RECORD, log: toldAs('requester_slack_user', 'requester'), exported: { as: 'requester', hides: 'requester' } }),
  claimed_by: nullable<string>()({ ...RECORD, log: toldLater('claimed_by'), exported: { as: 'claimed_by' } }),
  requested_at: column<EpochMs>()({ ...RECORD, log: told('requested_at'), exported: { as: 'requested_at', time: true } }),
  claimed_at: nullable<EpochMs>()({ ...RECORD, log: toldLater('claimed_at'), exported: { as: 'claimed_at', time: true } }),
  decided_at: nullable<EpochMs>()({ ...RECORD, log: toldLater('decided_at'), exported: { as: 'decided_at', time: true } }),
  /** When the open rung's decide clock runs out; null: no limit. */
  due_at: nullable<EpochMs>()({ ...RECORD, log: told('due_at'), exported: { as: 'due_at', time: true } }),
  expires_at: nullable<EpochMs>()({ ...RECORD, log: told('expires_at'), exported: { as: 'expires_at', time: true } }),
  /** 0..10, the highest where the producer gave none. */
  impact: column<number>()({ ...RECORD, log: told('impact'), exported: { as: 'impact', hides: 'impact' } }),
  item_digest: column<string>()({ ...RECORD, log: told('item_digest'), exported: { as: 'item_digest', last: true } }),
  version: column<number>()({ ...RECORD, log: told('version') }),
  view_rev: column<number>()({ ...RECORD, log: told('view_rev') }),
  allowed_json: column<readonly Allowable[]>()({ from: 'record', form: 'json', field: 'allowed', log: told('allowed') }),
  /** Who may decide, as the rule's `by` says; null: the domain's deciders. Names as policies/ writes them. */
  decider: nullable<string>()({ ...RECORD, field: 'by', log: digested('decider_digest') }),
  /** Whether an approval needs a reason too. */
  reason_required: column<boolean>()({ from: 'record', form: 'flag', log: told('reason_required') }),
  /** For an expiry: what the policy advises. */
  fallback: nullable<'reject' | 'approve'>()({ ...RECORD, log: told('fallback') }),
  /** What the end of the ladder brings: the outcome `expired`, or waiting on. */
  at_the_end: column<'expired' | 'wait'>()({ ...RECORD, log: told('at_the_end') }),
  several_json: nullable<Several>()({ from: 'record', form: 'json', field: 'several', log: digested('several_digest') }),
  /** The item that was let through, where this one is the check behind it; its producer hears nothing of it. */
  check_of: nullable<string>()({ ...RECORD, log: told('check_of') }),
  /** Whether its experts answer before they see what the AI proposes, and how sure it is. */
  blind: column<boolean>()({ from: 'record', form: 'flag', log: toldIfTrue('blind') }),
  /** Since when it waits behind the open cards of its domain; null: it has a card of its own, or has ended. */
  behind_since: nullable<EpochMs>()({ ...RECORD, log: toldLater('behind_since') }),
  /** What the policy did with it at first. */
  route: column<'ask' | 'let_through' | 'refuse'>()({ ...BODY, log: told('route') }),
  // What figures are made of: null where the item says nothing, or holds it sensitive. The log has the body's digest.
  confidence: nullable<number>()(BODY),
  model: nullable<string>()(BODY),
  cohort: nullable<string>()(BODY),
  tags_json: nullable<string>()(BODY),
  /** The share that its rule took, 0..1; null: every one. */
  sample: nullable<number>()({ from: 'given', form: 'plain', log: told('sample') }),
};

/** A table like the one above. */
export type Columns = { readonly [name: string]: Spec & { readonly value?: unknown } };
type Table = typeof ITEM_COLUMNS;
type Name = keyof Table;

type Value<S> = S extends { readonly value?: infer V }
  ? V | (S extends { readonly nullable: true } ? null : never)
  : never;
type Held<S> = S extends { readonly form: 'json' }
  ? null extends Value<S>
    ? string | null
    : string
  : S extends { readonly form: 'flag' }
    ? 0 | 1
    : Value<S>;
type From<F extends Spec['from']> = {
  [N in Name]: Table[N] extends { readonly from: F } ? N : never;
}[Name];
type FieldName<N extends Name> = Table[N] extends { readonly field: infer F extends string }
  ? F
  : N;

/** A row of `items`. */
export type ItemsRow = { -readonly [N in Name]: Held<Table[N]> };
/** What a record has of it. */
export type RecordFields = { [N in From<'record'> as FieldName<N>]: Value<Table[N]> };
/** The columns that a record is made of, those that the body gives, and those that whoever accepts the item gives. */
export type RecordColumn = From<'record'>;
export type BodyColumns = Pick<ItemsRow, From<'body'>>;
export type GivenColumns = Pick<ItemsRow, From<'given'>>;

type ToldAtFirst = {
  [N in Name]: Table[N] extends { readonly log: { readonly fact: string } } ? N : never;
}[Name];
type FactName<N extends ToldAtFirst> = Table[N] extends {
  readonly log: { readonly fact: infer F extends string };
}
  ? F
  : never;
type FactValue<S> = S extends { readonly log: { readonly as: 'digest' } }
  ? string
  : S extends { readonly log: { readonly as: 'true' } }
    ? true
    : NonNullable<Value<S>>;
/** The facts of `item.accepted` that tell columns; what is null stays away. */
export type AcceptedFacts = {
  [N in ToldAtFirst as FactName<N>]:
    | FactValue<Table[N]>
    | (null extends Value<Table[N]> ? undefined : never)
    | (Table[N] extends { readonly log: { readonly as: 'true' } } ? undefined : never);
};

/** The names of the columns whose values come from there. */
export const columnsFrom = <C extends Columns>(
  columns: C,
  from: Spec['from'],
): (keyof C & string)[] => Object.keys(columns).filter((name) => columns[name]?.from === from);

/** The columns that an export of items has. */
export type ExportedColumn = {
  [N in Name]: Table[N] extends { readonly exported: { readonly as: string } } ? N : never;
}[Name];

/** Their names, in the order of the export. */
export const exportedColumns = (columns: Columns): ExportedColumn[] =>
  // A table with more has more of them.
  Object.keys(columns).filter((name) => columns[name]?.exported) as ExportedColumn[];

/** What an export of items names them: before what the body tells, and behind it. */
export const exportedNames = (columns: Columns, last: boolean): string[] =>
  Object.values(columns).flatMap(({ exported }) =>
    exported !== undefined && (exported.last ?? false) === last ? [exported.as] : [],
  );
