import { describe, expect, it } from 'vitest';
import { NutArgumentError, NutProtocolError } from './errors.ts';
import { formatLine, LineSplitter, maxLineBytes, splitWords } from './protocol.ts';

describe('formatLine', () => {
  it.each([
    [['GET', 'VAR', 'rack', 'ups.status'], 'GET VAR rack ups.status'],
    [['SET', 'VAR', 'rack', 'ups.status', 'OB DISCHRG'], 'SET VAR rack ups.status "OB DISCHRG"'],
    [['PASSWORD', 'a"b\\c'], String.raw`PASSWORD "a\"b\\c"`],
    [['PASSWORD', '#1=x'], String.raw`PASSWORD "\#1=x"`],
    [['SET', 'VAR', 'rack', 'ups.id', ''], 'SET VAR rack ups.id ""'],
  ])('writes %j', (words, line) => {
    expect(formatLine(words)).toBe(line);
  });

  it.each(['rack\nFSD rack', 'tab\there', 'nul\0', 'café'])('refuses %j, without repeating it', (word) => {
    expect(() => formatLine(['GET', word])).toThrow(NutArgumentError);
    expect(() => formatLine(['GET', word])).not.toThrow(word);
  });
});

describe('splitWords', () => {
  it.each([
    ['VAR rack ups.status "OL CHRG"', ['VAR', 'rack', 'ups.status', 'OL CHRG']],
    ['VAR rack ups.status ""', ['VAR', 'rack', 'ups.status', '']],
    [String.raw`UPS rack "The \"big\" one C:\\x"`, ['UPS', 'rack', String.raw`The "big" one C:\x`]],
    [String.raw`UPS a\ b "x"`, ['UPS', 'a b', 'x']],
    ['  OK \t Goodbye  ', ['OK', 'Goodbye']],
    ['VAR rack device.mfr "Café ½"', ['VAR', 'rack', 'device.mfr', 'Café ½']],
    ['', []],
  ])('splits %j', (line, words) => {
    expect(splitWords(line)).toEqual(words);
  });

  it.each(['VAR rack x "no end', 'VAR rack x "escaped end\\"', 'VAR rack \\'])('refuses %j', (line) => {
    expect(() => splitWords(line)).toThrow(NutProtocolError);
  });

  it('reads back what formatLine writes', () => {
    const words = ['SET', 'VAR', 'a b', 'x"y', '\\', '\\"', '', ' ', '#'];
    expect(splitWords(formatLine(words))).toEqual(words);
  });
});

describe('LineSplitter', () => {
  it('gives the same lines however the bytes are cut', () => {
    const bytes = Buffer.from('BEGIN LIST UPS\nUPS rack "½ é"\r\n\nEND LIST UPS\n');
    for (let size = 1; size <= bytes.length; size += 1) {
      const splitter = new LineSplitter();
      const lines: string[] = [];
      for (let at = 0; at < bytes.length; at += size)
        lines.push(...splitter.push(bytes.subarray(at, at + size)));
      expect(lines).toEqual(['BEGIN LIST UPS', 'UPS rack "½ é"', 'END LIST UPS']);
      expect(splitter.pending).toBe(0);
    }
  });

  it('counts what came without its line feed', () => {
    const splitter = new LineSplitter();
    expect(splitter.push(Buffer.from('OK\nVAR'))).toEqual(['OK']);
    expect(splitter.pending).toBe(3);
  });

  it('refuses a line that is too long, in one piece or many', () => {
    const longest = Buffer.alloc(maxLineBytes, 'x');
    expect(new LineSplitter().push(Buffer.concat([longest, Buffer.from('\n')]))).toHaveLength(1);
    expect(() => new LineSplitter().push(Buffer.alloc(maxLineBytes + 1, 'x'))).toThrow(NutProtocolError);
    const splitter = new LineSplitter();
    splitter.push(longest);
    expect(() => splitter.push(Buffer.from('x'))).toThrow(NutProtocolError);
  });
});
