/**
 * Every door of the pager in Slack, against the eight kinds of people: what is registered has a row, and each cell is
 * tried. Whoever may not is told why, and nothing has changed.
 */
import type { App } from '@slack/bolt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HandlerContext } from '../../../handlers/context/handler-context.ts';
import { SUBCOMMANDS } from '../../../handlers/commands/hitl-command.ts';
import { registerHandlers } from '../../../handlers/register.ts';
import type { Ack } from '../../../simulator/slack/delivery.ts';
import { openDoors, PEOPLE, type Doors, type Kind } from './desk-of-doors.ts';
import { ROWS, type Row } from './rows.ts';

/** Of each refusal, what its sentence has and no other. */
const SENTENCES: Record<string, RegExp> = {
  own_request: /You asked for this yourself/,
  not_a_decider: /Only the .* can decide this/,
  other_team: /Only people of this workspace can/,
  guest: /Guests can do this only where/,
  bot: /Apps can’t do this/,
  deactivated: /this account is deactivated/,
  not_a_manager: /only managers (?:can pause|may)|for managers\. The policy names them/i,
  not_paged: /not with you any more/,
  not_requester: /Only whoever asked for this can answer/,
  others_decision: /decided this, so it is theirs to say/,
  not_concerned: /not yours to see/,
  decides_nothing: /puts a question to those who do/,
  not_in_rotation: /Only managers, and the people of/,
  not_your_override: /Only a manager, whoever made this change/,
};
const KINDS = Object.keys(PEOPLE) as Kind[];

/** Doors by which nobody acts: Slack itself tells of an account. What a Home shows has a test of its own. */
const NOBODYS = ['event user_change', 'event app_home_opened'];

function registered(): string[] {
  const doors: string[] = [];
  const app = {
    action: (id: string | RegExp) => doors.push(`action ${String(id)}`),
    view: ({ callback_id }: { callback_id: string }) => doors.push(`view ${callback_id}`),
    shortcut: (id: string) => doors.push(`shortcut ${id}`),
    event: (name: string) => doors.push(`event ${name}`),
    command: (name: string) => doors.push(...SUBCOMMANDS.map((word) => `command ${name} ${word}`)),
  };
  registerHandlers(app as unknown as App, {} as HandlerContext);
  return doors;
}

it('each door that is registered has a row, and each row a door', () => {
  const rows = new Set(ROWS.map((row) => row.door.split(' | ')[0]));
  expect(new Set([...rows, ...NOBODYS])).toEqual(new Set(registered()));
});

describe(`each door for ${KINDS.join(', ')}`, () => {
  let doors: Doors;
  beforeAll(async () => {
    doors = await openDoors();
  });
  afterAll(() => doors.desk.close());

  /** What was said to somebody since, and what the ack shows. */
  const since = async (user: string, before: readonly string[], ack: Ack): Promise<string> =>
    [...without(await doors.told(user), before), JSON.stringify(ack)].join('\n');
  const calls = (method: string) =>
    doors.desk.slack.calls.filter((one) => one.method === method).length;
  /** Files, and windows above others: what goes out and is in no table. */
  const sent = () => calls('files.completeUploadExternal') + calls('views.push');

  /** One after the other at the same thing: none of them changes it. */
  async function areRefused(row: Row, refused: [string, string][]): Promise<void> {
    const [first] = refused[0] ?? [];
    if (first === undefined) return;
    const knock = await row.make(doors, first);
    for (const [user, word] of refused) {
      const sentence = SENTENCES[word];
      if (!sentence) throw new Error(`no sentence for ${word}`);
      await doors.settled();
      const standing = await doors.standing();
      const sentBefore = sent();
      const heard = await doors.told(user);
      const ack = await knock(user);
      expect(ack.ok, `${user} is acked`).toBe(true);
      await doors.desk.until(`${user} is told ${word}`, async () =>
        sentence.test(await since(user, heard, ack)),
      );
      await doors.settled();
      expect(await doors.standing(), `${user} has changed nothing`).toBe(standing);
      expect(doors.desk.slack.user(user).sees().modals, `${user} has nothing open`).toEqual([]);
      // The pictures of figures that somebody asked for before may still be on their way.
      if (row.did === 'uploads' || row.did === 'pushes') expect(sent()).toBe(sentBefore);
    }
  }

  async function isLetIn(row: Row, user: string): Promise<void> {
    const knock = await row.make(doors, user);
    await doors.settled();
    const { slack } = doors.desk;
    slack.workspace.stacks.clear();
    const standing = await doors.standing();
    const heard = await doors.told(user);
    const posted = slack.messages('C0BILLING').length;
    const sentBefore = sent();
    const ack = await knock(user);
    expect(ack.ok, `${user} is acked`).toBe(true);
    const happened = async (): Promise<boolean> => {
      switch (row.did) {
        case 'changes':
          return (await doors.standing()) !== standing;
        case 'opens':
          return slack.user(user).sees().modals.length > 0;
        case 'pushes':
          return sent() > sentBefore;
        case 'answers':
          return (await doors.told(user)).length > heard.length;
        case 'posts':
          // A picture is posted once Slack has looked at it; time moves on meanwhile.
          doors.desk.clock.advance(300);
          return slack.messages('C0BILLING').length > posted;
        case 'uploads':
          return sent() > sentBefore || (await doors.told(user)).length > heard.length;
        case 'nothing':
          return true;
        default:
          return row.did satisfies never;
      }
    };
    await doors.desk.until(`${user} may: ${row.did}`, happened);
    const said = await since(user, heard, ack);
    for (const [word, sentence] of Object.entries(SENTENCES))
      expect(said, `${user} is not told ${word}`).not.toMatch(sentence);
    if (row.did === 'nothing') expect(await doors.standing()).toBe(standing);
    slack.workspace.stacks.clear();
    await doors.settled();
  }

  it.each(ROWS.map((row) => [row.door, row] as const))('%s', async (_, row) => {
    const cells = KINDS.map((kind, at) => [PEOPLE[kind], row.cells[at] ?? ''] as [string, string]);
    expect(row.cells).toHaveLength(KINDS.length);
    await areRefused(
      row,
      cells.filter(([, cell]) => cell !== 'yes'),
    );
    for (const [user, cell] of cells) if (cell === 'yes') await isLetIn(row, user);
  });
});

/** Those of `all` that are not in `before`, each as often as it is more there. */
function without(all: readonly string[], before: readonly string[]): string[] {
  const left = [...before];
  return all.filter((one) => {
    const at = left.indexOf(one);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
