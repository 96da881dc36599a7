import { noFacts } from '@huismeester/policy/facts/index';
import { nodeKey } from '@huismeester/policy/facts/node';
import { evolveFeed, type FeedEvent, unknownFeed } from '@huismeester/policy/facts/ups';
import type { Guest } from '@huismeester/policy/facts/vm';
import { drill } from '@huismeester/policy/rules/power/drill/drill';
import { decisionSettings } from '@huismeester/policy/settings';
import { parseSettings } from '@huismeester/service';
import { inSeconds, median, type Row } from './row.ts';

const vms = 500;
const nodes = 20;
const classes = ['core', 'space-wide', 'participant'] as const;

/** A drill over so many VMs, played through from the full battery to all of them running again. */
export function drillAlone(rounds: number): Row {
  const settings = decisionSettings(space());
  const guests = Array.from(
    { length: vms },
    (_, index): Guest => ({
      vm: String(1000 + index),
      class: classes[index % 3] ?? 'core',
      hypervisor: 'pve',
      node: `n${index % nodes}`,
      running: true,
    }),
  );
  const reading = { ups: 'rack', since: new Date(0).toISOString(), charge_pct: 100, runtime_s: 7200 };
  const said = { id: '1', correlationid: '1', type: 'ups.on-mains', time: reading.since, data: reading };
  const facts = {
    ...noFacts,
    ups: new Map([['rack', evolveFeed(unknownFeed('rack'), said as FeedEvent)]]),
    vm: new Map(guests.map((guest) => [guest.vm, guest])),
    node: new Map(
      guests.map(({ node }) => {
        const fact = { id: `pve-${node}`, hypervisor: 'pve', node, online: true };
        return [nodeKey('pve', node), fact] as const;
      }),
    ),
  };
  const took: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const began = performance.now();
    const { guests: played } = drill(facts, { settings, modes: new Map() }, { ups: ['rack'] }, 0);
    took.push(performance.now() - began);
    const back = played.filter(({ back_s }) => back_s !== undefined).length;
    if (back !== vms) throw new Error(`of ${vms} VMs ${back} came back`);
  }
  return {
    what: `a drill over ${vms} VMs on ${nodes} nodes, median of ${rounds}`,
    measured: `${inSeconds(median(took))}, the first ${inSeconds(took[0] ?? Number.NaN)}`,
    target: '≤ 1 s',
    met: median(took) <= 1000,
    reference: 'none',
  };
}

function space() {
  const text = JSON.stringify({
    site: { id: 'bench', name: 'Bench' },
    http: {},
    broker: { embedded: {} },
    database: { url: 'postgres://none' },
    ups: [{ id: 'rack', upsd: { host: '127.0.0.1', name: 'rack' } }],
    hypervisors: [
      {
        id: 'pve',
        url: 'https://127.0.0.1:1',
        fingerprints: [Array.from({ length: 32 }, () => 'AA').join(':')],
        tokens: { operate: { id: 'a@pve!b', secret: 'x' } },
        pools: {},
        nodes: Object.fromEntries(
          Array.from({ length: nodes }, (_, index) => [
            `n${index}`,
            { poweredBy: ['rack'], nodeShutdown: 'huismeester', wake: 'wol', mac: '02:00:00:00:00:01' },
          ]),
        ),
      },
    ],
    policy: {},
  });
  const readFile = (): string => {
    throw new Error('the benchmark reads no files');
  };
  return parseSettings(text, { file: 'bench', env: {}, readFile });
}
