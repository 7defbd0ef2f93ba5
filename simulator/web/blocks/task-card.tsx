// One task of an agent: how far it is, what it did, and from what.
import { isJson } from '../../slack/controls.ts';
import { safeHref } from '../text/safe-href.ts';
import type { BlockProps } from './blocks.tsx';
import { SafeLink } from './inlines.tsx';
import { listOf, stringOf } from './payload.ts';
import { RichText } from './rich-text.tsx';

const STATES: Record<string, { sign: string; word: string }> = {
  pending: { sign: '○', word: 'Pending' },
  in_progress: { sign: '◐', word: 'In progress' },
  complete: { sign: '✓', word: 'Complete' },
  error: { sign: '✕', word: 'Failed' },
};

export function TaskCard({ block, surface }: BlockProps) {
  const state = STATES[stringOf(block['status'])] ?? { sign: '○', word: 'Pending' };
  return (
    <div class="bk-task">
      <span class="bk-task-sign" role="img" aria-label={state.word} title={state.word}>
        {state.sign}
      </span>
      <div class="bk-task-words">
        <div class="bk-run">{stringOf(block['title'])}</div>
        {isJson(block['details']) && <RichText block={block['details']} people={surface.people} />}
        {isJson(block['output']) && <RichText block={block['output']} people={surface.people} />}
        {listOf(block['sources']).map((source, at) => {
          const href = safeHref(stringOf(source['url']));
          const words = stringOf(source['text']) || stringOf(source['url']);
          return (
            <div key={at}>{href === null ? words : <SafeLink href={href}>{words}</SafeLink>}</div>
          );
        })}
      </div>
    </div>
  );
}
