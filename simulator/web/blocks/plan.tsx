// A plan: its tasks in order.
import type { BlockProps } from './blocks.tsx';
import { listOf, stringOf } from './payload.ts';
import { TaskCard } from './task-card.tsx';

export const Plan = ({ block, block_id, surface }: BlockProps) => (
  <div class="bk-plan">
    <div class="bk-plan-title bk-run">{stringOf(block['title'])}</div>
    <ol class="bk-tasks">
      {listOf(block['tasks']).map((task, at) => (
        <li key={at}>
          <TaskCard block={task} block_id={block_id} surface={surface} />
        </li>
      ))}
    </ol>
  </div>
);
