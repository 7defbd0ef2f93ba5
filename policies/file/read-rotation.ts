/** Reads working hours and rotations of the file, and what is wrong with them beyond their shape. Pure. */
import type { z } from 'zod';
import { rotationSchema, type hoursSchema } from './policy-schema.ts';
import type { Rotation, WorkingHours } from '../policy.ts';
import { readSection, report, type Reading } from './section-reader.ts';
import type { YamlPath } from './yaml-source.ts';

/** Hours that have been read by their schema; problems with them are noted. */
export function readHours(
  reading: Reading,
  hours: Omit<z.output<typeof hoursSchema>, 'timezone'>,
  path: YamlPath,
  timezone: string,
): WorkingHours {
  if (hours.days.length === 0) {
    const at = [...path, 'days'];
    report(reading, at, reading.source.at(at), 'are no days: the clock would never run');
  }
  if (hours.from === hours.to) {
    const at = [...path, 'to'];
    report(reading, at, reading.source.at(at), 'is the same time as `from`');
  }
  const { days, from, to, holidays = [] } = hours;
  return { timezone, days, from, to, holidays };
}

/** A rotation; null, and problems noted, where it cannot be read. */
export function readRotation(
  reading: Reading,
  value: unknown,
  path: YamlPath,
  id: string,
  timezone: string,
): Rotation | null {
  const rotation = readSection(reading, rotationSchema, value, path);
  if (rotation === null) return null;
  if (rotation.people.length === 0) {
    const at = [...path, 'people'];
    report(reading, at, reading.source.at(at), 'has nobody in it', 'name somebody');
    return null;
  }
  const zone = rotation.timezone ?? timezone;
  return {
    id,
    timezone: zone,
    start: rotation.start,
    shift: rotation.shift,
    people: rotation.people,
    hours: rotation.hours ? readHours(reading, rotation.hours, [...path, 'hours'], zone) : null,
    usergroup: rotation.usergroup ?? null,
  };
}
