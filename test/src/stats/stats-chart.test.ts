import { describe, expect, it } from 'vitest';
import { pastFigures, PAST_NAMES } from '../../../scripts/past-figures.ts';
import { statsChart } from '../../../src/stats/charts/stats-chart.ts';

const asked = { figures: pastFigures(), by: 'domain', own: false, timezone: 'Europe/Berlin' };

describe('the picture of figures', () => {
  it('tells people of one name apart', () => {
    const names = new Map([...PAST_NAMES.keys()].map((id) => [id, 'Alex']));
    const { alt, spec } = statsChart({ ...asked, names }) ?? {};
    expect(alt).toMatch(/Alex \d+, most from .*; Alex \(2\) \d+, most from .*; Alex \(3\) /);
    expect(JSON.stringify(spec)).toContain('"Alex (12)"');
  });

  it('shows the line of what needed a person of everybody’s only: of one’s own it would be all of it', () => {
    const everybody = statsChart({ ...asked, names: PAST_NAMES })?.alt;
    const own = statsChart({ ...asked, own: true, names: PAST_NAMES })?.alt;
    expect(everybody).toContain('needed a person');
    expect(own).not.toContain('needed a person');
    expect(own).toContain('Edited or rejected by domain');
  });

  it('has each day where the calendar has it, wherever the machine stands', () => {
    const spec = JSON.stringify(statsChart({ ...asked, names: PAST_NAMES })?.spec);
    expect(spec).toContain('{"field":"day","type":"temporal","title":null,"scale":{"type":"utc"}');
  });
});
