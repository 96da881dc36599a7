import type { AnyRule } from './define.ts';
import { rule as keepRunning } from './keep-running/index.ts';
import { rule as power } from './power/index.ts';

/** Every rule, once: a new one is its folder and its line here. */
export const rules: readonly AnyRule[] = [power, keepRunning];
