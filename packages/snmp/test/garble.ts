/** Numbers from 0 to 1 that are the same for each seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Ways in which a message goes wrong; each gets one of its own, which it may change. */
const ways: ((message: Buffer, below: (limit: number) => number) => Buffer)[] = [
  (message, below) => message.subarray(0, below(message.length)),
  (message, below) => changed(message, below, 1 + below(8)),
  (message, below) => changed(message, below, 1),
  // A length or a tag, where BER has them: near the beginning.
  (message, below) => {
    message[below(Math.min(40, message.length))] = [0x80, 0x84, 0xff, 0x00, 0x30, 0x7f][below(6)] ?? 0;
    return message;
  },
  (message, below) => {
    const at = below(message.length);
    return Buffer.concat([message.subarray(0, at), noise(1 + below(40), below), message.subarray(at)]);
  },
  (message, below) => {
    const at = below(message.length);
    return Buffer.concat([message.subarray(0, at), message.subarray(at + 1 + below(10))]);
  },
  (message) => Buffer.concat([message, message]),
  (_, below) => noise(below(1_400), below),
  // Sequences in sequences, each of which says that it goes on.
  (_, below) => Buffer.alloc(1_400, Buffer.from([0x30, 0x82, 0x05, below(256)])),
];

function changed(message: Buffer, below: (limit: number) => number, count: number): Buffer {
  for (let left = count; left > 0; left -= 1) message[below(message.length)] = below(256);
  return message;
}

function noise(length: number, below: (limit: number) => number): Buffer {
  return Buffer.from(Array.from({ length }, () => below(256)));
}

/** Makes messages that are wrong in many ways; never the one that it was given. */
export function createGarbler(seed: number): (good: Uint8Array) => Buffer {
  const random = randomOf(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const garble = (good: Uint8Array): Buffer => {
    const garbled = ways[below(ways.length)]?.(Buffer.from(good), below) ?? Buffer.alloc(0);
    return garbled.equals(good) ? garble(good) : garbled;
  };
  return garble;
}
