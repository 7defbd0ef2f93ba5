// The interactive elements in a message or view: finding them as a person would, by what they say.
import type { Block } from './records.ts';

export type Json = Record<string, unknown>;

export interface Control {
  block_id: string;
  block: Block;
  element: Json & { type: string; action_id: string };
}

interface Option {
  text: { type: string; text: string };
  value?: string;
  [key: string]: unknown;
}

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isControl(value: unknown): value is Control['element'] {
  return (
    isJson(value) && typeof value['type'] === 'string' && typeof value['action_id'] === 'string'
  );
}

function isBlock(value: unknown): value is Block {
  return (
    isJson(value) && typeof value['type'] === 'string' && typeof value['block_id'] === 'string'
  );
}

/** Every interactive element, in reading order, nested blocks included. */
export function controlsOf(blocks: readonly Block[]): Control[] {
  return blocks.flatMap((block) => {
    const { elements, actions, accessory, element, child_blocks } = block;
    const own = [
      ...(Array.isArray(elements) ? elements : []),
      ...(Array.isArray(actions) ? actions : []),
      accessory,
      element,
    ]
      .filter(isControl)
      .map((control): Control => ({ block_id: block.block_id, block, element: control }));
    const nested = [
      ...(block.type === 'carousel' && Array.isArray(elements) ? elements : []),
      ...(Array.isArray(child_blocks) ? child_blocks : []),
    ].filter(isBlock);
    return [...own, ...controlsOf(nested)];
  });
}

export function optionsOf(element: Json): Option[] {
  const groups = Array.isArray(element['option_groups']) ? element['option_groups'] : [];
  const lists: unknown[] = [
    element['options'],
    ...groups.map((group: unknown) => (isJson(group) ? group['options'] : [])),
  ];
  return lists.flatMap((list) => (Array.isArray(list) ? list.filter(isOption) : []));
}

function isOption(value: unknown): value is Option {
  return isJson(value) && isJson(value['text']) && typeof value['text']['text'] === 'string';
}

/** The text of a text object, or nothing. */
export function textOf(value: unknown): string {
  return isJson(value) && typeof value['text'] === 'string' ? value['text'] : '';
}

/** What a control is called by someone who looks at it. */
function labelOf(control: Control): string {
  const { element, block } = control;
  return textOf(element['text']) || textOf(element['placeholder']) || textOf(block['label']);
}

/** Words as read: emoji, decoration and case aside. */
export function plain(label: string): string {
  return label
    .replace(/:[a-z0-9_+-]+:/g, ' ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .toLowerCase();
}

/** Whether a person calls this `name`; exact names win over ones that only read the same. */
function matches<T>(
  candidates: readonly T[],
  names: (candidate: T) => string[],
  name: string,
): T[] {
  const exact = candidates.filter((candidate) => names(candidate).includes(name));
  if (exact.length > 0) return exact;
  const wanted = plain(name);
  return candidates.filter((candidate) =>
    names(candidate).some((own) => own !== '' && plain(own) === wanted && wanted !== ''),
  );
}

export interface Press {
  control: Control;
  /** The option of a menu that was pressed; none for a button. */
  option?: Option;
}

/** What `clicks(name)` presses: a button, or an option of a menu, radio group or select. */
export function findPress(blocks: readonly Block[], name: string, where: string): Press {
  const presses = controlsOf(blocks).flatMap((control): Press[] => {
    const options = optionsOf(control.element);
    return options.length > 0 ? options.map((option) => ({ control, option })) : [{ control }];
  });
  const found = matches(
    presses,
    ({ control, option }) =>
      option
        ? [option.text.text, ...(option.value === undefined ? [] : [option.value])]
        : [labelOf(control), control.element.action_id],
    name,
  );
  return only(found, name, where, blocks);
}

/** The control called `name` by action_id, placeholder, label, or block_id. */
export function findControl(blocks: readonly Block[], name: string, where: string): Control {
  const controls = controlsOf(blocks);
  const byBlock = controls.filter((control) => control.block_id === name);
  const found =
    byBlock.length > 0
      ? byBlock
      : matches(
          controls,
          (control) => [
            control.element.action_id,
            labelOf(control),
            textOf(control.block['label']),
          ],
          name,
        );
  return only(found, name, where, blocks);
}

export function findOption(element: Json, name: string): Option {
  const options = optionsOf(element);
  const found = matches(
    options,
    (option) => [option.text.text, ...(option.value === undefined ? [] : [option.value])],
    name,
  );
  const [option] = found;
  if (!option) {
    throw new Error(
      `no option "${name}"; there are: ${options.map((each) => `"${each.text.text}"`).join(', ') || 'none'}`,
    );
  }
  return option;
}

function only<T>(found: readonly T[], name: string, where: string, blocks: readonly Block[]): T {
  const [first, second] = found;
  if (first === undefined) {
    throw new Error(`no "${name}" in ${where}; there is: ${describeControls(blocks)}`);
  }
  if (second !== undefined) {
    throw new Error(
      `${found.length} things are called "${name}" in ${where}; use an action_id: ${describeControls(blocks)}`,
    );
  }
  return first;
}

/** `[Approve] (item_approve), [More: Snooze | Reassign] (item_more)` */
export function describeControls(blocks: readonly Block[]): string {
  const lines = controlsOf(blocks).map((control) => {
    const options = optionsOf(control.element).map((option) => option.text.text);
    const label = [labelOf(control), options.join(' | ')].filter((part) => part !== '').join(': ');
    return `[${label}] (${control.element.action_id})`;
  });
  return lines.length > 0 ? lines.join(', ') : 'nothing to press';
}
