// A remote file, by the name that its app gave it.
import type { BlockProps } from './blocks.tsx';
import { Icon } from './icon.tsx';
import { stringOf } from './payload.ts';

export const File = ({ block }: BlockProps) => (
  <div class="bk-frame">
    <Icon name="file" />
    <span class="bk-run">File {stringOf(block['external_id'])}</span>
  </div>
);
