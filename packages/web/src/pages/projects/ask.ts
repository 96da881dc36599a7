import { sendOnce } from '../../api/once.ts';
import { may, person } from '../../app/session.ts';
import type { Looker } from './model.ts';

/** Where a project is in the REST API. */
export function pathOf(id: string): string {
  return `/api/v1/projects/${encodeURIComponent(id)}`;
}

export const promotionsPath = '/api/v1/promotions';

/** Where a request about a project is. */
export function requestPath(id: string): string {
  return `${promotionsPath}/${encodeURIComponent(id)}`;
}

/** Asks for something to be made. */
export function make(path: string, body: object): Promise<unknown> {
  return sendOnce(path, body);
}

/** Whoever looks at the page. */
export function looker(): Looker {
  return { person: person(), isTeam: may('infrateam', 'administrator') };
}
