import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { stepsOf } from './walk.ts';

const root = new URL('../../', import.meta.url);
const text = (file: string) => readFileSync(new URL(file, root), 'utf8');
const steps = stepsOf(text('docs/walk.md'));
const stops = steps.flatMap(({ title, stops: all }) => all.map((stop) => ({ ...stop, title })));

it('the walk leads from upsd to Proxmox and back', () => {
  expect(steps.length).toBeGreaterThan(8);
  const files = stops.map(({ file }) => file);
  for (const part of ['packages/nut/', 'services/ups-monitor/', 'services/policy/', 'packages/proxmox/']) {
    expect(
      files.some((file) => file.startsWith(part)),
      part,
    ).toBe(true);
  }
});

it.each(stops)('step $title: $file has $name', ({ file, name }) => {
  expect(text(file)).toMatch(name === undefined ? /./ : new RegExp(`\\b${name}\\b`));
});

it('a link with the name that follows it is a stop of its step', () => {
  expect(stepsOf('# x\n## 1. A\n- [a](../b/c.ts) `d` and [e](../f.ts).\n## 2. B\n')).toEqual([
    {
      title: '1. A',
      stops: [
        { file: 'b/c.ts', name: 'd' },
        { file: 'f.ts', name: undefined },
      ],
    },
    { title: '2. B', stops: [] },
  ]);
});
