/**
 * Watches the bytes that a client sends and notices when a packet is announced that is bigger than the limit, before it
 * has arrived and taken memory: the parser behind it would collect up to 256 MB, from somebody not even logged in.
 *
 * Returns false once that happens or a length is malformed (MQTT 3.1.1, 2.2.3): close the connection then.
 */
export function packetGuard(limit: number): (chunk: Uint8Array) => boolean {
  let bodyLeft = 0;
  let length: { value: number; factor: number } | undefined;
  const header = (byte: number): boolean => {
    if (!length) {
      length = { value: 0, factor: 1 };
      return true;
    }
    length.value += (byte & 127) * length.factor;
    length.factor *= 128;
    const more = (byte & 128) !== 0;
    if (length.value > limit || (more && length.factor === 128 ** 4)) return false;
    if (!more) {
      bodyLeft = length.value;
      length = undefined;
    }
    return true;
  };
  return (chunk) => {
    for (let at = 0; at < chunk.length; ) {
      if (bodyLeft > 0) {
        const passed = Math.min(bodyLeft, chunk.length - at);
        bodyLeft -= passed;
        at += passed;
      } else {
        if (!header(chunk[at] ?? 0)) return false;
        at += 1;
      }
    }
    return true;
  };
}
