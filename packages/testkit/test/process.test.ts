import { afterEach, describe, expect, it } from 'vitest';
import { type Child, freePort, portOpen, startChild, waitFor } from '../src/index.ts';

describe('startChild', () => {
  let child: Child;
  afterEach(() => child.stop());

  const node = (script: string) =>
    startChild({ name: 'a script', command: process.execPath, args: ['-e', script] });

  it('waits until a port is open, and stops the child', async () => {
    const port = await freePort();
    child = await node(`require('net').createServer().listen(${port}, '127.0.0.1')`);
    await child.ready(`port ${port} is open`, () => portOpen(port));
    await child.stop();
    expect(child.running()).toBe(false);
    expect(await portOpen(port)).toBe(false);
  });

  it('tells at once what a child printed that ended too early', async () => {
    child = await node(`console.error('no such table'); process.exit(3)`);
    await expect(child.ready('never', () => false)).rejects.toThrow(
      /a script ended \(3\) before it was ready: never; a script printed:\nno such table/,
    );
  });

  it('kills a child that ignores SIGTERM', async () => {
    child = await node(`process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log('up')`);
    await child.ready('it printed', () => child.output().includes('up'));
    await child.stop({ graceMs: 50 });
    expect(child.running()).toBe(false);
  });

  it('does not let a grandchild outlive its starter, even one that is killed', async () => {
    const source = JSON.stringify(new URL('../src/process.ts', import.meta.url).href);
    child = await startChild({
      command: process.execPath,
      args: [
        '--input-type=module',
        '-e',
        `const { startChild } = await import(${source});
         const sleeper = await startChild({ command: 'sleep', args: ['60'] });
         console.log('pid=' + sleeper.pid + '.'); setInterval(() => {}, 1000);`,
      ],
    });
    await child.ready('the grandchild runs', () => /pid=\d+\./.test(child.output()));
    const pid = Number(/pid=(\d+)\./.exec(child.output())?.[1]);
    await child.stop({ signal: 'SIGKILL' });
    await waitFor('the grandchild is gone', () => !exists(pid));
  });
});

function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    // ESRCH: no such process.
    return false;
  }
}
