import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';

/** How what comes after the last byte that passes is dealt with. */
export type Fate = 'end' | 'reset' | 'stall';

export interface Meter {
  readonly port: number;
  /** How many bytes of answers have passed. */
  passed(): number;
  close(): Promise<void>;
}

/** A relay that lets so many bytes of answers pass, over all its connections. */
export async function startMeter(target: number, most: number, fate: Fate): Promise<Meter> {
  let passed = 0;
  const server = createServer((inner) => {
    const outer = connect({ port: target, host: '127.0.0.1' });
    inner.on('error', () => outer.destroy()).on('close', () => outer.destroy());
    outer.on('error', () => inner.destroy());
    outer.on('end', () => fate !== 'stall' && inner.end());
    inner.on('data', (chunk) => outer.write(chunk));
    const cut = () => {
      if (fate === 'reset') inner.resetAndDestroy();
      else if (fate === 'end') inner.end();
    };
    outer.on('data', (chunk: Buffer) => {
      const rest = chunk.subarray(0, most - passed);
      passed += rest.length;
      if (rest.length > 0) inner.write(rest, () => passed === most && cut());
      else cut();
    });
    if (most === 0) outer.once('connect', cut);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    passed: () => passed,
    close: async () => {
      server.close();
      await once(server, 'close');
    },
  };
}
