import { expect, it } from 'vitest';
import { startSwitchProcess } from '../../src/snmp/switch-process.ts';

it('the end of a command, also one that failed, is no answer to the next question', async () => {
  // It has no target for traps.
  const made = await startSwitchProcess({ switches: 1, ports: 1 });
  try {
    await made.command({ switch: 0, storm: { perSecond: 1_000, seconds: 0.1 } });
    const began = performance.now();
    // The storm fails meanwhile.
    while (performance.now() - began < 500) expect(await made.counts()).toMatchObject({ ok: true, traps: 0 });
  } finally {
    await made.close();
  }
});

it('what is asked of a process that has ended rejects', async () => {
  const made = await startSwitchProcess({ switches: 1, ports: 1 });
  const asked = Promise.allSettled(Array.from({ length: 1_000 }, () => made.counts()));
  await made.close();
  expect((await asked).at(-1)).toMatchObject({ status: 'rejected', reason: expect.any(Error) });
  await expect(made.counts()).rejects.toThrow('have ended');
  await expect(made.command({ switch: 0, silent: true })).rejects.toThrow('have ended');
});
