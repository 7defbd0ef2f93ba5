import { describe, expect, it } from 'vitest';
import { itemEntry } from '../../../src/audit/log-entry.ts';
import { replayItem } from '../../../src/audit/replay-item.ts';
import type { AuditEvent, ItemEventName, ReadEvent } from '../../../src/domain/audit-event.ts';

/** Entries as the first release wrote them, and one that only a later one will. */
const LOG = [
  `{"at":1000,"event":"item.accepted","facts":{"allowed":["approve","edit","reject"],"at_the_end":"expired","domain":"billing","impact":7,"item_digest":"sha256:1a","kind":"approval","level":1,"policy_version":"sha256:2b","reason_required":false,"requested_at":1000,"rule":"unsure","source":"queue","version":1,"view_rev":1,"why_digest":"sha256:3c"},"item_id":"old-1","seq":1}`,
  `{"at":2000,"event":"item.claimed","facts":{"slack_user":"U0ALICE","version":2,"view_rev":1},"item_id":"old-1","seq":2}`,
  `{"at":2500,"event":"item.teleported","facts":{"to":"U0BOB"},"item_id":"old-1","seq":3}`,
  `{"at":3000,"event":"item.decided","facts":{"by":"human","decided_at":3000,"decision_id":"d-1","error_tags":[],"level":1,"outcome":"approved","slack_user":"U0ALICE","text_digest":"sha256:4d","version":3,"view_rev":2},"item_id":"old-1","seq":4}`,
];
const entries = LOG.map((entry_json, at) => {
  const { event } = JSON.parse(entry_json) as { event: ItemEventName };
  return itemEntry({ seq: at + 1, at: (at + 1) * 1000, event, entry_json });
});

describe('the events of the audit log', () => {
  it('of the first release are replayed as they were; one of a later release changes nothing', () => {
    const told = replayItem(entries);
    expect(told.faults).toEqual([]);
    expect(told.item).toMatchObject({
      version: 3,
      status: 'decided',
      outcome: 'approved',
      claimed_by: 'U0ALICE',
      claimed_at: 2000,
      // Told by no entry of that release.
      sample: undefined,
    });
    expect(told.decision).toMatchObject({ id: 'd-1', slack_user: 'U0ALICE', compared: undefined });
    expect(replayItem(entries.filter((one) => one.seq !== 3)).item).toEqual(told.item);
  });

  it('are compiled: what is written, what is read, and what is left out', () => {
    const writes = (event: AuditEvent) => event;
    // @ts-expect-error: no such event
    writes({ event: 'item.teleported', item_id: 'a', facts: { to: 'U0BOB' } });
    // @ts-expect-error: it lacks when it ends
    writes({ event: 'item.snoozed', item_id: 'a', facts: { slack_user: 'U0BOB' } });
    // @ts-expect-error: it is about an item
    writes({ event: 'item.passed', item_id: null, facts: { slack_user: 'U0BOB' } });
    // @ts-expect-error: not one of its facts
    writes({ event: 'item.passed', item_id: 'a', facts: { slack_user: 'U0BOB', words: 'no' } });

    const reads = (entry: ReadEvent<'item.passed' | 'item.snoozed'>): unknown => {
      switch (entry.event) {
        case 'item.passed':
          // @ts-expect-error: an entry of that event doesn't tell it
          return entry.facts.until;
        default:
          // @ts-expect-error: what the verifier's switch has no case for is not never
          return entry satisfies never;
      }
    };
    expect(reads({ seq: 1, at: 1, event: 'item.passed', facts: {} })).toBeUndefined();
  });
});
