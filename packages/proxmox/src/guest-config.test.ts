import { expect, test } from 'vitest';
import { isAgentEnabled, parseStartup } from './guest-config.ts';

test.each([
  ['1', { order: 1 }],
  ['order=2,up=30,down=60', { order: 2, upS: 30, downS: 60 }],
  ['down=240', { downS: 240 }],
  ['order=any, up=5', { upS: 5 }],
])('the startup order %s', (text, startup) => {
  expect(parseStartup(text)).toEqual(startup);
});

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
