// Every kind of menu, single and multiple: what it offers, what is held, and what the app hears.
import { stringsOf, numberOf, optionGroupsOf, stringOf } from '../payload.ts';
import { nameWords } from '../text.tsx';
import type { Choice, FormValue, Option } from '../types.ts';
import { useHeld } from '../use-held.ts';
import { Combobox } from './combobox.tsx';
import type { EntryGroup } from './combobox.tsx';
import type { ElementProps } from './element.tsx';
import { useConfirm } from './use-confirm.tsx';

type Held = Omit<FormValue, 'type'>;

interface Kind {
  many: boolean;
  /** Keys of what is held. */
  chosen(held: Held): string[];
  /** What is held once these keys are chosen. */
  held(keys: string[]): Held;
  groups: EntryGroup[];
}

/** Two options may have the same value: each is known by its place. */
function optionKind(element: ElementProps['element'], many: boolean): Kind {
  const offered = optionGroupsOf(element);
  const all = offered.flatMap((group) => group.options);
  const same = (a: Option, b: Option) => a === b || JSON.stringify(a) === JSON.stringify(b);
  const keyOf = (option: Option) => all.findIndex((one) => same(one, option));
  const keys = (options: Option[]) =>
    options.map(keyOf).flatMap((at) => (at < 0 ? [] : [String(at)]));
  const optionsAt = (chosen: string[]) => chosen.flatMap((key) => all[Number(key)] ?? []);
  let at = -1;
  const groups = offered.map((group) => ({
    label: group.label && nameWords(group.label),
    entries: group.options.map((option) => {
      at += 1;
      return {
        key: String(at),
        text: nameWords(option.text),
        ...(option.description ? { description: nameWords(option.description) } : {}),
      };
    }),
  }));
  return {
    many,
    groups,
    chosen: (held) =>
      many
        ? keys(held.selected_options ?? [])
        : keys(held.selected_option ? [held.selected_option] : []),
    held: (chosen) =>
      many
        ? { selected_options: optionsAt(chosen) }
        : { selected_option: optionsAt(chosen)[0] ?? null },
  };
}

const listed = (choices: Choice[], sign: string): EntryGroup[] => [
  { label: null, entries: choices.map(({ id, name }) => ({ key: id, text: `${sign}${name}` })) },
];

function kindOf({ element, surface }: ElementProps): Kind {
  const { people } = surface;
  const users = people.users?.() ?? [];
  const channels = people.channels?.() ?? [];
  const one = (id: string | null | undefined) => (id ? [id] : []);
  switch (element['type']) {
    case 'users_select':
      return {
        many: false,
        groups: listed(users, ''),
        chosen: (held) => one(held.selected_user),
        held: ([id]) => ({ selected_user: id ?? null }),
      };
    case 'multi_users_select':
      return {
        many: true,
        groups: listed(users, ''),
        chosen: (held) => stringsOf(held.selected_users),
        held: (ids) => ({ selected_users: ids }),
      };
    case 'channels_select':
      return {
        many: false,
        groups: listed(channels, '#'),
        chosen: (held) => one(held.selected_channel),
        held: ([id]) => ({ selected_channel: id ?? null }),
      };
    case 'multi_channels_select':
      return {
        many: true,
        groups: listed(channels, '#'),
        chosen: (held) => stringsOf(held.selected_channels),
        held: (ids) => ({ selected_channels: ids }),
      };
    case 'conversations_select':
      return {
        many: false,
        groups: listed(channels, '#'),
        chosen: (held) => one(held.selected_conversation),
        held: ([id]) => ({ selected_conversation: id ?? null }),
      };
    case 'multi_conversations_select':
      return {
        many: true,
        groups: listed(channels, '#'),
        chosen: (held) => stringsOf(held.selected_conversations),
        held: (ids) => ({ selected_conversations: ids }),
      };
    default:
      return optionKind(element, stringOf(element['type']).startsWith('multi_'));
  }
}

export function Select(props: ElementProps) {
  const { element, naming, surface } = props;
  const { held, hold, busy } = useHeld(props);
  const { ask, question } = useConfirm(element, surface.people);
  const kind = kindOf(props);
  const placeholder = nameWords(element['placeholder']);
  return (
    <>
      <Combobox
        groups={kind.groups}
        chosen={kind.chosen(held)}
        many={kind.many}
        max={numberOf(element['max_selected_items'])}
        clearable={props.clearable}
        placeholder={placeholder || (kind.many ? 'Choose some' : 'Choose one')}
        naming={{ ...naming, label: naming.label ?? (placeholder || 'Choose') }}
        busy={busy}
        autofocus={element['focus_on_load'] === true}
        onChoose={(keys) => ask(() => hold(kind.held(keys)))}
      />
      {question}
    </>
  );
}
