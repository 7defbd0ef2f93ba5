/** Texts that were made to stop a process: one unit over and over, between two letters. */
const UNITS = [
  ...[' ', '\t', '\n', '\r\n', ' \n', '\u00a0', '\u2028', '\u0000', 'a', 'ab ', 'A1', '0', '0.'],
  ...['\u0301', 'a\u0301', '\u200d', '👩‍🔬', '🇩🇪', '\ud800', '\u202e', '\u200b'],
  ...['[', '{"a":', '{', '(', '<', '<@U123|', '<!date^1^', '&lt;', '`', '*', '_', '~', ':', ':a'],
  ...['\\', '\\u', '"', "'", '.', '-', '@', '/', '|', '%', '1h', '\n- a: ', 'for ', "['a']", '..a'],
];

/** One of each unit, of that many UTF-16 units. */
export const adversarial = (length: number): { unit: string; text: string }[] =>
  UNITS.map((unit) => {
    const text = `a${unit.repeat(Math.ceil(length / unit.length))}`.slice(0, length - 1);
    return { unit: JSON.stringify(unit), text: `${text}b` };
  });
