import { NutError, NutProtocolError } from './errors.ts';
import { excerpt, splitWords } from './protocol.ts';

/**
 * Reads the answer to one request, a line at a time. `undefined` means that more lines follow. Throws
 * {@link NutError} for an `ERR` answer and {@link NutProtocolError} for anything that answers another question.
 */
export type AnswerReader<T> = (line: string) => { value: T } | undefined;

/** Rows in one list; the UPS with the most variables on record has under 500. */
const maxRows = 10_000;

/** `OK`, with or without more: `OK TRACKING <id>`, `OK PRIMARY-GRANTED`. */
export function readOk(request: string): AnswerReader<void> {
  return (line) => {
    const words = answerWords(line, request);
    if (words[0] !== 'OK') throw unexpected(line, request, 'OK');
    return { value: undefined };
  };
}

/** A line of free text, as VER gives. */
export function readText(request: string): AnswerReader<string> {
  return (line) => {
    if (/^ERR(\s|$)/.test(line)) answerWords(line, request);
    return { value: line };
  };
}

/** `VAR rack ups.status "OL"`: the one word after the prefix. */
export function readValue(request: string, prefix: readonly string[]): AnswerReader<string> {
  return (line) => {
    const words = answerWords(line, request);
    const value = words[prefix.length];
    if (!startsWith(words, prefix) || words.length !== prefix.length + 1 || value === undefined) {
      throw unexpected(line, request, `${prefix.join(' ')} and a value`);
    }
    return { value };
  };
}

/**
 * `BEGIN LIST VAR rack`, rows `VAR rack <columns>`, `END LIST VAR rack`: the columns of each row. For a list of
 * everything, as LIST UPS, the rows start with the kind alone.
 */
export function readList(request: string, prefix: readonly string[]): AnswerReader<string[][]> {
  const rows: string[][] = [];
  let begun = false;
  return (line) => {
    const words = answerWords(line, request);
    if (!begun) {
      if (!isFrame(words, 'BEGIN', prefix)) throw unexpected(line, request, `BEGIN LIST ${prefix.join(' ')}`);
      begun = true;
      return undefined;
    }
    if (isFrame(words, 'END', prefix)) return { value: rows };
    if (!startsWith(words, prefix) || rows.length >= maxRows) {
      throw unexpected(line, request, `at most ${maxRows} rows of ${prefix.join(' ')}`);
    }
    rows.push(words.slice(prefix.length));
    return undefined;
  };
}

function answerWords(line: string, request: string): string[] {
  const words = splitWords(line);
  if (words[0] !== 'ERR') return words;
  const code = words[1];
  if (code === undefined) throw unexpected(line, request, 'ERR and a code');
  throw new NutError(code, request);
}

function isFrame(words: string[], frame: 'BEGIN' | 'END', prefix: readonly string[]): boolean {
  return words.length === prefix.length + 2 && startsWith(words, [frame, 'LIST', ...prefix]);
}

/** Names are case-insensitive; upsd repeats them as they were asked. */
function startsWith(words: string[], prefix: readonly string[]): boolean {
  return prefix.every((word, index) => words[index]?.toLowerCase() === word.toLowerCase());
}

function unexpected(line: string, request: string, allowed: string): NutProtocolError {
  return new NutProtocolError(`to ${request} came ${excerpt(line)}, expected ${allowed} or ERR`);
}
