import { ProxmoxError } from './errors.ts';

// Process id and start are hexadecimal; the start has nine digits after 497 days of uptime.
const upid =
  /^UPID:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?:[0-9A-F]{8}:[0-9A-F]{8,9}:[0-9A-F]{8}:[^:\s/]+:[^:\s/]*:[^:\s/]+:$/i;

/** The UPID with which an act is answered. Throws `protocol` for anything else: the act may have been done all the same. */
export function upidOf(request: string, answer: unknown): string {
  if (typeof answer === 'string' && upid.test(answer)) return answer;
  throw new ProxmoxError({
    code: 'protocol',
    request,
    reason: 'the answer to an act is no UPID',
    mayHaveArrived: true,
  });
}
