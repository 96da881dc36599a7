import { expect, it } from 'vitest';
import { sharedRead } from './shared-read.ts';

/** A read whose answers are given by hand. */
function reads() {
  const waiting: PromiseWithResolvers<number>[] = [];
  const read = sharedRead(() => {
    const each = Promise.withResolvers<number>();
    waiting.push(each);
    return each.promise;
  });
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  return { read, waiting, turn };
}

it('is done once for all who ask before it begins, and once more for who asks while it is under way', async () => {
  const { read, waiting, turn } = reads();
  const first = [read(), read()];
  await turn();
  const second = [read(), read(), read()];
  await turn();
  expect(waiting).toHaveLength(1);
  waiting[0]?.resolve(1);
  expect(await Promise.all(first)).toEqual([1, 1]);
  await turn();
  expect(waiting).toHaveLength(2);
  waiting[1]?.resolve(2);
  expect(await Promise.all(second)).toEqual([2, 2, 2]);
});

it('that fails does so for those who shared it alone', async () => {
  const { read, waiting, turn } = reads();
  const first = read();
  await turn();
  const second = read();
  waiting[0]?.reject(new Error('away'));
  await expect(first).rejects.toThrow('away');
  await turn();
  waiting[1]?.resolve(2);
  expect(await second).toBe(2);
});
