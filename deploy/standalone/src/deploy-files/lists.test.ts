import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { lists } from './lists.ts';

it.each(lists)('$file names each service: else `npx -y pnpm@12 deploy-files`', ({ file, part, text }) => {
  const [found] = part.exec(readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8')) ?? [];
  expect(found).toBe(text);
});
