import { Writable } from 'node:stream';

/** A place to log to, and what was logged there. */
export function collectLines(): {
  stream: Writable;
  text: () => string;
  lines: () => Record<string, unknown>[];
} {
  let text = '';
  const stream = new Writable({
    write(chunk, _, done) {
      text += String(chunk);
      done();
    },
  });
  const lines = () =>
    text
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line): Record<string, unknown> => JSON.parse(line));
  return { stream, text: () => text, lines };
}
