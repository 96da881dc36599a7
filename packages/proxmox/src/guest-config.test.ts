import { expect, test } from 'vitest';
import { isAgentEnabled } from './guest-config.ts';

test.each<[string | undefined, boolean]>([
  [undefined, false],
  ['0', false],
  ['1', true],
  ['enabled=1,fstrim_cloned_disks=1', true],
  ['type=isa,enabled=1', true],
  ['enabled=0,freeze-fs=1', false],
])('the agent setting %s', (text, enabled) => {
  expect(isAgentEnabled(text)).toBe(enabled);
});
