// Buttons, menus and other controls as faces in a terminal.
import type { Json } from './controls.ts';
import { optionsOf, textOf } from './controls.ts';
import { emoji } from './inline-text.ts';
import { columns } from './text-layout.ts';

/** A control as its face: `[ Approve ]`, `[ Choose… ▾ ]`, `[ ⋯ Snooze | Reassign ]`. */
export function control(element: Json): string[] {
  const text = emoji(textOf(element['text']));
  const placeholder = emoji(textOf(element['placeholder']));
  switch (element['type']) {
    case 'button':
    case 'icon_button':
    case 'workflow_button':
      return [`[ ${text} ]`];
    case 'feedback_buttons':
      return ['[ 👍 ]', '[ 👎 ]'];
    case 'overflow':
      return [
        `[ ⋯ ${optionsOf(element)
          .map((option) => emoji(option.text.text))
          .join(' | ')} ]`,
      ];
    case 'radio_buttons':
      return optionsOf(element).map((option) => `( ) ${emoji(option.text.text)}`);
    case 'checkboxes':
      return optionsOf(element).map((option) => `[ ] ${emoji(option.text.text)}`);
    case 'image':
      return [`(${emoji(String(element['alt_text']))})`];
    default:
      return [`[ ${placeholder || String(element['type']).replaceAll('_', ' ')} ▾ ]`];
  }
}

/** Controls beside each other, on as many lines as they need. */
export function row(parts: readonly string[], width: number): string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    if (last !== undefined && columns(last) + 2 + columns(part) <= width) {
      lines[lines.length - 1] = `${last}  ${part}`;
    } else lines.push(part);
  }
  return lines;
}
