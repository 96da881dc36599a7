import { describe, expect, it } from 'vitest';
import { interrupted, judgeQuality, type Quality, type Slowness } from './slowness.ts';

const limitMs = 1_000;
type Seen = number | Quality['defect'] | 'bad';

/** Looks 10 s apart, each by its latency or its defect, or not good; what each began or ended. */
function looks(seen: readonly Seen[], everyS = 10): string[] {
  let slowness: Slowness = { recent: [] };
  return seen.map((each, i) => {
    if (each === 'bad') {
      slowness = interrupted(slowness);
      return '';
    }
    const began = { time: i * everyS * 1000, ms: i * everyS * 1000 };
    const quality = typeof each === 'number' ? { latencyMs: each } : { latencyMs: 10, defect: each };
    const step = judgeQuality(slowness, { began, ...quality } as Quality, limitMs);
    slowness = step.slowness;
    if (step.begun) return `${step.begun.defect} since ${step.begun.since.time / 1000}`;
    return step.ended ? `ended after ${step.ended.lasted_s}` : '';
  });
}

describe('slow', () => {
  it('is the median of five looks above the limit', () => {
    expect(looks([1_100, 1_100, 1_100, 1_100, 1_100])).toEqual(['', '', '', '', 'slow since 0']);
    expect(looks([1_100, 10, 1_100, 10, 1_100])).toEqual(['', '', '', '', 'slow since 0']);
    expect(looks([1_100, 10, 1_100, 10, 1_000])).toEqual(['', '', '', '', '']);
  });

  it('ends under half of the limit, five looks long', () => {
    const slow = [1_100, 1_100, 1_100, 1_100, 1_100];
    expect(looks([...slow, 499, 499, 499, 499, 499]).at(-1)).toBe('ended after 50');
    expect(looks([...slow, 499, 499, 499, 499, 500, 499, 499, 499, 499]).slice(5)).toEqual(Array(9).fill(''));
  });
});

describe('a defect', () => {
  it('is believed after three looks in a row, since the first of them', () => {
    expect(looks([10, 'one-family', 'one-family', 10, 'one-family', 'one-family', 'one-family'])).toEqual([
      ...Array(6).fill(''),
      'one-family since 40',
    ]);
  });

  it('ends after five looks without it', () => {
    const defect = ['command', 'command', 'command'] as const;
    expect(looks([...defect, 10, 10, 10, 10, 10])).toEqual([
      '',
      '',
      'command since 0',
      '',
      '',
      '',
      '',
      'ended after 30',
    ]);
  });

  it('of an uplink with few targets is believed after five minutes', () => {
    const few = Array.from({ length: 31 }, () => 'few-targets' as const);
    expect(looks(few)).toEqual([...Array(30).fill(''), 'few-targets since 0']);
  });

  it('is not believed through an outage', () => {
    const few = Array.from({ length: 20 }, () => 'few-targets' as const);
    expect(looks([...few, 'bad', ...few])).toEqual(Array(41).fill(''));
    expect(looks([...few, 'bad', ...few, ...few]).filter((each) => each !== '')).toEqual([
      'few-targets since 210',
    ]);
    expect(looks(['command', 'command', 'bad', 'command', 'command'])).toEqual(Array(5).fill(''));
  });
});
