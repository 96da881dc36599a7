import { describe, expect, it } from 'vitest';
import { type StepResult, summarize } from './report.ts';

const step = (more: Partial<StepResult>): StepResult => ({
  name: 'a step',
  seconds: 1.25,
  passed: 0,
  failed: 0,
  skipped: 0,
  leftOut: [],
  ...more,
});
const leftOut = [{ what: 'test/upsd.test.ts', tests: 3 }];
const atHome = { ci: false, missing: 'nut-server' };

describe('the summary', () => {
  it('ends with the counts of all steps, alone on the line', () => {
    const { lines, failed } = summarize([step({ passed: 1 }), step({ passed: 9 })], atHome);
    expect(lines.at(-1)).toBe('10 passed, 0 failed');
    expect(failed).toBe(false);
  });

  it('says the seconds and the counts of each', () => {
    const { lines } = summarize([step({ name: 'unit', passed: 9, failed: 2, skipped: 1 })], atHome);
    expect(lines[0]).toBe('unit               1.3 s  FAILED  9 passed, 2 failed, 1 skipped');
  });

  it('says why a step failed', () => {
    const { lines, failed } = summarize([step({ failed: 1, why: 'exit code 2' })], atHome);
    expect(lines).toEqual([
      'a step             1.3 s  FAILED  exit code 2',
      'all                1.3 s',
      '0 passed, 1 failed',
    ]);
    expect(failed).toBe(true);
  });

  it('names what was left out, and why', () => {
    const { lines, failed } = summarize([step({ passed: 9, skipped: 3, leftOut })], atHome);
    expect(lines.at(-2)).toBe('left out: test/upsd.test.ts (3 tests): nut-server');
    expect(lines.at(-1)).toBe('9 passed, 0 failed, 3 skipped');
    expect(failed).toBe(false);
  });

  it('lets nothing be left out in CI', () => {
    const { lines, failed } = summarize([step({ passed: 9, skipped: 3, leftOut })], { ...atHome, ci: true });
    expect(lines.at(-1)).toBe('9 passed, 1 failed, 3 skipped');
    expect(failed).toBe(true);
  });

  it('lets be left out what needs a file beside the clone, and says which', () => {
    const outside = new Map([['test/upsd.test.ts', '../shared/x.json']]);
    const inner = [{ what: 'test/upsd.test.ts > held against x', tests: 2 }];
    const { lines, failed } = summarize([step({ passed: 9, skipped: 5, leftOut: [...leftOut, ...inner] })], {
      ci: true,
      missing: '',
      outside,
    });
    expect(lines.slice(2, 4)).toEqual([
      'left out: test/upsd.test.ts (3 tests): ../shared/x.json is not beside this clone',
      'left out: test/upsd.test.ts > held against x (2 tests): ../shared/x.json is not beside this clone',
    ]);
    expect(failed).toBe(false);
  });

  it('names what is in test:long', () => {
    const { lines } = summarize([step({ passed: 1 })], { ...atHome, long: ['chaos with nats'] });
    expect(lines.at(-2)).toBe('in test:long: chaos with nats');
  });

  it('takes a skipped step as it is: only tests must run in CI', () => {
    const { lines, failed } = summarize([step({ skipped: 1, why: 'only root can install' })], {
      ci: true,
      missing: '',
    });
    expect(lines).toEqual([
      'a step             1.3 s  skipped only root can install',
      'all                1.3 s',
      '0 passed, 0 failed, 1 skipped',
    ]);
    expect(failed).toBe(false);
  });
});
