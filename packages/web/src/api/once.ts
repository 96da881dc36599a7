import { newKey } from './act.ts';
import { Failed, type Reply, send } from './request.ts';

/** So long a second try is the same request; after that somebody means another one. */
const sameMs = 60_000;
/** What was sent and not answered, by its path and body: the key it was sent with. */
const unanswered = new Map<string, { readonly key: string; readonly at: number }>();

/** POSTs what makes something. Sent again after no answer it has the same `Idempotency-Key`, so that it makes one. */
export async function sendOnce(path: string, body: object): Promise<Reply> {
  const as = `${path} ${JSON.stringify(body)}`;
  const before = unanswered.get(as);
  const isSame = before !== undefined && Date.now() - before.at < sameMs;
  const key = isSame ? before.key : newKey();
  unanswered.set(as, { key, at: Date.now() });
  try {
    const reply = await send(path, { method: 'POST', body, key });
    unanswered.delete(as);
    return reply;
  } catch (error) {
    // It was refused: asked once more it is another request.
    if (error instanceof Failed && error.failure.kind === 'problem') unanswered.delete(as);
    throw error;
  }
}
