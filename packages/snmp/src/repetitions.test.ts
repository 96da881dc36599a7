import { describe, expect, it } from 'vitest';
import { randomOf } from '../test/garble.ts';
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

  it('halves at the second silence in a row of what was never answered', () => {
    const repetitions = createRepetitions();
    repetitions.silent(24);
    repetitions.answered(8);
    repetitions.silent(24);
    expect(repetitions.limit).toBe(60);
    repetitions.silent(24);
    expect(repetitions.limit).toBe(12);
    repetitions.silent(12);
    expect(repetitions.limit).toBe(6);
    repetitions.answered(6);
    for (let lost = 0; lost < 5; lost += 1) repetitions.silent(6);
    expect(repetitions.limit).toBe(6);
  });

  it('takes silence of what was answered before for loss, until it is very long', () => {
    const repetitions = createRepetitions();
    repetitions.answered(24);
    for (let lost = 0; lost < 5; lost += 1) repetitions.silent(24);
    expect(repetitions.limit).toBe(60);
    repetitions.silent(24);
    expect(repetitions.limit).toBe(12);
  });

  it.each([0.01, 0.02, 0.05])('stays as it is where %d of the requests are lost, for a month', (loss) => {
    const random = randomOf(loss * 100);
    const repetitions = createRepetitions();
    repetitions.answered(20);
    // A look each 5 s, of three requests.
    for (let request = 0; request < 1_555_200; request += 1) {
      if (random() < loss) repetitions.silent(20);
      else repetitions.answered(20);
    }
    expect(repetitions.limit).toBe(60);
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
