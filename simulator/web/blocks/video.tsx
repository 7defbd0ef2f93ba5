// A video: what it is and where it would be seen. It is not fetched.
import { safeHref } from '../text/safe-href.ts';
import type { BlockProps } from './blocks.tsx';
import { Icon } from './icon.tsx';
import { SafeLink } from './inlines.tsx';
import { stringOf } from './payload.ts';
import { Text } from './text.tsx';

export function Video({ block, surface }: BlockProps) {
  const href = safeHref(stringOf(block['title_url']) || stringOf(block['video_url']));
  const title = <Text value={block['title']} people={surface.people} />;
  const by = [stringOf(block['author_name']), stringOf(block['provider_name'])].filter(Boolean);
  return (
    <figure class="bk-figure">
      <figcaption class="bk-text">
        <strong>{href === null ? title : <SafeLink href={href}>{title}</SafeLink>}</strong>
        {by.length > 0 && <div class="bk-option-description">{by.join(' · ')}</div>}
        <div>
          <Text value={block['description']} people={surface.people} />
        </div>
      </figcaption>
      <span class="bk-frame">
        <Icon name="play" />
        <span class="bk-run">{stringOf(block['alt_text'])}</span>
      </span>
    </figure>
  );
}
