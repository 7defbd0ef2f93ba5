/** Sends the rows of Slack's lanes: each effect to the file that knows it. */
import type { WebClient } from '@slack/web-api';
import type { Delivery } from '../outbox/delivery.ts';
import type { OutboxRow } from '../outbox/outbox-table.ts';
import type { World } from '../world/world.ts';
import { askAboutPerson } from './ask-about-person.ts';
import { drawCard } from './render-card.ts';
import { postThreadMessage } from './post-thread-message.ts';
import { sendExport } from './send-export.ts';
import { sendNote } from './send-note.ts';
import { keepUsergroup } from './sync-usergroup.ts';

/** What Slack answers becomes what happens to the row; nothing is done until Slack has said so. */
export async function sendSlack(
  world: World,
  web: WebClient,
  rows: OutboxRow[],
): Promise<Delivery[]> {
  return Promise.all(rows.map((row) => sendOne(world, web, row)));
}

async function sendOne(world: World, web: WebClient, row: OutboxRow): Promise<Delivery> {
  const { effect } = row;
  switch (effect.effect) {
    case 'draw_card':
      return drawCard(world, web, row, effect);
    case 'say':
      return postThreadMessage(world, web, row, effect);
    case 'note':
      return sendNote(world, web, effect);
    case 'export':
      return sendExport(world, web, effect);
    case 'sync_usergroup':
      return keepUsergroup(world, web, effect);
    case 'ask_about_person':
      return askAboutPerson(world, web, effect);
    case 'home':
    case 'result':
    case 'webhook':
    case 'info_webhook':
    case 'pagerduty':
      return { delivery: 'failed', error: `a ${effect.effect} is not for Slack` };
    default:
      return effect satisfies never;
  }
}
