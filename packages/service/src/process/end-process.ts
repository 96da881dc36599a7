import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * `process.exit`, once the memory was collected. Node joins V8's compiler threads there, and one of them that is out of
 * memory waits until this thread collects, which it does not any more: a process that failed to start stood still
 * so, and nothing starts again what has not ended (nodejs/node#54918). After a collection none needs to wait.
 */
export function endProcess(code: number): never {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  collect();
  process.exit(code);
}
