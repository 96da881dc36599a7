import { STATUS_CODES } from 'node:http';
import { isDiskFull, isTransient } from '@huismeester/database';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { forgetSession, isSessionEnded } from './cookie.ts';
import { inLanguage } from './in-language.ts';
import { Problem } from './problem.ts';

/** Every error becomes a problem; those of our own making are logged with the request id that the problem carries. */
export function handleError(
  error: FastifyError | Problem,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const problem = toProblem(error);
  if (problem.status >= 500) {
    request.log.error(
      { err: error, method: request.method, route: request.routeOptions.url },
      'request failed',
    );
  }
  sendProblem(request, reply, problem);
}

/** Sends the problem; its `instance` names the request, as the log does. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, problem: Problem): void {
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer');
  if (isSessionEnded(problem)) forgetSession(request, reply);
  const retryAfterS = problem.retryAfterS ?? (problem.status === 429 ? 10 : undefined);
  if (retryAfterS !== undefined) reply.header('retry-after', String(retryAfterS));
  const wanted = request.headers['accept-language'] ?? '';
  const body = inLanguage(wanted, problem.toBody());
  reply.header('vary', 'accept-language');
  void reply
    .code(problem.status)
    .type('application/problem+json')
    .send(JSON.stringify({ ...body, instance: `urn:uuid:${request.id}` }));
}

function toProblem(error: FastifyError | Problem): Problem {
  if (error instanceof Problem) return error;
  if (isDiskFull(error)) {
    return new Problem(503, 'database-disk-full', 'The disk of the database is full; free space there', {
      cause: error,
    });
  }
  if (isTransient(error)) {
    return new Problem(503, 'database-unavailable', 'The database does not answer; try again', {
      cause: error,
    });
  }
  const status = error.statusCode ?? 500;
  if (status < 400 || status >= 500) {
    const detail = 'The cause is in the log, under the id of the request';
    return new Problem(500, 'internal', 'Something went wrong here', { detail, cause: error });
  }
  // Only Fastify's own words are known to hold nothing that is not the caller's.
  const own = typeof error.code === 'string' && error.code.startsWith('FST_');
  const title = STATUS_CODES[status] ?? 'The request was refused';
  return new Problem(status, title.toLowerCase().replaceAll(/[^a-z]+/g, '-'), title, {
    ...(own && { detail: error.message }),
    cause: error,
  });
}
