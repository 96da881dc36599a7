import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tempDir } from '@huismeester/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { policySource } from './source.ts';

test('a file is read, blank, missing, or unknown; where it is on the server is not shown', async () => {
  const dir = await tempDir('policy-text');
  onTestFinished(() => dir.remove());
  const file = join(dir.path, 'beleid.md');
  const { signal } = new AbortController();
  const source = policySource({ file }, undefined);
  expect(source?.name).toBe('beleid.md');
  expect(await source?.read(signal)).toMatchObject({ state: 'missing' });
  await writeFile(file, ' \n');
  expect(await source?.read(signal)).toMatchObject({ state: 'blank' });
  await writeFile(file, '# Beleid');
  expect(await source?.read(signal)).toMatchObject({ state: 'read', text: '# Beleid' });
  expect(await policySource({ file: dir.path }, undefined)?.read(signal)).toEqual({
    state: 'unknown',
    of: 'page',
    why: 'the file cannot be read (EISDIR)',
  });
});
