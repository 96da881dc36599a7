import { NutArgumentError, NutProtocolError } from './errors.ts';

/** The longest line accepted, in bytes; upsd's own buffer for a line has 1024. */
export const maxLineBytes = 16 * 1024;

// `=` would be a word of its own. A `#` starts a comment, and even in quotes it needs a backslash: without one upsd
// drops the line and never answers.
const bareWord = /^[A-Za-z0-9._@:+-]+$/;
const printable = /^[\x20-\x7e]*$/;

/**
 * One request line, without its line feed; words are quoted and escaped where needed (RFC 9271). Throws
 * {@link NutArgumentError} for what upsd would discard: so a line break never gets to start a second command.
 */
export function formatLine(words: readonly string[]): string {
  return words.map(formatWord).join(' ');
}

function formatWord(word: string): string {
  if (!printable.test(word)) {
    throw new NutArgumentError(
      'an argument has a character that upsd discards; only printable ASCII can be sent (space to tilde)',
    );
  }
  if (bareWord.test(word)) return word;
  return `"${word.replace(/["\\#]/g, '\\$&')}"`;
}

/**
 * Splits an answer into its words, quotes and escapes resolved. Throws {@link NutProtocolError} for a quote without
 * its end and for an escape of nothing.
 */
export function splitWords(line: string): string[] {
  const words: string[] = [];
  const token = /[ \t]*(?:"((?:[^"\\]|\\.)*)"|((?:[^ \t"\\]|\\.)+))/gy;
  const text = line.replace(/[ \t]+$/, '');
  let end = 0;
  while (end < text.length) {
    const match = token.exec(text);
    if (!match) throw new NutProtocolError(`not a line of the NUT protocol: ${excerpt(line)}`);
    words.push((match[1] ?? match[2] ?? '').replace(/\\(.)/g, '$1'));
    end = token.lastIndex;
  }
  return words;
}

/** The start of a line that came from outside, safe to put into a message. */
export function excerpt(line: string): string {
  return JSON.stringify(line.length > 80 ? `${line.slice(0, 80)}…` : line);
}

/**
 * Cuts a stream of bytes into lines. An empty line is no line. Throws {@link NutProtocolError} when a line grows over
 * {@link maxLineBytes}, so that a peer that never sends a line feed cannot fill the memory.
 */
export class LineSplitter {
  #rest: Buffer = Buffer.alloc(0);

  push(chunk: Buffer): string[] {
    const lines: string[] = [];
    let from = 0;
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, from)) {
      const line = this.#join(chunk.subarray(from, at));
      this.#rest = Buffer.alloc(0);
      from = at + 1;
      if (line.length > 0) lines.push(line.toString('utf8').replace(/\r$/, ''));
    }
    this.#rest = this.#join(chunk.subarray(from));
    return lines.filter((line) => line !== '');
  }

  /** Bytes that came without their line feed yet. */
  get pending(): number {
    return this.#rest.length;
  }

  #join(part: Buffer): Buffer {
    if (this.#rest.length + part.length > maxLineBytes) {
      throw new NutProtocolError(`a line is longer than ${maxLineBytes} bytes: this is not upsd`);
    }
    return this.#rest.length === 0 ? part : Buffer.concat([this.#rest, part]);
  }
}
