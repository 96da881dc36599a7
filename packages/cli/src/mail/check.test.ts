import { expect, it } from 'vitest';
import { checkMail } from './check.ts';

it('warns where there is no mail server', async () => {
  expect(await checkMail({ mail: undefined, directory: { file: 'directory.yaml' } } as never)).toMatchObject([
    { warning: expect.stringContaining('no mail server') },
  ]);
});

it('says why one does not answer, and what to do', async () => {
  const mail = { url: 'smtp://127.0.0.1:1', from: 'a@b.example' };
  const [finding] = await checkMail({ mail });
  expect(finding?.problem).toMatch(/cannot be reached/);
  expect(finding?.remedy).toContain('space.yaml');
});
