import type { ProbeOf } from '@huismeester/contracts';
import { hostProbe } from '../host.ts';
import type { ProbeMaker } from '../look.ts';
import { openTcp } from '../tcp.ts';

/** Whether a TCP port accepts connections; nothing is sent there. */
export const tcp: ProbeMaker<ProbeOf<'tcp'>> = (settings, around) =>
  hostProbe(settings.host, settings, around, async (attempt) => {
    await openTcp(attempt, settings.port);
    return { latencyMs: attempt.elapsedMs() };
  });
