import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AnswerPage } from '../web/web-page.ts';
import { sendProblem } from './errors.ts';
import { Problem } from './problem.ts';

/**
 * Answers what no route takes: 405 with the methods that the path has, the web page where there is one and the path is its, or 404.
 * Call it before any route is added.
 */
export function answerUnknownRoutes(app: FastifyInstance, answerPage?: AnswerPage): void {
  const known: { path: RegExp; methods: string[] }[] = [];
  app.addHook('onRoute', ({ url, method }) => {
    known.push({ path: pattern(url), methods: [method].flat() });
  });
  app.setNotFoundHandler((request: FastifyRequest, reply: FastifyReply) => {
    const path = request.url.split('?')[0] ?? '';
    const methods = [
      ...new Set(known.filter((each) => each.path.test(path)).flatMap((each) => each.methods)),
    ];
    if (methods.length === 0) {
      if (answerPage?.(request, reply)) return;
      return sendProblem(request, reply, new Problem(404, 'no-such-route', 'There is nothing here'));
    }
    const detail = `${request.method} is not for this path; allowed: ${methods.join(', ')}`;
    reply.header('allow', methods.join(', '));
    sendProblem(request, reply, new Problem(405, 'method-not-allowed', 'Method not allowed', { detail }));
  });
}

/** `/vms/:id` as a regular expression; a `*` stands for any rest. */
function pattern(url: string): RegExp {
  const parts = url.split(/(:[^/]+|\*)/).map((part) => {
    if (part === '*') return '.*';
    return part.startsWith(':') ? '[^/]+' : part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`^${parts.join('')}$`);
}
