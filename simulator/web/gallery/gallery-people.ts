// Who is who in the gallery. Pure.
import type { Choice, People } from '../blocks/types.ts';

const USERS: readonly Choice[] = [
  { id: 'U0ALICE', name: 'Alice Ahrens' },
  { id: 'U0BOB', name: 'Bob Brandt' },
  { id: 'U0CAROL', name: 'Carol Costa' },
  { id: 'U0DANA', name: 'Dana Dietz' },
  { id: 'U0DAVE', name: 'Dave Dunn' },
  { id: 'U0BOSS', name: 'Mia Meyer' },
  { id: 'U0PAGER', name: 'HITL Pager' },
  { id: 'U024BE7LH', name: 'Sam Sander' },
];
const CHANNELS: readonly Choice[] = [
  { id: 'C0BILLING', name: 'billing' },
  { id: 'C0BILL', name: 'billing-old' },
  { id: 'C0SUPPORT', name: 'support' },
];
const nameIn = (list: readonly Choice[], id: string): string =>
  list.find((one) => one.id === id)?.name ?? id;

/** @param now epoch milliseconds */
export const galleryPeople = (now: number): People => ({
  userName: (id) => nameIn(USERS, id),
  channelName: (id) => nameIn(CHANNELS, id),
  usergroupHandle: (id) => (id === 'S0BILLING' ? 'billing-experts' : id),
  timezone: 'Europe/Berlin',
  now,
  users: () => [...USERS],
  channels: () => [...CHANNELS],
});
