import { describe, expect, it } from 'vitest';
import { createRepetitions, repetitionsFor } from './repetitions.ts';

describe('the most that an agent answers', () => {
  it('halves at tooBig, down to GETNEXT, and does not grow again', () => {
    const repetitions = createRepetitions();
    repetitions.tooBig(23);
    expect(repetitions.limit).toBe(11);
    repetitions.tooBig(30);
    expect(repetitions.limit).toBe(11);
    for (const asked of [11, 5, 2]) repetitions.tooBig(asked);
    expect(repetitions.limit).toBe(1);
  });

  it('halves at the second silence in a row: the first may be a lost datagram', () => {
    const repetitions = createRepetitions();
    repetitions.silent(24);
    repetitions.answered();
    repetitions.silent(24);
    expect(repetitions.limit).toBe(60);
    repetitions.silent(24);
    expect(repetitions.limit).toBe(12);
    repetitions.silent(12);
    expect(repetitions.limit).toBe(6);
    repetitions.answered();
    repetitions.silent(6);
    expect(repetitions.limit).toBe(6);
  });
});

describe('a request', () => {
  const sized = (left: number | undefined, limit = 60, columns = 3) =>
    repetitionsFor({ columns, bytesPerCell: 20, limit, left });

  it('asks for what fits in a frame', () => {
    expect(sized(undefined)).toBe(23);
    expect(sized(undefined, 10)).toBe(10);
    expect(sized(undefined, 60, 1)).toBe(60);
    expect(repetitionsFor({ columns: 9, bytesPerCell: 300, limit: 60, left: undefined })).toBe(1);
  });

  it('spreads what is expected evenly, and does not ask far beyond it', () => {
    expect(sized(58)).toBe(20);
    expect(sized(18)).toBe(18);
    expect(sized(1)).toBe(1);
    expect(sized(0)).toBe(8);
    expect(sized(-40)).toBe(8);
  });
});
