import type { Writable } from 'node:stream';
import { styleText } from 'node:util';

export type Style = 'green' | 'yellow' | 'red' | 'dim' | 'bold';

export interface Terminal extends Writable {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Where a command's answer goes: text for people, or JSON for programs. */
export interface Output {
  readonly json: boolean;
  /** Columns of the terminal; undefined where there is none and nothing is cut. */
  readonly width: number | undefined;
  paint(style: Style | undefined, text: string): string;
  /** Writes lines of the answer; callers make text of others `printable` first. */
  print(...lines: string[]): void;
  /** Writes one JSON value of the answer. */
  value(value: unknown): void;
  /** Writes the whole answer: the value where JSON is asked for, else the lines. */
  answer(value: unknown, ...lines: string[]): void;
  /** Something about the answer, which is not the answer: to standard error. */
  note(text: string): void;
}

export interface OutputOptions {
  readonly json: boolean;
  readonly stdout: Terminal;
  readonly stderr: Terminal;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** An output; coloured and cut to width on a terminal alone, and never coloured where `NO_COLOR` is set. */
export function createOutput({ json, stdout, stderr, env }: OutputOptions): Output {
  const coloured = stdout.isTTY === true && !env.NO_COLOR;
  const print = (...lines: string[]): void => {
    stdout.write(lines.map((line) => `${line}\n`).join(''));
  };
  const value = (each: unknown): void => {
    stdout.write(`${JSON.stringify(each)}\n`);
  };
  return {
    json,
    width: stdout.isTTY ? stdout.columns : undefined,
    paint: (style, text) =>
      coloured && style !== undefined ? styleText(style, text, { validateStream: false }) : text,
    print,
    value,
    answer: (each, ...lines) => (json ? value(each) : print(...lines)),
    note: (text) => {
      stderr.write(`${text}\n`);
    },
  };
}
