/** The code that a document shows, so that a test can run it. */
import { readFileSync } from 'node:fs';

/** Every fenced block of that language, in order. Throws where there is none: a test of nothing is no test. */
export function fencedCode(file: string, language: string): string[] {
  const text = readFileSync(file, 'utf8');
  const found = [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)]
    .filter((match) => match[1] === language)
    .map((match) => match[2] ?? '');
  if (found.length === 0) throw new Error(`${file} shows no ${language}`);
  return found;
}
