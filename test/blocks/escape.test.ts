import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  NOTHING_VISIBLE,
  cut,
  escapeMrkdwn,
  safeLine,
  safeText,
} from '../../blocks/text/escape.ts';
import { nasty } from './any-item.ts';

describe('safeText', () => {
  it.each([
    ['\u202eevil\u202c', 'evil'],
    ['a\u0000b\u001bc', 'abc'],
    ['a\u200b\ufeff\u2060b', 'ab'],
    ['\u200b\u200d\u2800', NOTHING_VISIBLE],
    ['  \n ', NOTHING_VISIBLE],
    ['', NOTHING_VISIBLE],
    ['a\r\nb\u2028c', 'a\nb\nc'],
    ['a\n\n\n\n\nb', 'a\n\nb'],
    ['\ud800x', '\ufffdx'],
    [`e${'\u0301'.repeat(50)}`, `e${'\u0301'.repeat(3)}`],
    ['👩‍👩‍👧', '👩‍👩‍👧'],
    ['👍🏽 ❤️', '👍🏽 ❤️'],
    ['a\u200db', 'ab'],
    ['می\u200cخواهم', 'می\u200cخواهم'],
    ['Straße 漢字 שלום', 'Straße 漢字 שלום'],
    ['x\u{e0041}\u{e0042}y', 'xy'],
  ])('%j → %j', (text, safe) => {
    expect(safeText(text)).toBe(safe);
  });

  it('is never empty, and cleaning twice changes nothing', () => {
    fc.assert(
      fc.property(nasty(500), (text) => {
        const safe = safeText(text);
        expect(safe.trim().length).toBeGreaterThan(0);
        expect(safeText(safe)).toBe(safe);
        expect(safeLine(text)).not.toMatch(/\n/);
      }),
    );
  });
});

describe('cut', () => {
  it('cuts between the characters that a person sees', () => {
    expect(cut('abcdef', 6)).toBe('abcdef');
    expect(cut('abcdefg', 6)).toBe('abcde…');
    expect(cut('ab👩‍👩‍👧cd', 8)).toBe('ab…');
    expect(cut('e\u0301e\u0301e\u0301', 4)).toBe('e\u0301…');
    expect(cut('one two three', 9, '… (Details)')).toBe('… (Detail');
  });

  it('never exceeds its length nor splits a surrogate pair', () => {
    const whole = fc.string({ unit: 'binary', maxLength: 200 });
    fc.assert(
      fc.property(whole, fc.integer({ min: 1, max: 120 }), (text, max) => {
        const short = cut(text, max);
        expect(short.length).toBeLessThanOrEqual(max);
        expect(short).not.toMatch(/\p{Cs}/u);
        if (text.length <= max) expect(short).toBe(text);
      }),
    );
  });

  it('cuts inside a character that is longer than the room', () => {
    const short = cut('\u{1f469}\u200d'.repeat(200), 50);
    expect(short.length).toBeLessThanOrEqual(50);
    expect(short.length).toBeGreaterThan(2);
  });
});

describe('escapeMrkdwn', () => {
  it.each([
    ['<!channel>', '&lt;!channel&gt;'],
    ['a & b', 'a &amp; b'],
    ['&lt;@U1&gt;', '&amp;lt;@U1&amp;gt;'],
    ['*b* ~s~ `c`', '∗b∗ ∼s∼ ˋcˋ'],
    ['_it_ snake_case', '＿it＿ snake_case'],
    [':tada: at 10:30', ':\u2060tada: at 10:30'],
    ['https://evil.example', 'https:\u2060//evil.example'],
  ])('%j → %j', (text, escaped) => {
    expect(escapeMrkdwn(text)).toBe(escaped);
  });

  it('leaves nothing that Slack reads', () => {
    fc.assert(
      fc.property(nasty(500), (text) => {
        const escaped = escapeMrkdwn(text);
        expect(escaped.replace(/&(amp|lt|gt);/g, '')).not.toMatch(/[<>&*~`]|:\/\//);
      }),
    );
  });
});
