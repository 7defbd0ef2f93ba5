/** The pager's log: one JSON object a line, with its level by name and its time in RFC 3339. */
import pino, { type DestinationStream, type LevelWithSilent, type Logger } from 'pino';

/** @param destination standard output unless said */
export function createLog(level: LevelWithSilent, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (name: string) => ({ level: name }) },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}
