// The thirty items that the page puts in one after the other: by turns from the work with customers
// and from behind the scenes.
import type { Item } from '../../../src/domain/item.ts';
import { itemsAboutCustomers } from './items-about-customers.ts';
import { itemsAboutOperations } from './items-about-operations.ts';

export const thirtyItems: readonly Item[] = itemsAboutCustomers.flatMap((item, at) => {
  const other = itemsAboutOperations[at];
  return other ? [item, other] : [item];
});
