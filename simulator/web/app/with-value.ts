// What a form holds, with one value more. Pure.
import type { FormValue, FormValues } from '../blocks/types.ts';

export const withValue = (
  values: FormValues,
  block_id: string,
  action_id: string,
  value: FormValue,
): FormValues => ({ ...values, [block_id]: { ...values[block_id], [action_id]: value } });
