import { EventEmitter } from 'node:events';
import type { LiveHeads } from '@huismeester/contracts';
import { handClock } from '@huismeester/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createStreams, type Listener, type Streams } from './streams.ts';

const second = 1_000;
let clock = handClock();
let head = 1;
let streams: Streams;
const failures: unknown[] = [];

beforeEach(() => {
  clock = handClock();
  head = 1;
  streams = createStreams({
    clock,
    heads: (): LiveHeads => ({ version: '1.2.3', heads: { policy: head } }),
    failed: (error) => failures.push(error),
  });
  streams.start();
});
afterEach(async () => {
  await streams.close();
  expect(failures).toEqual([]);
});

/** Lets time pass in steps, and all that follows from each happen. */
async function pass(ms: number, step = 100): Promise<void> {
  for (let left = ms; left > 0; left -= step) {
    clock.advance(Math.min(step, left));
    await new Promise(setImmediate);
  }
}

/** Somebody who listens, with what they got and when; `reads: false`: nothing of it leaves. */
function listen({
  reads = true,
  mayStay = async () => true,
}: {
  reads?: boolean;
  mayStay?: Listener['mayStay'];
} = {}) {
  const events = new EventEmitter();
  const start = clock.monotonicMs();
  const got: { at: number; text: string }[] = [];
  let waiting = 0;
  const listener = {
    got,
    is: 'open' as 'open' | 'ended' | 'destroyed',
    heads: () =>
      got.flatMap(({ at, text }) => {
        const data = /event: heads\ndata: (.*)\n\n$/.exec(text)?.[1];
        return data === undefined ? [] : [[at, (JSON.parse(data) as LiveHeads).heads.policy]];
      }),
    beats: () => got.flatMap(({ at, text }) => (text === ': beat\n\n' ? [at] : [])),
    leave: () => events.emit('close'),
  };
  const response = {
    write: (text: string) => {
      got.push({ at: clock.monotonicMs() - start, text });
      if (!reads) waiting += text.length;
      return reads;
    },
    end: () => {
      listener.is = 'ended';
    },
    destroy: () => {
      listener.is = 'destroyed';
    },
    get writableLength() {
      return waiting;
    },
    on: (name: string, run: () => void) => events.on(name, run),
  };
  // What is used of a response.
  streams.add({ response: response as unknown as Listener['response'], mayStay });
  return listener;
}

describe('what a stream says', () => {
  it('is the heads at once, with how soon to come back', () => {
    const { got } = listen();
    expect(got).toEqual([
      { at: 0, text: 'retry: 2000\n\nevent: heads\ndata: {"version":"1.2.3","heads":{"policy":1}}\n\n' },
    ]);
  });

  it('is nothing but a beat every 10 s while nothing changes', async () => {
    const one = listen();
    await pass(31 * second);
    expect(one.heads()).toEqual([[0, 1]]);
    expect(one.beats()).toEqual([10 * second, 20 * second, 30 * second]);
  });

  it('is a change within a quarter of a second, and no two within a second however often it changes', async () => {
    const one = listen();
    await pass(3 * second);
    for (let change = 0; change < 30; change += 1) {
      head += 1;
      streams.wake();
      await pass(100);
    }
    await pass(2 * second);
    const at = one.heads().map(([when = 0]) => when);
    expect(at[1]).toBeLessThanOrEqual(3_300);
    for (const [n, when] of at.entries())
      if (n > 0) expect(when - (at[n - 1] ?? 0)).toBeGreaterThanOrEqual(second);
    // Three seconds of changes, and what was the case at the end is said.
    expect(at).toHaveLength(5);
    expect(one.heads().at(-1)?.[1]).toBe(31);
  });

  it('is not the same moment for all, and for none the moment itself: what follows from a change comes first', async () => {
    const all = Array.from({ length: 9 }, () => listen());
    await pass(5 * second);
    head = 2;
    streams.wake();
    await new Promise(setImmediate);
    await pass(second, 5);
    const at = all.map((each) => (each.heads()[1]?.[0] ?? 0) - 5 * second);
    expect(at).toEqual([50, 75, 100, 125, 150, 175, 200, 225, 250]);
  });

  it('is for each by its own time: who comes between two messages gets the newest at once', async () => {
    const first = listen();
    await pass(5 * second);
    head = 2;
    streams.wake();
    await pass(200);
    const other = listen();
    head = 3;
    streams.wake();
    await pass(2 * second);
    expect(first.heads().map(([, value]) => value)).toEqual([1, 2, 3]);
    expect(other.heads().map(([, value]) => value)).toEqual([2, 3]);
  });
});

describe('a stream ends', () => {
  it('within two seconds once it is not for whoever opened it any more, and no other does', async () => {
    let isMine = true;
    const [mine, other] = [listen({ mayStay: async () => isMine }), listen()];
    await pass(5 * second);
    isMine = false;
    await pass(2 * second);
    expect([mine.is, other.is]).toEqual(['ended', 'open']);
    head = 2;
    await pass(2 * second);
    expect(mine.heads()).toHaveLength(1);
  });

  it('not while it cannot be found out whose it is; no message waits for that', async () => {
    const asked = Promise.withResolvers<boolean>();
    const one = listen({ mayStay: () => asked.promise });
    await pass(3 * second);
    head = 2;
    await pass(2 * second);
    expect(one.heads()).toHaveLength(2);
    asked.reject(new Error('the database does not answer'));
    await pass(2 * second);
    expect(one.is).toBe('open');
  });

  it('when what it says is not read', async () => {
    const [slow, other] = [listen({ reads: false }), listen()];
    for (let n = 0; n < 800; n += 1) {
      head += 1;
      await pass(second, second);
    }
    expect([slow.is, other.is]).toEqual(['destroyed', 'open']);
    expect(slow.got.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThan(20 * 1024);
  });

  it('when the server closes: all of them, and there are no more', () => {
    const all = [listen(), listen()];
    expect(streams.isFull()).toBe(false);
    streams.end();
    expect(all.map((each) => each.is)).toEqual(['ended', 'ended']);
    expect(streams.isFull()).toBe(true);
  });
});

it('there are 500, and one more when somebody leaves', () => {
  const all = Array.from({ length: 500 }, () => listen());
  expect(streams.isFull()).toBe(true);
  all[7]?.leave();
  expect(streams.isFull()).toBe(false);
});
