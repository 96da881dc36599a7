import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '@huismeester/clock';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { clockWrongBy } from './clock.ts';

describe('a clock that a file makes wrong', () => {
  let dir: string;
  let file: string;
  let clock: Clock;
  const jumps: number[] = [];
  const wrongByMs = () => clock.now().getTime() - Date.now();

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date', 'performance'], now: 1_000_000_000_000 });
    dir = mkdtempSync(join(tmpdir(), 'hm-clock-'));
    file = join(dir, 'offset');
    jumps.length = 0;
  });
  afterEach(() => {
    rmSync(dir, { recursive: true });
    vi.useRealTimers();
  });
  const start = () => {
    clock = clockWrongBy(file, (offsetMs) => jumps.push(offsetMs));
  };
  const says = (text: string) => {
    writeFileSync(file, text);
    vi.advanceTimersByTime(100);
    clock.now();
  };

  it('is right while there is no file', () => {
    start();
    expect(wrongByMs()).toBe(0);
    expect(jumps).toEqual([]);
  });

  it('is wrong from the start by what the file says, and jumps with it', () => {
    writeFileSync(file, '3600000\n');
    start();
    expect(wrongByMs()).toBe(3_600_000);
    says('-5000');
    expect(wrongByMs()).toBe(-5000);
    expect(jumps).toEqual([3_600_000, -5000]);
  });

  it('keeps the last number while the file has none', () => {
    writeFileSync(file, '250');
    start();
    for (const text of ['', 'soon', '1e9', '12345678901234567890', '1 2']) says(text);
    expect(wrongByMs()).toBe(250);
    expect(jumps).toEqual([250]);
  });

  it('leaves monotonic time alone', () => {
    start();
    const before = clock.monotonicMs();
    says('-3600000');
    expect(clock.monotonicMs()).toBeGreaterThanOrEqual(before);
  });
});
