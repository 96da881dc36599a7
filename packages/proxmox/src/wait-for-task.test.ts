import { expect, it } from 'vitest';
import { taskResult } from './wait-for-task.ts';

it.each([
  ['OK', true, 0],
  ['WARNINGS: 3', true, 3],
  ['unexpected status', false, 0],
  ['', false, 0],
  ['VM is locked (backup)', false, 0],
  ['WARNINGS: many', false, 0],
])('%j is ok: %s, warnings: %i', (exitstatus, ok, warnings) => {
  expect(taskResult(exitstatus)).toEqual({ exitstatus, ok, warnings });
});
