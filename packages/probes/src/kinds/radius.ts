import type { Socket } from 'node:dgram';
import type { ProbeOf } from '@huismeester/contracts';
import type { Attempt, Good } from '../attempt.ts';
import { LookFailure } from '../failure.ts';
import { hostProbe } from '../host.ts';
import type { ProbeMaker } from '../look.ts';
import { type Answer, accessRequest, type Request, readAnswer } from '../radius-packet.ts';
import { openUdp } from '../udp.ts';

type Settings = ProbeOf<'radius'>;

/** UDP loses packets: the same one is sent again so often (RFC 5080, 2.2.1), which a server answers once. */
const againMs = 1_000;

/**
 * One Access-Request with a name and a password (PAP). An Access-Challenge shows as well as anything else that the server works. Most
 * servers are silent to a wrong shared secret; an answer that another secret signed is one, too.
 */
export const radius: ProbeMaker<ProbeOf<'radius'>> = (settings, around) =>
  hostProbe(settings.host, settings, around, (attempt) => authenticate(attempt, settings));

async function authenticate(attempt: Attempt, settings: Settings): Promise<Good> {
  const request = accessRequest(settings);
  const { code } = await exchange(attempt, settings, request);
  const latencyMs = attempt.elapsedMs();
  const { expect } = settings;
  const unexpected = { accept: 'Access-Reject', reject: 'Access-Accept', any: undefined }[expect];
  if (code === unexpected) throw new LookFailure('wrong-answer', code);
  return { latencyMs, detail: code };
}

/** The authentic answer; others are dropped, as RFC 2865, 3, wants it, and at the deadline the last of them is the reason. */
async function exchange(attempt: Attempt, { port, secret }: Settings, request: Request): Promise<Answer> {
  const socket = await openUdp(attempt, port);
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  socket.on('error', reject);
  socket.on('message', (packet) => {
    const answer = readAnswer(packet, request, secret);
    if (answer === 'of-another-request') return;
    attempt.heard();
    if (answer === 'malformed') attempt.ifSilent(new LookFailure('wrong-answer', 'not RADIUS'));
    else if (answer === 'not-authentic')
      attempt.ifSilent(new LookFailure('wrong-secret', 'answer of another secret'));
    else resolve(answer);
  });
  repeat(attempt, socket, request.packet);
  return promise;
}

function repeat(attempt: Attempt, socket: Socket, packet: Buffer): void {
  if (attempt.signal.aborted) return;
  socket.send(packet);
  attempt.whenOver(attempt.clock.after(againMs, () => repeat(attempt, socket, packet)));
}
