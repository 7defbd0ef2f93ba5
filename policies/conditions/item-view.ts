/**
 * The item in the form that CEL wants it: named records whose fields are declared, and what an AI wrote freely
 * (`action.args`, `proposal`, `state`) as maps. A map finds own keys only, so that `__proto__` or `constructor` in an
 * item is a key like any other. Parts are made when a condition first reads them, once an item. Pure.
 */
import type { FieldError } from '../../src/domain/item.ts';
import type { NeutralItem } from './neutral-item.ts';

/** Field to CEL type, of each record a condition can reach. */
export const RECORD_FIELDS = {
  Item: {
    id: 'string',
    kind: 'string',
    domain: 'string',
    title: 'string',
    body: 'string',
    proposal: 'dyn',
    justification: 'string',
    action: 'Action',
    candidates: 'list<Candidate>',
    options: 'list<AnswerOption>',
    answer_schema: 'dyn',
    allowed: 'list<string>',
    confidence: 'double',
    impact: 'double',
    ensemble: 'list<EnsembleAnswer>',
    source_reliability: 'double',
    evidence: 'list<Evidence>',
    tags: 'list<string>',
    cohort: 'string',
    sensitive: 'list<string>',
    model: 'Model',
    requester: 'Requester',
    thread: 'Thread',
    expires_at: 'string',
    callback: 'Callback',
    run_id: 'string',
    state: 'dyn',
  },
  Action: { name: 'string', args: 'map<string, dyn>' },
  Candidate: { id: 'string', text: 'string' },
  AnswerOption: { id: 'string', label: 'string', description: 'string', prefill: 'string' },
  EnsembleAnswer: { source: 'string', answer: 'string', confidence: 'double' },
  Evidence: { label: 'string', text: 'string', url: 'string' },
  Model: { name: 'string', version: 'string', prompt_version: 'string', input_version: 'string' },
  Requester: { name: 'string', slack_user: 'string' },
  Thread: { channel: 'string', ts: 'string' },
  Callback: { url: 'string' },
  FieldError: { field: 'string', problem: 'string' },
} as const satisfies Record<string, Record<string, string>>;

export type RecordName = keyof typeof RECORD_FIELDS;

/** The fields of a record by its CEL type's name; none for what is no record. */
export function recordFields(type: string): Record<string, string> | null {
  return Object.hasOwn(RECORD_FIELDS, type) ? RECORD_FIELDS[type as RecordName] : null;
}

/** CEL tells records apart by their constructor: the one place where this code needs classes. */
const recordClass = (name: Exclude<RecordName, 'Item'>) => {
  const fields = Object.keys(RECORD_FIELDS[name]);
  return class {
    constructor(from: object) {
      for (const field of fields) Reflect.set(this, field, Reflect.get(from, field));
    }
  };
};

const ActionView = recordClass('Action');
const CandidateView = recordClass('Candidate');
const AnswerOptionView = recordClass('AnswerOption');
const EnsembleAnswerView = recordClass('EnsembleAnswer');
const EvidenceView = recordClass('Evidence');
const ModelView = recordClass('Model');
const RequesterView = recordClass('Requester');
const ThreadView = recordClass('Thread');
const CallbackView = recordClass('Callback');
const FieldErrorView = recordClass('FieldError');

/** An item under CEL's eyes. Its getters answer from the neutral item and from nothing else. */
class ItemView {
  readonly #item: NeutralItem;
  readonly #made = new Map<string, unknown>();
  readonly id: string;
  readonly kind: string;
  readonly domain: string;
  readonly title: string;
  readonly body: string;
  readonly justification: string;
  readonly allowed: string[];
  readonly confidence: number;
  readonly impact: number;
  readonly source_reliability: number;
  readonly tags: string[];
  readonly cohort: string;
  readonly sensitive: string[];
  readonly expires_at: string;
  readonly run_id: string;

  constructor(item: NeutralItem) {
    this.#item = item;
    this.id = item.id;
    this.kind = item.kind;
    this.domain = item.domain;
    this.title = item.title;
    this.body = item.body;
    this.justification = item.justification;
    this.allowed = item.allowed;
    this.confidence = item.confidence;
    this.impact = item.impact;
    this.source_reliability = item.source_reliability;
    this.tags = item.tags;
    this.cohort = item.cohort;
    this.sensitive = item.sensitive;
    this.expires_at = item.expires_at;
    this.run_id = item.run_id;
  }

  #once(name: string, make: () => unknown): unknown {
    if (!this.#made.has(name)) this.#made.set(name, make());
    return this.#made.get(name);
  }

  get proposal(): unknown {
    return this.#once('proposal', () => asMaps(this.#item.proposal));
  }
  get answer_schema(): unknown {
    return this.#once('answer_schema', () => asMaps(this.#item.answer_schema));
  }
  get state(): unknown {
    return this.#once('state', () => asMaps(this.#item.state));
  }
  get action(): unknown {
    const { name, args } = this.#item.action;
    return this.#once('action', () => new ActionView({ name, args: asMaps(args) }));
  }
  get candidates(): unknown {
    return this.#once('candidates', () =>
      this.#item.candidates.map((one) => new CandidateView(one)),
    );
  }
  get options(): unknown {
    return this.#once('options', () => this.#item.options.map((one) => new AnswerOptionView(one)));
  }
  get ensemble(): unknown {
    return this.#once('ensemble', () =>
      this.#item.ensemble.map((one) => new EnsembleAnswerView(one)),
    );
  }
  get evidence(): unknown {
    return this.#once('evidence', () => this.#item.evidence.map((one) => new EvidenceView(one)));
  }
  get model(): unknown {
    return this.#once('model', () => new ModelView(this.#item.model));
  }
  get requester(): unknown {
    return this.#once('requester', () => new RequesterView(this.#item.requester));
  }
  get thread(): unknown {
    return this.#once('thread', () => new ThreadView(this.#item.thread));
  }
  get callback(): unknown {
    return this.#once('callback', () => new CallbackView(this.#item.callback));
  }
}

/** The constructors that CEL is told of. */
export const RECORD_CLASSES: Record<RecordName, new (from: never) => object> = {
  Item: ItemView,
  Action: ActionView,
  Candidate: CandidateView,
  AnswerOption: AnswerOptionView,
  EnsembleAnswer: EnsembleAnswerView,
  Evidence: EvidenceView,
  Model: ModelView,
  Requester: RequesterView,
  Thread: ThreadView,
  Callback: CallbackView,
  FieldError: FieldErrorView,
};

export const itemView = (item: NeutralItem): object => new ItemView(item);
export const errorViews = (errors: readonly FieldError[]): object[] =>
  errors.map((error) => new FieldErrorView(error));

/** JSON with its objects as maps. Throws a RangeError where a value is nested deeper than the stack. */
function asMaps(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asMaps);
  if (typeof value !== 'object' || value === null) return value;
  const map = new Map<string, unknown>();
  for (const key of Object.keys(value)) {
    const held: unknown = Reflect.get(value, key);
    if (held !== undefined) map.set(key, asMaps(held));
  }
  return map;
}
