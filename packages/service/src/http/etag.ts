import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** A strong entity tag of a resource as it is answered. */
function etagOf(resource: unknown): string {
  return `"${createHash('sha256').update(JSON.stringify(resource)).digest('base64url').slice(0, 22)}"`;
}

/**
 * Puts the ETag of a single resource on the reply. True when the caller has this very one (If-None-Match): then the
 * reply is a 304 and the route sends nothing.
 */
export function isUnchanged(request: FastifyRequest, reply: FastifyReply, resource: unknown): boolean {
  const etag = etagOf(resource);
  reply.header('etag', etag);
  if (!names(request.headers['if-none-match'], etag)) return false;
  reply.code(304);
  return true;
}

/** Whether If-Match names the resource as it is now, or is not there. */
export function isMatch(request: FastifyRequest, resource: unknown): boolean {
  const given = request.headers['if-match'];
  return given === undefined || names(given, etagOf(resource));
}

function names(header: string | undefined, etag: string): boolean {
  const tags = (header ?? '').split(',').map((each) => each.trim().replace(/^W\//, ''));
  return tags.includes('*') || tags.includes(etag);
}
