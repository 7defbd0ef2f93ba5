/**
 * Every limit that Slack sets on blocks, in one table, and the one interpreter that holds a payload against it: it names
 * what is wrong (tests), and cuts what is too long (before sending). Pure.
 */
import { cut } from './escape.ts';

export type Surface = 'message' | 'modal' | 'home';
/** Where (`blocks[2].text.text`) and what. */
interface LimitProblem {
  path: string;
  problem: string;
}

export const MESSAGE_BLOCKS_MAX_CHARS = 13_200;
export const VIEW_MAX_BYTES = 250_000;
const MESSAGE_TEXT_MAX = 4000;
/** From this length on a text that was cut says where the rest is. */
const LONG_FIELD = 1000;
const LONG_TAIL = '… (Details)';

/** `cuts`: what is too long may be shortened; ids, values, addresses and texts to edit may not. */
type Rule =
  | { is: 'string'; min: number; max: number; cuts: boolean }
  | { is: 'text'; max: number; plain: boolean }
  | { is: 'list'; min: number; max: number; of: Rule }
  | { is: 'shape'; fields: Record<string, Rule> }
  | { is: 'node' };

const text = (max = 3000): Rule => ({ is: 'text', max, plain: false });
const plain = (max: number): Rule => ({ is: 'text', max, plain: true });
const words = (max: number): Rule => ({ is: 'string', min: 1, max, cuts: true });
const exact = (max: number, min = 1): Rule => ({ is: 'string', min, max, cuts: false });
const list = (of: Rule, max: number, min = 1): Rule => ({ is: 'list', min, max, of });
const shape = (fields: Record<string, Rule>): Rule => ({ is: 'shape', fields });
const node: Rule = { is: 'node' };

const option = shape({
  text: text(75),
  value: exact(75),
  description: plain(75),
  url: exact(3000),
});
const confirm = shape({ title: plain(100), text: text(300), confirm: plain(30), deny: plain(30) });
const acting = { action_id: exact(255), confirm };
const asking = { ...acting, placeholder: plain(150) };
const groups = list(shape({ label: plain(75), options: list(option, 100) }), 100);
const select = {
  ...asking,
  options: list(option, 100),
  option_groups: groups,
  initial_option: option,
  initial_options: list(option, 100),
};
const few = {
  ...acting,
  options: list(option, 10),
  initial_option: option,
  initial_options: list(option, 10),
};
const block = { block_id: exact(255) };
const rich = { elements: list(node, 1000) };

/** Fields that a node must have. */
const NEEDED: Record<string, readonly string[]> = {
  header: ['text'],
  actions: ['elements'],
  context: ['elements'],
  rich_text: ['elements'],
  rich_text_section: ['elements'],
  rich_text_list: ['elements'],
  input: ['label', 'element'],
  button: ['text', 'action_id'],
  static_select: ['action_id'],
  option: ['text', 'value'],
};

/** What Slack limits in each block and element, by its `type`. What is not named here is not sent. */
const NODES: Record<string, Record<string, Rule>> = {
  // blocks
  section: { ...block, text: text(), fields: list(text(2000), 10), accessory: node },
  header: { ...block, text: plain(150) },
  divider: block,
  actions: { ...block, elements: list(node, 25) },
  context: { ...block, elements: list(node, 10) },
  context_actions: { ...block, elements: list(node, 5) },
  input: { ...block, label: plain(2000), hint: plain(2000), element: node },
  rich_text: { ...block, elements: list(node, 100) },
  markdown: { ...block, text: words(12_000) },
  image: {
    ...block,
    alt_text: words(2000),
    title: plain(2000),
    image_url: exact(3000),
  },
  table: { ...block, rows: list(list(node, 20), 100) },
  // rich text
  rich_text_section: rich,
  rich_text_quote: rich,
  rich_text_preformatted: rich,
  rich_text_list: rich,
  text: { text: words(3000) },
  link: { text: words(3000), url: exact(3000) },
  user: { user_id: exact(255) },
  usergroup: { usergroup_id: exact(255) },
  channel: { channel_id: exact(255) },
  date: { format: exact(255), fallback: exact(255) },
  emoji: { name: exact(100) },
  raw_text: { text: words(3000) },
  // elements
  plain_text: { text: words(3000) },
  mrkdwn: { text: words(3000) },
  button: { ...acting, text: plain(75), value: exact(2000), url: exact(3000) },
  overflow: { ...acting, options: list(option, 5) },
  static_select: select,
  multi_static_select: select,
  checkboxes: few,
  radio_buttons: few,
  datepicker: { ...asking, initial_date: exact(10, 10) },
  datetimepicker: acting,
  plain_text_input: { ...asking, initial_value: exact(3000, 0) },
  number_input: { ...asking, initial_value: exact(3000, 0) },
  email_text_input: { ...asking, initial_value: exact(3000, 0) },
  url_text_input: { ...asking, initial_value: exact(3000, 0) },
};

const BLOCKS = new Set(
  'section header divider actions context context_actions input rich_text markdown image table'.split(
    ' ',
  ),
);

const SURFACES: Record<Surface, Rule> = {
  message: shape({
    text: { is: 'string', min: 0, max: MESSAGE_TEXT_MAX, cuts: true },
    blocks: list(node, 50),
  }),
  modal: shape({
    title: plain(24),
    submit: plain(24),
    close: plain(24),
    blocks: list(node, 100),
    private_metadata: exact(3000, 0),
    callback_id: exact(255),
    external_id: exact(255),
  }),
  home: shape({
    blocks: list(node, 100),
    private_metadata: exact(3000, 0),
    callback_id: exact(255),
    external_id: exact(255),
  }),
};

type Say = (path: string, problem: string) => void;
type Fields = Record<string, unknown>;
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A copy of `value` that keeps `rule` where cutting can do it; everything that broke it is said. */
function held(value: unknown, rule: Rule, path: string, say: Say): unknown {
  switch (rule.is) {
    case 'string': {
      if (typeof value !== 'string') return (say(path, 'is not a text'), value);
      if (value.length < rule.min) say(path, rule.min === 1 ? 'is empty' : 'is too short');
      if (value.length <= rule.max) return value;
      say(path, `has ${value.length} characters, at most ${rule.max}`);
      return rule.cuts ? cut(value, rule.max, rule.max >= LONG_FIELD ? LONG_TAIL : '…') : value;
    }
    case 'text': {
      if (!isFields(value)) return (say(path, 'is not a text object'), value);
      if (value.type !== 'plain_text' && (rule.plain || value.type !== 'mrkdwn'))
        say(`${path}.type`, rule.plain ? 'must be plain_text' : 'must be plain_text or mrkdwn');
      return { ...value, text: held(value.text, words(rule.max), `${path}.text`, say) };
    }
    case 'list': {
      if (!Array.isArray(value)) return (say(path, 'is not a list'), value);
      if (value.length < rule.min) say(path, 'is empty');
      if (value.length > rule.max) say(path, `has ${value.length} entries, at most ${rule.max}`);
      return value.slice(0, rule.max).map((one, at) => held(one, rule.of, `${path}[${at}]`, say));
    }
    case 'shape':
      if (!isFields(value)) return (say(path, 'is not an object'), value);
      return heldFields(value, rule.fields, path, say);
    case 'node': {
      if (!isFields(value) || typeof value.type !== 'string')
        return (say(path, 'is not an object with a type'), value);
      const fields = Object.hasOwn(NODES, value.type) ? NODES[value.type] : undefined;
      if (!fields) return (say(`${path}.type`, `"${value.type}" is not one that is sent`), value);
      for (const name of NEEDED[value.type] ?? []) {
        if (value[name] === undefined) say(`${path}.${name}`, 'is missing');
      }
      if (value.type === 'section' && value.text === undefined && value.fields === undefined)
        say(path, 'needs a text or fields');
      return heldFields(value, fields, path, say);
    }
    default:
      return rule satisfies never;
  }
}

function heldFields(value: Fields, rules: Record<string, Rule>, path: string, say: Say): Fields {
  const copy = { ...value };
  for (const [name, rule] of Object.entries(rules)) {
    if (copy[name] === undefined) continue;
    copy[name] = held(copy[name], rule, path === '' ? name : `${path}.${name}`, say);
  }
  return copy;
}

/** Block ids must differ in the surface, action ids within their block; a message holds no inputs. */
function sayIds(surface: Surface, blocks: unknown[], say: Say): void {
  const seen = new Set<string>();
  for (const [at, one] of blocks.entries()) {
    if (!isFields(one)) continue;
    if (typeof one.type === 'string' && !BLOCKS.has(one.type))
      say(`blocks[${at}].type`, `"${one.type}" is not a block`);
    if (typeof one.block_id === 'string') {
      if (seen.has(one.block_id)) say(`blocks[${at}].block_id`, `"${one.block_id}" is used twice`);
      seen.add(one.block_id);
    }
    if (surface === 'message' && one.type === 'input') say(`blocks[${at}]`, 'belongs in a modal');
    const actions = new Set<string>();
    for (const [place, element] of (Array.isArray(one.elements) ? one.elements : []).entries()) {
      if (!isFields(element) || typeof element.action_id !== 'string') continue;
      if (actions.has(element.action_id))
        say(`blocks[${at}].elements[${place}].action_id`, `"${element.action_id}" is used twice`);
      actions.add(element.action_id);
    }
  }
}

function sizeProblem(surface: Surface, payload: Fields): string | null {
  if (surface === 'message') {
    const chars = JSON.stringify(payload.blocks ?? []).length;
    return chars <= MESSAGE_BLOCKS_MAX_CHARS
      ? null
      : `has ${chars} characters, at most ${MESSAGE_BLOCKS_MAX_CHARS}`;
  }
  const bytes = new TextEncoder().encode(JSON.stringify(payload)).length;
  return bytes <= VIEW_MAX_BYTES ? null : `has ${bytes} bytes, at most ${VIEW_MAX_BYTES}`;
}

/** What Slack would refuse in this payload (a message's `{text, blocks}` or a whole view); none where it would take it. */
export function limitProblems(surface: Surface, payload: object): LimitProblem[] {
  const problems: LimitProblem[] = [];
  const say: Say = (path, problem) => problems.push({ path, problem });
  const fields: Fields = { ...payload };
  held(fields, SURFACES[surface], '', say);
  const blocks = Array.isArray(fields.blocks) ? (fields.blocks as unknown[]) : [];
  sayIds(surface, blocks, say);
  if (surface === 'modal') {
    if (!isFields(fields.title)) say('title', 'is missing');
    if (fields.submit === undefined && blocks.some((one) => isFields(one) && one.type === 'input'))
      say('submit', 'is missing, and there are inputs');
  }
  const size = sizeProblem(surface, fields);
  if (size) say(surface === 'message' ? 'blocks' : 'view', size);
  return problems;
}

/**
 * The same payload with over-long texts cut ("… (Details)"; short fields "…"), lists held to their length, and the
 * longest rich texts shortened until the whole fits. Ids, values, addresses and texts to edit are never touched.
 */
export function withinLimits<T extends object>(surface: Surface, payload: T): T {
  let fitting = held({ ...payload }, SURFACES[surface], '', () => undefined) as T & Fields;
  while (sizeProblem(surface, fitting) !== null) {
    const longest = longestText(fitting.blocks);
    if (longest < SHORTEST_CUT) break;
    fitting = { ...fitting, blocks: shortened(fitting.blocks, Math.floor(longest * 0.7)) };
  }
  return fitting;
}

/** A text shorter than this says too little to be cut further. */
const SHORTEST_CUT = 60;
const isShown = (value: Fields): value is Fields & { text: string } =>
  (value.type === 'text' || value.type === 'mrkdwn' || value.type === 'plain_text') &&
  typeof value.text === 'string';

function longestText(value: unknown): number {
  if (Array.isArray(value)) return Math.max(0, ...value.map(longestText));
  if (!isFields(value)) return 0;
  if (isShown(value)) return value.text.length;
  return Math.max(0, ...Object.values(value).map(longestText));
}

function shortened(value: unknown, max: number): unknown {
  if (Array.isArray(value)) return value.map((one) => shortened(one, max));
  if (!isFields(value)) return value;
  if (isShown(value)) return { ...value, text: cut(value.text, max, LONG_TAIL) };
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, shortened(one, max)]));
}
