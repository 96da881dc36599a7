import { describe, expect, it } from 'vitest';
import { readVitestReport } from './vitest-report.ts';

const test = (status: string, ...ancestorTitles: string[]) => ({ status, ancestorTitles, title: 'x' });
const file = (name: string, assertionResults: object[], status = 'passed') => ({
  name: `/repo/${name}`,
  status,
  assertionResults,
});
const read = (testResults: object[], success = true) =>
  readVitestReport(JSON.stringify({ success, testResults, numTotalTests: 0 }), '/repo');

describe('the report of vitest', () => {
  it('is counted by test', () => {
    const tests = [test('passed'), test('failed'), test('pending'), test('todo')];
    expect(read([file('a.test.ts', tests, 'failed')], false)).toEqual({
      passed: 1,
      failed: 1,
      skipped: 2,
      leftOut: [],
    });
  });

  it('counts a file that could not be loaded', () => {
    const outcome = read([file('a.test.ts', [], 'failed'), file('b.test.ts', [test('passed')])], false);
    expect(outcome).toMatchObject({ passed: 1, failed: 1 });
  });

  it('counts a failure outside the tests', () => {
    expect(read([file('a.test.ts', [test('passed')])], false)).toMatchObject({ passed: 1, failed: 1 });
  });

  it('does not take an empty run for a good one', () => {
    expect(read([])).toMatchObject({ passed: 0, failed: 1, why: 'no test was found' });
  });

  it('names files and suites of which nothing ran', () => {
    const { leftOut } = read([
      file('a.test.ts', [test('skipped', 'A'), test('skipped', 'A', 'deeper')]),
      file('b.test.ts', [test('passed', 'B'), test('skipped', 'B'), test('skipped', 'C'), test('skipped')]),
    ]);
    expect(leftOut).toEqual([
      { what: 'a.test.ts', tests: 2 },
      { what: 'b.test.ts > C', tests: 1 },
    ]);
  });
});
