import { expect, it } from 'vitest';
import { createRequests } from '../src/requests.ts';
import { startAgent, table } from './agent.ts';
import { integer } from './ber.ts';
import { createSilence } from './silence.ts';

const upTime = '1.3.6.1.2.1.1.3';

it('a switch that answers is not away because its name cannot be resolved any more', async () => {
  const whole = table({ [`${upTime}.0`]: integer(42, 0x43) });
  const silence = createSilence();
  let ms = 0;
  let isBroken = false;
  let lookUps = 0;
  const agent = await startAgent(
    (request) => (isBroken ? { status: 5, varbinds: [] } : whole(request)),
    silence,
  );
  const requests = createRequests({
    host: 'switch.space',
    port: agent.port,
    credentials: { version: '2c', community: 'c' },
    timeoutMs: 60_000,
    clock: { ...silence.clock, monotonicMs: () => ms },
    lookUp: async () => {
      lookUps += 1;
      if (lookUps > 1) throw new Error('EAI_AGAIN');
      return { address: '127.0.0.1', family: 4 };
    },
  });
  const ask = () => requests.ask({ kind: 'next', oids: [upTime] }, { attempts: 1, signal: undefined });
  const answer = { lists: [[{ oid: `${upTime}.0`, type: 0x43, value: 42 }]] };
  try {
    expect(await ask()).toMatchObject(answer);
    isBroken = true;
    for (let failures = 0; failures < 3; failures += 1)
      await expect(ask()).rejects.toMatchObject({ code: 'protocol' });
    isBroken = false;
    ms += 60_000;
    expect(await ask()).toMatchObject(answer);
    expect(lookUps).toBe(2);
  } finally {
    requests.close();
    await agent.close();
  }
});
