/** What Slack sends of a form that was filled in. */

export const text = (value: string | null) => ({ value: { type: 'plain_text_input', value } });
export const option = (value: string | null) => ({
  value: { type: 'static_select', selected_option: value === null ? null : { value } },
});
export const options = (...values: string[]) => ({
  value: { type: 'checkboxes', selected_options: values.map((value) => ({ value })) },
});
export const date = (value: string | null) => ({
  value: { type: 'datepicker', selected_date: value },
});
