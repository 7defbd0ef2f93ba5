// A notice that stands out by its level.
import type { BlockProps } from './blocks.tsx';
import { Icon } from './icon.tsx';
import { Text } from './text.tsx';

const LEVELS = ['default', 'info', 'warning', 'error', 'success'] as const;

export function Alert({ block, surface }: BlockProps) {
  const level = LEVELS.find((one) => one === block['level']) ?? 'default';
  return (
    <div class={`bk-alert bk-alert-${level}`} role="note">
      <Icon name={level} />
      {level !== 'default' && <span class="bk-hidden">{level}: </span>}
      <div class="bk-text">
        <Text value={block['text']} people={surface.people} />
      </div>
    </div>
  );
}
