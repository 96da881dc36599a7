import type { Hold } from '@huismeester/contracts';
import { serverNow } from '../app/clock.ts';
import { sendOnce } from './once.ts';
import { send } from './request.ts';

/** Pages that only look at holds ask for it by its path: what acts on them is loaded by those that do. */
export const holdsPath = '/api/v1/holds';

interface Asked {
  readonly target: string;
  /** A length of time, such as `2h`. */
  readonly for: string;
  readonly because: string;
}

/** Puts something on hold; asked again after no answer, it makes no second one. */
export async function placeHold(asked: Asked): Promise<Hold> {
  const { value } = await sendOnce(holdsPath, asked);
  return value as Hold;
}

export function releaseHold(id: string): Promise<unknown> {
  return send(`${holdsPath}/${encodeURIComponent(id)}`, { method: 'DELETE' });
}

/** Undoes a release: puts it on hold again for what is left of its time, in whole minutes. */
export function placeRest({
  target,
  until,
  because,
}: Pick<Hold, 'target' | 'until' | 'because'>): Promise<Hold> {
  const left = Math.max(1, Math.ceil((Date.parse(until) - serverNow()) / 60_000));
  return placeHold({ target, for: `${left}m`, because });
}
