import type { ApplicationResource } from '@huismeester/contracts';
import { type Asked, send } from '../../api/request.ts';

/** Sends a command about one application: `sub` is what comes after its path. */
export function sendAbout(
  { id }: Pick<ApplicationResource, 'id'>,
  sub: string,
  asked: Asked,
): Promise<unknown> {
  return send(`/api/v1/applications/${id}${sub}`, asked);
}
