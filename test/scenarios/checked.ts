/** A policy that checks and asks blind, and its items. */
import { readFileSync } from 'node:fs';
import { checkItem } from '../../src/domain/check-item.ts';
import { parseItem } from '../../src/domain/parse-item.ts';
import { edited } from '../edited.ts';

const RULES = `rules:
  - {id: behind, when: "'behind' in item.tags", route: {ask: {after: let_through}}}
  - {id: blind-check, when: "'blind-check' in item.tags", route: {ask: {blind: true, after: let_through}}}
  - {id: blind, when: "'blind' in item.tags", route: {ask: {blind: true}}}
`;
export const POLICY = edited(readFileSync('policies/default.yaml', 'utf8'), ['rules:\n', RULES]);

export const sure = { confidence: 0.97, impact: 2 };
export const checkOf = (item: object): string => {
  const read = parseItem(item);
  if (!read.ok) throw new Error('no item');
  return checkItem(read.item).item.id;
};
