import { faults, Problem, type ServiceName, type SpaceSettings } from '@huismeester/contracts';
import { fetchTrusting, whatToDo, whyUnreachable } from '@huismeester/events';
import { Unanswered } from './unanswered.ts';

/** Asks a service of another process; throws {@link Unanswered}. */
export async function askRemote(options: {
  readonly self: ServiceName;
  readonly service: ServiceName;
  readonly name: string;
  readonly input: unknown;
  readonly services: SpaceSettings['services'];
  readonly deadlineMs: number;
}): Promise<unknown> {
  const { self, service, name, input, services, deadlineMs } = options;
  const peer = services[service];
  if (!peer) {
    throw new Unanswered(
      `services.${service}: found nothing, allowed: { url, secret }; ${self} asks ${service} for ${name}, and it does not run in this process`,
    );
  }
  const { url, ca } = peer;
  const ask = ca === undefined ? fetch : fetchTrusting(ca);
  try {
    const response = await ask(`${url.replace(/\/$/, '')}/api/v1/${service}/questions/${name}`, {
      method: 'POST',
      headers: {
        // Each service shows its own secret, so that the other knows who asks.
        authorization: `Bearer ${services[self]?.secret ?? peer.secret}`,
        accept: 'application/json',
        'content-type': 'application/json',
      },
      body: JSON.stringify(input),
      redirect: 'error',
      signal: AbortSignal.timeout(deadlineMs),
    });
    const text = await response.text();
    if (response.ok) return parsed(text);
    throw new Unanswered(`${service} at ${url} answered ${name} with ${response.status}${codeOf(text)}`);
  } catch (cause) {
    if (cause instanceof Unanswered) throw cause;
    const why = whyUnreachable(cause, deadlineMs);
    throw new Unanswered(`${service} at ${url} cannot be asked: ${why}; ${whatToDo(cause, service)}`, {
      cause,
    });
  }
}

function codeOf(text: string): string {
  const answer = parsed(text);
  return faults(Problem, answer).length === 0 ? ` (${(answer as Problem).code})` : '';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Whoever asked is given the status, or that it is no answer.
    return undefined;
  }
}
