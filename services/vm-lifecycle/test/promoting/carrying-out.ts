import type { HypervisorSettings } from '@huismeester/contracts';
import { parseSettings } from '@huismeester/service';
import { openHypervisor } from '../../src/adapters/proxmox.ts';
import { carryOutPromotions, type MoveContext } from '../../src/projects/carry-out.ts';
import { openMovers } from '../../src/projects/mover.ts';
import { aroundEach } from '../moments.ts';

type Around = Parameters<typeof aroundEach>[2];
const undisturbed: Around = { around: (work) => work() };

/** The settings of a hypervisor with the pools of all classes; with a promote token or without. */
export function movingSettings(
  { url, ca }: { readonly url: string; readonly ca: string },
  hasToken: boolean,
): readonly HypervisorSettings[] {
  const token = (name: string, end: string) =>
    `{ id: "huismeester@pve!${name}", secret: a0b1c2d3-0000-4000-8000-00000000000${end} }`;
  const text = `
site: { id: test, name: Test }
broker: { embedded: { port: 0 } }
database: { url: "postgres://localhost/x" }
hypervisors:
  - id: pve
    url: ${url}
    ca: ${JSON.stringify(ca)}
    tokens: { operate: ${token('operate', 'a')}${hasToken ? `, promote: ${token('promote', 'c')}` : ''} }
    pools: { core: core, space-wide: spacewide, participant: deelnemers }`;
  return parseSettings(text, { file: 'space.yaml', env: {}, readFile: () => '' }).hypervisors;
}

/** What carries out decisions about projects, without the service around it; `around` is at each moment at which a process can end. */
export function carryingOut(
  { database, ...parts }: Pick<MoveContext, 'database' | 'log' | 'clock' | 'logger'>,
  hypervisors: readonly HypervisorSettings[],
  around: Around = undisturbed,
) {
  const [settings] = hypervisors;
  if (settings === undefined) throw new Error('the settings have a hypervisor');
  const hypervisor = openHypervisor(settings, () => undefined);
  const movers = openMovers(hypervisors);
  const looks = new Set(['listing', 'guestConfig']);
  const handler = carryOutPromotions({
    ...parts,
    database: aroundEach(database, new Set(['transaction']), around),
    hypervisors: new Map([['pve', { poller: { hypervisor: aroundEach(hypervisor, looks, around) } }]]),
    movers: new Map([...movers].map(([id, mover]) => [id, aroundEach(mover, new Set(['move']), around)])),
    settings: { hypervisors },
  });
  return {
    /** Undefined once nothing is left to be done. */
    run: (key: string) =>
      handler({ kind: 'promotion', key, payload: undefined, attempt: 1 }, new AbortController().signal),
    close: () => Promise.all([hypervisor.close(), ...[...movers.values()].map((each) => each.close())]),
  };
}
