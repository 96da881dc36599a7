import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { sendInOrder } from './send-in-order.ts';

const items = Array.from({ length: 20 }, (_, index) => index);
const never = () => false;

/** A receiver that answers later, and refuses the items that `refuses` names. */
function receiver(refuses: (item: number) => boolean = never) {
  const came: number[] = [];
  let underWay = 0;
  const state = { came, most: 0 };
  const send = async (item: number) => {
    came.push(item);
    underWay += 1;
    state.most = Math.max(state.most, underWay);
    // The later ones are answered first.
    for (let left = 20 - item; left > 0; left -= 1) await turn();
    underWay -= 1;
    if (refuses(item)) throw new Error(`no ${item}`);
  };
  return { state, send };
}

test('all arrive in order, with no more than so many under way', async () => {
  const { state, send } = receiver();
  expect(await sendInOrder(items, send, { most: 4, stopped: never })).toEqual({ arrived: 20 });
  expect(state).toEqual({ came: items, most: 4 });
});

test('what arrived behind a failure does not count, and nothing more is sent', async () => {
  const { state, send } = receiver((item) => item === 5);
  const { arrived, error } = await sendInOrder(items, send, { most: 4, stopped: never });
  expect(arrived).toBe(5);
  expect(error).toMatchObject({ message: 'no 5' });
  expect(state.came).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
});

test('once it is stopped, what is under way is waited for and counts', async () => {
  const { state, send } = receiver();
  const stopped = () => state.came.length >= 7;
  expect(await sendInOrder(items, send, { most: 4, stopped })).toEqual({ arrived: 7 });
});

test('nothing to send', async () => {
  expect(await sendInOrder([], receiver().send, { most: 4, stopped: never })).toEqual({ arrived: 0 });
});
