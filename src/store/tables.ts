/** The tables as Kysely sees them. Rows are what SQLite holds: JSON as text, times as epoch ms. */
import type {
  DecisionTextsTable,
  DecisionsTable,
  ItemBodiesTable,
  ItemsTable,
  OpinionTextsTable,
  OpinionsTable,
  RawPayloadsTable,
  ReopenedTable,
} from './item-tables.ts';
import type {
  BacklogTurnsTable,
  CardViewsTable,
  CardsTable,
  ClicksTable,
  DigestCardsTable,
  HeardTable,
  HomesTable,
  OutboxTable,
} from './card-tables.ts';
import type {
  DeadlinesTable,
  InfoRequestsTable,
  PagesTable,
  RungsTable,
  WaitsTable,
} from './ladder-tables.ts';
import type {
  OverridesTable,
  QuietHoursTable,
  RotationPeopleTable,
  RotationStatesTable,
  UsergroupStatesTable,
} from './on-call-tables.ts';
import type {
  AuditLogTable,
  ErasuresTable,
  FactColumnsTable,
  FactSegmentsTable,
  FeedbackTable,
  FreezesTable,
  PausesTable,
  ReportedTable,
  SecretsTable,
} from './record-tables.ts';

export interface Tables {
  items: ItemsTable;
  item_bodies: ItemBodiesTable;
  decisions: DecisionsTable;
  decision_texts: DecisionTextsTable;
  opinions: OpinionsTable;
  opinion_texts: OpinionTextsTable;
  cards: CardsTable;
  digest_cards: DigestCardsTable;
  backlog_turns: BacklogTurnsTable;
  card_views: CardViewsTable;
  deadlines: DeadlinesTable;
  rungs: RungsTable;
  pages: PagesTable;
  waits: WaitsTable;
  info_requests: InfoRequestsTable;
  reopened: ReopenedTable;
  quiet_hours: QuietHoursTable;
  outbox: OutboxTable;
  audit_log: AuditLogTable;
  raw_payloads: RawPayloadsTable;
  clicks: ClicksTable;
  heard: HeardTable;
  pauses: PausesTable;
  freezes: FreezesTable;
  overrides: OverridesTable;
  rotation_states: RotationStatesTable;
  usergroup_states: UsergroupStatesTable;
  rotation_people: RotationPeopleTable;
  feedback: FeedbackTable;
  homes: HomesTable;
  erasures: ErasuresTable;
  reported: ReportedTable;
  secrets: SecretsTable;
  fact_segments: FactSegmentsTable;
  fact_columns: FactColumnsTable;
}
