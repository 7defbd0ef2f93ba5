/**
 * Sections that are maps from names an operator chose: groups, hours, ladders, domains. Pure.
 */
import { NAME } from '../access/person-ref.ts';
import { report, type Reading } from './section-reader.ts';
import type { YamlPath } from './yaml-source.ts';

export interface Named<T> {
  /** Without prototype: a name such as `constructor` finds nothing. */
  read: Record<string, T>;
  /** Every name there is, also of what could not be read, so that one fault is not told twice. */
  names: ReadonlySet<string>;
}

export const isMapping = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads each entry of `file[key]`; those that cannot be read (null) are left out, their problems noted. */
export function readNamed<T>(
  reading: Reading,
  file: Record<string, unknown>,
  key: string,
  read: (value: unknown, path: YamlPath, name: string) => T | null,
): Named<T> {
  const named: Record<string, T> = Object.create(null);
  const names = new Set<string>();
  const section = file[key];
  if (section === undefined) return { read: named, names };
  if (!isMapping(section)) {
    report(reading, [key], reading.source.at([key]), 'must be a map of names');
    return { read: named, names };
  }
  for (const [name, value] of Object.entries(section)) {
    const path = [key, name];
    names.add(name);
    if (!NAME.test(name)) {
      report(
        reading,
        path,
        reading.source.atKey(path),
        'is not a name',
        'letters, digits, - and _, at most 64, like billing-experts',
      );
      continue;
    }
    const entry = read(value, path, name);
    if (entry !== null) named[name] = entry;
  }
  return { read: named, names };
}
