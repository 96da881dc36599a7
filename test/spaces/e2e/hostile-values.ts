const long = 'x'.repeat(20_000);
const numbers = [
  '-1',
  '0',
  '1',
  '2147483647',
  '2147483648',
  '-2147483649',
  '9007199254740993',
  '1e300',
  '-0',
  'NaN',
  '0x10',
  '1.5',
];
const words = [
  '',
  ' ',
  'null',
  'true',
  '__proto__',
  'constructor',
  'toString',
  '../../x',
  "' or 1=1 --",
  '2026-02-30T25:61:61Z',
  '1h',
  '99999999h',
];
/** In a URL: whole and broken escapes, NUL, half of a surrogate pair, bytes that are no UTF-8. */
const escapes = [
  '%00',
  'a%00b',
  '%ED%A0%BD',
  '%FF%FE',
  '%',
  '%zz',
  '%F0%9F%94%8C',
  '%E2%80%AE',
  '%2F..%2F',
  '%5B%5D',
  `%25${'41'.repeat(500)}`,
];
export const urlTexts = [...numbers, ...words.map(encodeURIComponent), ...escapes];
/** Of path and header only what HTTP can carry, and a server reads whole. */
export const headerTexts = [...numbers, '"x"', 'W/"x"', '*', '\u00ff', 'x'.repeat(4_000)];

const deep = (open: string, close: string, depth: number) => `${open.repeat(depth)}1${close.repeat(depth)}`;
/** As JSON: of every type, also such as `JSON.stringify` would not write. */
export const jsons = [
  ...numbers.filter((text) => /^-?\d+(\.\d+)?(e\d+)?$/.test(text)),
  ...[...words, long, 'two\0', 'half \ud83d', '\udc00', 'vm/100', 'node/pve-pve1', '\u202e'].map((text) =>
    JSON.stringify(text),
  ),
  'null',
  'true',
  '[]',
  '{}',
  '[null]',
  '{"length":-1}',
  '{"toString":1}',
  '{"constructor":{"prototype":{}}}',
  '1e999',
  '-1e-999',
  '{"__proto__":{"role":"administrator"}}',
  '{"\\u0000":1}',
  '{"\\ud800":1}',
  deep('[', ']', 50_000),
  deep('{"a":', '}', 50_000),
  `[${'0,'.repeat(100_000)}0]`,
];
