/** What figures are made of: columns of items that speak of the AI, and ended items folded into columns. */
import { sql, type Kysely } from 'kysely';

/** Whether no path of `sensitive` leads to that field or into it. */
const open = (field: string) => `not exists (
  select 1 from json_each(body.written, '$.sensitive') as path
  where path.value = '$.${field}' or path.value like '$.${field}.%' or path.value like '$.${field}[%'
)`;

const STEPS = [
  `alter table items add column route text check (route in ('ask', 'let_through', 'refuse'))`,
  `alter table items add column confidence real`,
  `alter table items add column model text`,
  `alter table items add column cohort text`,
  `alter table items add column tags_json text`,
  // The share of all that its rule took, 0..1; null: it takes every one.
  `alter table items add column sample real`,
  `update items set route = case outcome when 'auto_approved' then 'let_through' when 'auto_rejected' then 'refuse' else 'ask' end`,
  // A value that the producer marked sensitive, whole or in part, stays in the body.
  `update items set
    confidence = case when ${open('confidence')} then json_extract(body.written, '$.confidence') end,
    model = case when ${open('model')} then json_extract(body.written, '$.model.name')
      || coalesce(' ' || json_extract(body.written, '$.model.version'), '') end,
    cohort = case when ${open('cohort')} then json_extract(body.written, '$.cohort') end,
    tags_json = case when ${open('tags')} then nullif(json_extract(body.written, '$.tags'), '[]') end
  from item_bodies as body
  where body.item_id = items.id and json_valid(body.written)`,
  // Ended items, two thousand at a time, by the audit entry that ended the last of them. Made of the rows, and made again from them.
  `create table fact_segments (
    last_seq integer primary key,
    format integer not null,
    length integer not null,
    decided_to integer not null,
    requested_from integer not null
  ) strict`,
  `create table fact_columns (
    last_seq integer not null references fact_segments (last_seq),
    name text not null,
    data blob not null,
    primary key (last_seq, name)
  ) strict`,
  `create index items_check on items (check_of) where check_of is not null`,
  `create index pages_wanted on pages (wanted_at)`,
  `create index decisions_compared on decisions (decided_at) where compared is not null`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const step of STEPS) await sql.raw(step).execute(db);
}
