/** A manager asks for an export in Slack: recorded, and sent as a file. Whether they may is asked before. */
import type { Person } from '../access/refused.ts';
import { sendExport } from '../outbox/enqueue.ts';
import type { ExportName, Span } from '../store/export-pages.ts';
import type { World } from '../world/world.ts';

export async function askForExport(
  world: World,
  person: Person,
  wanted: Span & { what: ExportName },
): Promise<void> {
  const { what, since, until } = wanted;
  await world.commit(async (unit) => {
    await unit.audit({
      event: 'export.asked',
      item_id: null,
      facts: { slack_user: person.user, what, since, until },
    });
    await sendExport(world, unit, { user: person.user, what, since, until });
  });
  world.log.info({ user: person.user, what }, 'export asked for');
}
