import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** A refusal is answered at the next multiple of this, so that the time says nothing of how far the login came. */
const stepMs = 400;

const began = new WeakMap<FastifyRequest, number>();

/** Hooks of a login route: an unknown name, a wrong password and a body that makes no sense are all refused after the same time. */
export const sameTime = {
  onRequest: async (request: FastifyRequest): Promise<void> => {
    began.set(request, performance.now());
  },
  onSend: async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    if (reply.statusCode !== 400 && reply.statusCode !== 401 && reply.statusCode !== 413) return;
    const elapsedMs = performance.now() - (began.get(request) ?? 0);
    began.delete(request);
    await sleep(stepMs - (elapsedMs % stepMs));
  },
};
