import { connect } from 'node:net';

/**
 * Sends the lines to upsd, then LOGOUT, and returns all that it answers. Deliberately the least possible client: the
 * tests of the real one start their servers with it.
 */
export function askUpsd(port: number, ...lines: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, timeout: 5000 });
    let answers = '';
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => {
      answers += text;
    });
    socket.once('timeout', () => socket.destroy(new Error(`upsd on port ${port} did not answer in 5 s`)));
    socket.once('error', reject);
    socket.once('close', () => resolve(answers));
    socket.write(`${[...lines, 'LOGOUT'].join('\n')}\n`);
  });
}

/** A word as NUT's parsers take it, in files and in requests; a `#` needs its backslash in quotes too. */
export function quoted(text: string): string {
  if (/[\r\n]/.test(text)) throw new Error('NUT has no way to write a line break in a value');
  return `"${text.replace(/["\\#]/g, '\\$&')}"`;
}
