// One interactive element, by its type.
import { namingAttributes } from '../naming.ts';
import type { Naming } from '../naming.ts';
import { Unknown } from '../unknown.tsx';
import type { Place } from '../use-held.ts';
import { Button } from './button.tsx';
import { FeedbackButtons } from './feedback-buttons.tsx';
import { IconButton } from './icon-button.tsx';
import { OptionBoxes } from './option-boxes.tsx';
import { Overflow } from './overflow.tsx';
import { Picker } from './picker.tsx';
import { Picture } from './picture.tsx';
import { RichTextInput } from './rich-text-input.tsx';
import { Select } from './select.tsx';
import { TextInput } from './text-input.tsx';

export interface ElementProps extends Place {
  naming: Naming;
  /** A single choice may be taken back: in optional inputs. */
  clearable: boolean;
}

export function Element(props: ElementProps) {
  const { element } = props;
  switch (element['type']) {
    case 'button':
    case 'workflow_button':
      return <Button {...props} />;
    case 'icon_button':
      return <IconButton {...props} />;
    case 'feedback_buttons':
      return <FeedbackButtons {...props} />;
    case 'overflow':
      return <Overflow {...props} />;
    case 'static_select':
    case 'multi_static_select':
    case 'external_select':
    case 'multi_external_select':
    case 'users_select':
    case 'multi_users_select':
    case 'channels_select':
    case 'multi_channels_select':
    case 'conversations_select':
    case 'multi_conversations_select':
      return <Select {...props} />;
    case 'radio_buttons':
    case 'checkboxes':
      return <OptionBoxes {...props} />;
    case 'datepicker':
    case 'timepicker':
    case 'datetimepicker':
      return <Picker {...props} />;
    case 'plain_text_input':
    case 'number_input':
    case 'email_text_input':
    case 'url_text_input':
      return <TextInput {...props} />;
    case 'rich_text_input':
      return <RichTextInput {...props} />;
    case 'file_input':
      return <input {...namingAttributes(props.naming)} class="bk-input" type="file" disabled />;
    case 'image':
      return <Picture element={element} />;
    default:
      return <Unknown what="element" payload={element} />;
  }
}

/** Those that a `<label for>` can point at; the others are groups of controls. */
export const isSingleControl = (type: unknown): boolean =>
  type !== 'radio_buttons' && type !== 'checkboxes';
