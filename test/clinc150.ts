/** 3,100 real questions with a real model's answer, its confidence, a second model's answer, and the truth. */
import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

export interface Query {
  id: string;
  /** The question; its id where the data set does not stand beside the checkout. */
  text: string;
  predicted: string;
  /** What the question is about. */
  domain: string;
  confidence: number;
  second_opinion: string;
  label: string;
}

const WHOLE = '../shared/data/clinc150-val.jsonl';

export function clinc150(): Query[] {
  const [head = '', ...lines] = gunzipSync(readFileSync('test/data/clinc150-val.tsv.gz'))
    .toString()
    .trimEnd()
    .split('\n');
  const keys = head.split('\t');
  const texts = new Map(
    existsSync(WHOLE)
      ? readFileSync(WHOLE, 'utf8')
          .trimEnd()
          .split('\n')
          .map((line): [string, string] => {
            const { id, text } = JSON.parse(line) as { id: string; text: string };
            return [id, text];
          })
      : [],
  );
  return lines.map((line) => {
    const cells = line.split('\t');
    const cell = (key: string): string => cells[keys.indexOf(key)] ?? '';
    const id = cell('id');
    return {
      id,
      text: texts.get(id) ?? `Question ${id}`,
      predicted: cell('predicted'),
      domain: cell('domain'),
      confidence: Number(cell('confidence')),
      second_opinion: cell('second_opinion'),
      label: cell('label'),
    };
  });
}
