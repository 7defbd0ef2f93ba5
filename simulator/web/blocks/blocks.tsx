// A message's, modal's or Home's blocks, one under the other.
import { useErrorBoundary } from 'preact/hooks';
import { isJson } from '../../slack/controls.ts';
import type { Json } from '../../slack/controls.ts';
import { Actions } from './actions.tsx';
import { Alert } from './alert.tsx';
import { Card } from './card.tsx';
import { Carousel } from './carousel.tsx';
import { Container } from './container.tsx';
import { Context } from './context.tsx';
import { ContextActions } from './context-actions.tsx';
import { DataTable } from './data-table.tsx';
import { Divider } from './divider.tsx';
import { File } from './file.tsx';
import { Header } from './header.tsx';
import { Image } from './image.tsx';
import { Input } from './input.tsx';
import { Markdown } from './markdown.tsx';
import { stringOf } from './payload.ts';
import { Plan } from './plan.tsx';
import { RichText } from './rich-text.tsx';
import { Section } from './section.tsx';
import { Table } from './table.tsx';
import { TaskCard } from './task-card.tsx';
import type { Surface } from './types.ts';
import { Unknown } from './unknown.tsx';
import { Video } from './video.tsx';

/** What each block is drawn from. */
export interface BlockProps {
  block: Json;
  block_id: string;
  surface: Surface;
}

export function Blocks({ blocks, surface }: { blocks: readonly unknown[]; surface: Surface }) {
  return (
    <div class={`bk-blocks bk-on-${surface.kind}`}>
      {keyed(blocks).map(({ key, block }, at) => (
        <Guarded key={key} block={block} block_id={blockId(block, at)} surface={surface} />
      ))}
    </div>
  );
}

const blockId = (block: unknown, at: number): string =>
  (isJson(block) ? stringOf(block['block_id']) : '') || `#${at}`;

/**
 * A key that outlives a redraw: its type and its place among those of its type, counted from the end for actions, which
 * stand last. A button that was pressed keeps the focus though the card around it has changed.
 */
function keyed(blocks: readonly unknown[]): { key: string; block: unknown }[] {
  const types = blocks.map((block) => (isJson(block) ? stringOf(block['type']) : ''));
  return blocks.map((block, at) => {
    const type = types[at] ?? '';
    const peers = (type === 'actions' ? types.slice(at + 1) : types.slice(0, at)).filter(
      (one) => one === type,
    );
    // An input is known by its id: what was typed must not pass to another.
    const place = type === 'input' ? blockId(block, at) : String(peers.length);
    return { key: `${type}:${place}`, block };
  });
}

/** A block that cannot be drawn leaves the others standing. */
function Guarded({
  block,
  block_id,
  surface,
}: {
  block: unknown;
  block_id: string;
  surface: Surface;
}) {
  const [trouble] = useErrorBoundary();
  if (trouble !== undefined)
    return <Unknown what="block" payload={block} trouble={String(trouble)} />;
  if (!isJson(block)) return <Unknown what="block" payload={block} />;
  return <Block block={block} block_id={block_id} surface={surface} />;
}

function Block(props: BlockProps) {
  const { block, surface } = props;
  switch (block['type']) {
    case 'header':
      return <Header {...props} />;
    case 'section':
      return <Section {...props} />;
    case 'context':
      return <Context {...props} />;
    case 'divider':
      return <Divider />;
    case 'image':
      return <Image {...props} />;
    case 'actions':
      return <Actions {...props} />;
    case 'rich_text':
      return <RichText block={block} people={surface.people} />;
    case 'input':
      return <Input {...props} />;
    case 'table':
      return <Table {...props} />;
    case 'data_table':
      return <DataTable {...props} />;
    case 'markdown':
      return <Markdown {...props} />;
    case 'alert':
      return <Alert {...props} />;
    case 'context_actions':
      return <ContextActions {...props} />;
    case 'card':
      return <Card {...props} />;
    case 'carousel':
      return <Carousel {...props} />;
    case 'container':
      return <Container {...props} />;
    case 'plan':
      return <Plan {...props} />;
    case 'task_card':
      return <TaskCard {...props} />;
    case 'file':
      return <File {...props} />;
    case 'video':
      return <Video {...props} />;
    default:
      return <Unknown what="block" payload={block} />;
  }
}
