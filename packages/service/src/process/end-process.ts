import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Ends the process as `process.exit` does, after a garbage collection. `process.exit` waits for V8's compiler threads, and one of these that
 * needs memory waits for the main thread to collect garbage, which does not happen any more: the process never ends, so no supervisor
 * starts it again (nodejs/node#54918). After a collection they have memory to go on with.
 */
export function endProcess(code: number): never {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  collect();
  process.exit(code);
}
