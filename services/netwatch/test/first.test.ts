import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startSwitchSimulator } from '@huismeester/simulators';
import { tempSite, waitFor } from '@huismeester/testkit';
import { expect, it } from 'vitest';
import { startNetwatch } from './netwatch.ts';

it('sees a switch, its ports and a website', async () => {
  const site = await tempSite('netwatch');
  const switched = await startSwitchSimulator({
    credentials: { communities: ['public'] },
    ports: [{ name: 'Gi1/0/1' }, { name: 'Gi1/0/2' }, { name: 'Gi1/0/24' }],
  });
  const web = createServer((_, reply) => reply.end('hello'));
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
  const { port } = web.address() as AddressInfo;
  const netwatch = await startNetwatch({
    site,
    settings: {
      switches: [
        {
          id: 'sw1',
          host: '127.0.0.1',
          port: switched.port,
          snmp: { version: '2c', community: 'public' },
          poll: '500ms',
          counters: '1s',
          ports: { 'Gi1/0/24': { role: 'uplink' } },
        },
      ],
      probes: [{ id: 'web', kind: 'http', url: `http://127.0.0.1:${port}/`, every: '200ms' }],
    },
  });
  try {
    await netwatch.hears('switch.reachable switch/sw1');
    await netwatch.hears('probe.up probe/web');
    switched.portOf('Gi1/0/2').unplug();
    await netwatch.hears('port.down port/sw1/gi1-0-2');
    switched.portOf('Gi1/0/24').unplug();
    await netwatch.hears('port.down port/sw1/gi1-0-24');
    web.close();
    web.closeAllConnections();
    await netwatch.hears('probe.down probe/web');
    switched.portOf('Gi1/0/2').plug();
    await netwatch.hears('port.up port/sw1/gi1-0-2');
    console.log(await netwatch.lines());
    console.log(
      JSON.stringify(await netwatch.entity('port/sw1/gi1-0-24')),
      JSON.stringify(await netwatch.entity('incident/1')),
    );
    expect(netwatch.parts().filter(({ ready }) => !ready)).toEqual([]);
  } finally {
    await netwatch.close();
    await switched.close();
    await site.remove();
  }
});
