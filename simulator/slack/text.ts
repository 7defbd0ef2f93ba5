// A message, card or modal as one reads it in a terminal of 80 to 100 columns.
import { control, row } from './control-text.ts';
import type { Json } from './controls.ts';
import { isJson, textOf } from './controls.ts';
import type { Reading } from './inline-text.ts';
import { emoji, inlineToText, mrkdwnToText, textObjectToText } from './inline-text.ts';
import { beside, box, columns, padEnd, RULE, wrap } from './text-layout.ts';
import { initialValue, isEmpty } from './view-state.ts';
import type { StateValues, TextObject } from './records.ts';

interface TextOptions extends Reading {
  /** Columns over all; 88 where nothing is said. */
  width?: number;
}

interface Readable {
  text: string;
  blocks?: readonly Json[];
}

/** Any message: a box with what its blocks show, or its text. */
export function messageAsText(message: Readable, options: TextOptions): string {
  const width = options.width ?? 88;
  const blocks = message.blocks ?? [];
  if (blocks.length === 0) return wrap(mrkdwnToText(message.text, options), width).join('\n');
  return box(linesOfBlocks(blocks, width - 4, options), width).join('\n');
}

/** A modal with what is entered in it, or a Home. */
export function viewAsText(
  view: {
    title?: TextObject;
    submit?: TextObject;
    close?: TextObject;
    blocks: readonly Json[];
    entered?: StateValues;
  },
  options: TextOptions,
): string {
  const width = options.width ?? 88;
  const lines = linesOfBlocks(view.blocks, width - 4, options, view.entered ?? {});
  if (view.submit) {
    const close = emoji(view.close?.text ?? 'Cancel');
    lines.push(RULE, `[ ${close} ]  [ ${emoji(view.submit.text)} ]`);
  }
  return box(lines, width, emoji(view.title?.text ?? 'Home')).join('\n');
}

function linesOfBlocks(
  blocks: readonly Json[],
  width: number,
  reading: Reading,
  entered: StateValues = {},
): string[] {
  const lines: string[] = [];
  blocks.forEach((block, index) => {
    const own = linesOfBlock(block, width, reading, entered);
    const after = blocks[index - 1];
    const apart = index > 0 && own[0] !== RULE && lines.at(-1) !== RULE && !belongsTo(block, after);
    if (apart) lines.push('');
    lines.push(...own);
  });
  return lines;
}

/** A context line or row of buttons stands close to what it belongs to. */
function belongsTo(block: Json, before: Json | undefined): boolean {
  return (
    block['type'] === 'context' && (before?.['type'] === 'header' || before?.['type'] === 'context')
  );
}

function list(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isJson) : [];
}

function linesOfBlock(
  block: Json,
  width: number,
  reading: Reading,
  entered: StateValues,
): string[] {
  switch (block['type']) {
    case 'divider':
      return [RULE];
    case 'header':
      return wrap(textObjectToText(block['text'], reading), width);
    case 'section':
      return section(block, width, reading);
    case 'context':
      return wrap(
        list(block['elements'])
          .map((element) =>
            element['type'] === 'image'
              ? `(${emoji(String(element['alt_text']))})`
              : textObjectToText(element, reading),
          )
          .join(' · '),
        width,
      );
    case 'actions':
    case 'context_actions':
      return row(
        list(block['elements']).flatMap((element) => control(element)),
        width,
      );
    case 'rich_text':
      return richText(block, width, reading);
    case 'markdown':
      return wrap(mrkdwnToText(String(block['text']).replace(/\*\*/g, '*'), reading), width);
    case 'input':
      return input(block, width, reading, entered);
    case 'image':
      return wrap(`[image: ${emoji(textOf(block['title']) || String(block['alt_text']))}]`, width);
    case 'table':
    case 'data_table':
      return table(block, width, reading);
    case 'alert':
      return wrap(`! ${textObjectToText(block['text'], reading)}`, width, '  ');
    case 'carousel':
      return list(block['elements']).flatMap((card) => linesOfBlock(card, width, reading, entered));
    case 'container':
      return [
        ...wrap(textObjectToText(block['title'], reading), width),
        ...linesOfBlocks(list(block['child_blocks']), width, reading, entered),
      ];
    case 'card':
      return [
        ...['title', 'subtitle', 'body'].flatMap((part) => {
          const text = textObjectToText(block[part], reading);
          return text === '' ? [] : wrap(text, width);
        }),
        ...row(list(block['actions']).flatMap(control), width),
      ];
    case 'plan':
      return [
        emoji(String(block['title'])),
        ...list(block['tasks']).map((task) => `  ${taskLine(task)}`),
      ];
    case 'task_card':
      return [taskLine(block)];
    default:
      return [`[${String(block['type'])}]`];
  }
}

function taskLine(task: Json): string {
  const marks: Record<string, string> = { complete: '✔', in_progress: '…', error: '✗' };
  return `${marks[String(task['status'])] ?? '·'} ${emoji(String(task['title']))}`;
}

function section(block: Json, width: number, reading: Reading): string[] {
  const lines: string[] = [];
  const accessory = isJson(block['accessory']) ? control(block['accessory']).join(' ') : '';
  const text = textObjectToText(block['text'], reading);
  if (text !== '') {
    const room = accessory === '' ? width : width - columns(accessory) - 2;
    const own = wrap(text, Math.max(room, Math.floor(width / 2)));
    lines.push(...own);
    if (accessory !== '') {
      const [first = ''] = own;
      const fits = columns(first) + columns(accessory) + 2 <= width;
      if (fits) lines[0] = padEnd(first, width - columns(accessory)) + accessory;
      else lines.push(accessory);
    }
  } else if (accessory !== '') lines.push(accessory);
  const fields = list(block['fields']).map((field) =>
    wrap(textObjectToText(field, reading), Math.floor((width - 2) / 2)),
  );
  for (let index = 0; index < fields.length; index += 2) {
    lines.push(...beside(fields[index] ?? [], fields[index + 1] ?? [], width));
  }
  return lines;
}

function richText(block: Json, width: number, reading: Reading): string[] {
  let counter = 0;
  return list(block['elements']).flatMap((element) => {
    const { elements } = element;
    switch (element['type']) {
      case 'rich_text_list':
        return list(elements).flatMap((item) => {
          counter += 1;
          const mark = element['style'] === 'ordered' ? `${counter}. ` : '• ';
          const indent = '  '.repeat(Number(element['indent'] ?? 0));
          const hanging = ' '.repeat(indent.length + mark.length);
          return wrap(indent + mark + inlineToText(item['elements'], reading), width, hanging);
        });
      case 'rich_text_quote':
        return wrap(inlineToText(elements, reading), width - 2).map((line) => `▏ ${line}`);
      case 'rich_text_preformatted':
        return wrap(inlineToText(elements, reading), width - 4).map((line) => `    ${line}`);
      default: {
        const text = inlineToText(elements, reading).replace(/\n$/, '');
        return wrap(text, width);
      }
    }
  });
}

function input(block: Json, width: number, reading: Reading, entered: StateValues): string[] {
  const element = isJson(block['element']) ? block['element'] : {};
  const type = String(element['type']);
  const held =
    entered[String(block['block_id'])]?.[String(element['action_id'])] ??
    initialValue({ ...element, type });
  const optional = block['optional'] === true ? ' (optional)' : '';
  const label = `${textObjectToText(block['label'], reading)}${optional}`;
  const hint = textObjectToText(block['hint'], reading);
  const value = isEmpty(held) ? '' : heldText(held ?? {}, reading);
  const face =
    value === '' && (type === 'checkboxes' || type === 'radio_buttons')
      ? row(control(element), width - 2)
      : wrap(value || emoji(textOf(element['placeholder'])) || '…', width - 4).map(
          (line) => `▸ ${line}`,
        );
  return [
    ...wrap(label, width),
    ...face.map((line) => `  ${line}`),
    ...(hint === '' ? [] : wrap(hint, width - 2).map((line) => `  ${line}`)),
  ];
}

function heldText(held: Json, reading: Reading): string {
  const { type: _type, ...values } = held;
  const parts = Object.values(values).flatMap((value) => (Array.isArray(value) ? value : [value]));
  return parts
    .map((part: unknown) => {
      if (!isJson(part))
        return reading.nameOf && /^[UCS]0/.test(String(part))
          ? reading.nameOf(String(part))
          : String(part);
      if (part['type'] === 'rich_text') return richText(part, 200, reading).join(' ');
      return isJson(part['text']) ? textObjectToText(part['text'], reading) : '';
    })
    .join(', ');
}

function table(block: Json, width: number, reading: Reading): string[] {
  const rows = Array.isArray(block['rows']) ? block['rows'] : [];
  const cells = rows.map((cellsOfRow: unknown) =>
    list(cellsOfRow).map((cell) =>
      cell['type'] === 'rich_text'
        ? list(cell['elements'])
            .map((part) => inlineToText(part['elements'], reading))
            .join(' ')
        : emoji(String(cell['text'] ?? '')),
    ),
  );
  const count = Math.max(0, ...cells.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, column) =>
    Math.min(
      Math.floor(width / Math.max(1, count)) - 2,
      Math.max(0, ...cells.map((row) => columns(row[column] ?? ''))),
    ),
  );
  const lines = cells.map((row) =>
    widths
      .map((room, column) => {
        const [first = '', ...more] = wrap(row[column] ?? '', room);
        return padEnd(more.length > 0 ? `${first.slice(0, Math.max(0, room - 1))}…` : first, room);
      })
      .join('  ')
      .trimEnd(),
  );
  const [heading = '', ...rest] = lines;
  const caption = typeof block['caption'] === 'string' ? [emoji(block['caption'])] : [];
  return [...caption, heading, widths.map((room) => '─'.repeat(room)).join('  '), ...rest];
}
