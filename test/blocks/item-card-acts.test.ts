/** What a card lets people do, and how it says that it has ended. */
import { describe, expect, it } from 'vitest';
import { itemCard } from '../../blocks/cards/item-card.ts';
import { allowedFor, type Item } from '../../src/domain/item.ts';
import {
  approval,
  comparison,
  decided,
  decisionOf,
  form,
  open,
  question,
  record,
  review,
} from './fixtures.ts';
import { actionIds, blockIds, ofType, words } from './seen.ts';

describe('the buttons', () => {
  const decidingIds = (item: Item) =>
    actionIds(itemCard(open(item))).filter((id) => !always.includes(id));
  const always = ['item_claim', 'item_escalate', 'item_details', 'item_more'];

  it.each([
    { item: approval, ids: ['item_approve', 'item_edit', 'item_reject'] },
    { item: question, ids: ['item_answer:1', 'item_answer:2', 'item_answer'] },
    { item: form, ids: ['item_answer'] },
    { item: review, ids: ['item_approve', 'item_edit', 'item_reject'] },
    {
      item: comparison,
      ids: ['item_prefer:1', 'item_prefer:2', 'item_prefer:3', 'item_prefer:tie'],
    },
    { item: { ...approval, allowed: ['approve'] }, ids: ['item_approve'] },
    { item: { ...approval, allowed: ['reject', 'approve'] }, ids: ['item_approve', 'item_reject'] },
    { item: { ...review, allowed: ['edit', 'escalate'] }, ids: ['item_edit'] },
    { item: { ...approval, action: { name: 'go' } }, ids: ['item_approve', 'item_reject'] },
  ] satisfies { item: Item; ids: string[] }[])(
    'of $item.kind ($item.allowed): $ids',
    ({ item, ids }) => {
      expect(decidingIds(item)).toEqual(ids);
    },
  );

  it('carry the item id, and speak of the revision', () => {
    const card = itemCard(open(approval, { view_rev: 17 }));
    expect(ofType(card, 'button').map((one) => one.value)).toEqual(Array(6).fill('order-4711'));
    expect(blockIds(card)).toEqual(['item:17']);
  });

  it('style what goes on as primary and what stops as danger', () => {
    const styles = ofType(itemCard(open(approval)), 'button').map((one) => one.style);
    expect(styles).toEqual(['primary', undefined, 'danger', undefined, undefined, undefined]);
  });

  it.each([4, 5, 10])('of %i options', (count) => {
    const options = Array.from({ length: count }, (_, at) => ({
      id: `o${at}`,
      label: `Option ${at}`,
    }));
    const card = itemCard(open({ ...question, options }));
    const presets = actionIds(card).filter((id) => id.startsWith('item_answer:'));
    const menus = ofType(card, 'static_select');
    expect(presets.length).toBe(count <= 4 ? count : 0);
    expect(menus.length).toBe(count <= 4 ? 0 : 1);
    expect(actionIds(card)).toContain('item_answer');
    if (count > 4) {
      expect(menus[0]).toMatchObject({ action_id: 'item_answer' });
      expect(menus[0]?.options).toHaveLength(count);
      expect(menus[0]?.options).toMatchObject(
        options.map(({ label }, at) => ({ value: String(at + 1), text: { text: label } })),
      );
      expect(blockIds(card)).toEqual(['item:2:options', 'item:2']);
    }
  });

  it('follow the record, not the item: what was allowed when it was taken in counts', () => {
    const input = { ...open(approval), record: record(approval, { allowed: ['reject'] }) };
    expect(actionIds(itemCard(input))).toEqual([
      'item_reject',
      'item_claim',
      'item_details',
      'item_more',
    ]);
    expect(allowedFor(approval)).toContain('approve');
  });
});

describe('how it ended', () => {
  const end = (item: Item, ...more: Parameters<typeof decisionOf>) =>
    words(itemCard(decided(item, decisionOf(...more))));

  it('says who, when, and how long it took', () => {
    expect(end(approval, 'approved')).toContain(
      '✅ Approved by @U0BOB · 2026-11-21 10:00 UTC · after 4 min',
    );
  });

  it('gives the reason and the tags of a rejection', () => {
    const seen = end(review, 'rejected', {
      rationale: 'Wrong day.',
      error_tags: ['factual', 'tone'],
    });
    expect(seen).toContain('❌ Rejected by @U0BOB');
    expect(seen).toContain('Wrong day.');
    expect(seen).toContain('Factually wrong, Wrong tone');
  });

  it('shows what was changed in the arguments, and never a hidden value', () => {
    const args = { ...approval.action?.args, amount: 200, iban: 'FR76 1111' };
    const seen = end(approval, 'edited', { action: { name: 'refund', args } });
    expect(seen).toContain('Edited and approved by @U0BOB');
    expect(seen).toContain('amount: 240 → 200');
    expect(seen).not.toMatch(/FR76|DE89/);
  });

  it('shows an edited text before and after', () => {
    const seen = end(review, 'edited', { answer: 'It arrives on Tuesday.' });
    expect(seen).toMatch(/Before.*Monday.*After.*Tuesday/s);
  });

  it('shows a form as its fields', () => {
    const seen = end(form, 'answered', {
      answer: { name: 'Acme', goods: ['ink', 'glue'], active: true },
    });
    expect(seen).toContain('name: Acme');
    expect(seen).toContain('goods: ink, glue');
    expect(seen).toContain('active: yes');
  });

  it('takes no ending for another', () => {
    expect(end(approval, 'expired')).toContain(
      '⌛ Expired: nobody decided in time (not a rejection) · 2026-11-21 10:00 UTC · after 4 min',
    );
    expect(end(approval, 'cancelled')).toContain(
      'Cancelled: the AI took it back, nobody decided · ',
    );
    expect(end(approval, 'auto_approved')).toMatch(
      /Let through by policy: nobody was asked · [^·]*UTC\*Approval/,
    );
    expect(end(approval, 'auto_rejected')).toContain('Refused by policy: nobody was asked');
    for (const outcome of ['expired', 'cancelled', 'auto_approved', 'auto_rejected'] as const)
      expect(end(approval, outcome)).not.toMatch(/Rejected|Approved by/);
  });

  it('passes on what the policy advises at an expiry', () => {
    const input = decided(approval, decisionOf('expired'), { fallback: 'reject' });
    expect(words(itemCard(input))).toContain('The policy advises the AI to reject.');
  });
});
