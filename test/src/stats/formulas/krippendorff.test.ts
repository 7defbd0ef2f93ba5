import { describe, expect, it } from 'vitest';
import { krippendorff } from '../../../../src/stats/formulas/krippendorff.ts';

/** One line an observer; `.` where they did not judge. */
function units(...lines: string[]): string[][] {
  const observers = lines.map((line) => line.split(' '));
  return (observers[0] ?? []).map((_, at) =>
    observers.map((said) => said[at] ?? '.').filter((verdict) => verdict !== '.'),
  );
}

describe('Krippendorff’s alpha, as worked in his paper of 2011', () => {
  it('A: two observers, two verdicts', () => {
    const found = krippendorff(units('0 1 0 0 0 0 0 0 1 0', '1 1 1 0 0 1 0 0 0 0'));
    expect(found.alpha).toBeCloseTo(0.095, 3);
    expect(found).toMatchObject({ units: 10, disputed: 4 });
  });

  it('B: two observers, many verdicts', () => {
    const found = krippendorff(units('a a b b d c c c e d d a', 'b a b b b c c c e d d d'));
    expect(found.alpha).toBeCloseTo(0.692, 3);
  });

  it('C: four observers, some of whom did not judge everything', () => {
    const found = krippendorff(
      units(
        '1 2 3 3 2 1 4 1 2 . . .',
        '1 2 3 3 2 2 4 1 2 5 . 3',
        '. 3 3 3 2 3 4 2 2 5 1 .',
        '1 2 3 3 2 4 4 1 2 5 1 .',
      ),
    );
    expect(found.alpha).toBeCloseTo(0.743, 3);
    expect(found.units).toBe(11);
  });

  it('says nothing where nothing differs, and 1 where all agree on different things', () => {
    expect(krippendorff([['yes', 'yes']])).toEqual({ alpha: null, units: 1, disputed: 0 });
    expect(
      krippendorff([
        ['yes', 'yes'],
        ['no', 'no'],
      ]).alpha,
    ).toBe(1);
    expect(krippendorff([['yes'], ['no']])).toEqual({ alpha: null, units: 0, disputed: 0 });
  });
});
