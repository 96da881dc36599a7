import { randomUUID } from 'node:crypto';
import type { HypervisorSettings } from '@huismeester/contracts';
import { isRefusal, type TaskHandler } from '@huismeester/events';
import { type Clock, createLogger, parseSettings, systemClock } from '@huismeester/service';
import type { ProxmoxSimulator } from '@huismeester/simulators';
import { waitFor } from '@huismeester/testkit';
import { openMaker } from '../../src/adapters/maker.ts';
import { openHypervisor } from '../../src/adapters/proxmox.ts';
import { offeredTemplates } from '../../src/core/templates.ts';
import { beginCreation } from '../../src/creating/begin.ts';
import type { CreatingContext, Site } from '../../src/creating/context.ts';
import type { Stored } from '../../src/creating/creations.ts';
import { createDriver } from '../../src/creating/driver.ts';
import { retryCreation } from '../../src/creating/ending.ts';
import type { CreatingPorts } from '../../src/creating/ports.ts';
import { readCreation } from '../../src/creating/store.ts';
import { beginOwnership } from '../../src/owning/commands.ts';
import { endOwnership } from '../../src/owning/end.ts';
import { ownershipId } from '../../src/owning/ownership-id.ts';
import { aroundEach, Killed, type killAt } from '../moments.ts';
import { openTables } from '../own-tables.ts';
import { create, key, operate } from './making-site.ts';

type Killer = Pick<ReturnType<typeof killAt>, 'around'>;
const spared: Killer = { around: (work) => work() };

/** What makes VMs, without the process around it: each step can be ended, and gone on with by another. */
export async function openDriven(simulator: ProxmoxSimulator) {
  const logger = createLogger({ level: 'silent' });
  /** How far the clock is ahead, in milliseconds. */
  let aheadMs = 0;
  const clock: Clock = { ...systemClock, now: () => new Date(Date.now() + aheadMs) };
  const { database, log, close } = await openTables({ clock });
  const settings = settingsFor(simulator);
  const maker = openMaker(settings, () => undefined);
  const hypervisor = openHypervisor(settings, () => undefined);
  if (maker === undefined) throw new Error('the settings have a create token');
  const ports: CreatingPorts = {
    sshKeys: async () => undefined,
    takeQuota: async () => undefined,
    refuseCreation: async () => undefined,
    beginOwnership: async (tx, { name: _, ...made }) => {
      await beginOwnership(tx, log, { ...made, how: 'created', actor: 'service:vm-lifecycle' });
    },
    endOwnership: async (which) => {
      const gone = { vm: which.vm, ownership: ownershipId(which), because: 'destroyed' } as const;
      await database.transaction((tx) => endOwnership(tx, log, gone));
    },
  };
  const contextWith = (killer: Killer): CreatingContext => {
    const site: Site = {
      settings,
      maker: aroundEach(maker, undefined, killer),
      hypervisor: aroundEach(hypervisor, undefined, killer),
      others: new Map(),
      room: { latest: undefined },
    };
    return {
      database: aroundEach(database, new Set(['transaction']), killer),
      log,
      clock,
      logger,
      tasks: () => ({ enqueue: async () => undefined }),
      sites: new Map([['pve', site]]),
      reserve: { memory: 85, storage: 90 },
      ports,
    };
  };
  const read = (id: string) => readCreation(database.orm, id);
  const once = (driver: TaskHandler, id: string) =>
    driver({ kind: 'create', key: id, payload: undefined, attempt: 1 }, new AbortController().signal);
  const go = async (id: string, killer: Killer, until: (made: Stored) => boolean): Promise<Stored> => {
    const driver = createDriver(contextWith(killer));
    return await waitFor(`creation ${id}`, async () => {
      const outcome = await once(driver, id).catch((error: unknown) => {
        if (error instanceof Killed) return error;
        throw error;
      });
      const made = await read(id);
      if (made === undefined) throw new Error(`there is no creation ${id}`);
      return outcome instanceof Killed || until(made) ? made : undefined;
    });
  };
  return {
    database,
    read,
    events: async () => (await log.read({ after: 0, limit: 10_000 })).events,
    async begin(name = 'wiki-bot', template = 'debian'): Promise<string> {
      const asked = {
        id: randomUUID(),
        owner: randomUUID(),
        actor: 'test',
        name,
        template,
        size: 's' as const,
        keys: [key],
      };
      const context = contextWith(spared);
      const sizes = { s: { cores: 1, memory: '1GiB', disk: '10GiB' } } as never;
      const done = await database.transaction((tx) =>
        beginCreation(tx, context, { asked, offered: offeredTemplates([settings]), sizes }),
      );
      if (isRefusal(done)) throw new Error(done.title);
      return done.id;
    },
    /** Goes on until the process is killed, or the creation is over. */
    run: (id: string, killer: Killer = spared) => go(id, killer, isOver),
    /** Goes on until a step is reached, and ends there. */
    until: async (id: string, step: Stored['state']['step']) => {
      let reached = false;
      const killer = {
        around: async <T>(work: () => Promise<T>) => {
          reached ||= (await read(id))?.state.step === step;
          if (reached) throw new Killed();
          return await work();
        },
      };
      return await go(id, killer, ({ state }) => state.step === step);
    },
    /** Its owner has it tried once more. */
    async retry(id: string): Promise<Stored> {
      const [maySee, mayAct, matches] = [() => true, () => true, () => true];
      const choice = { id, actor: 'test', maySee, mayAct, matches };
      const done = await database.transaction((tx) => retryCreation(tx, contextWith(spared), choice));
      if (isRefusal(done)) throw new Error(done.title);
      return done;
    },
    /** Goes on for as long as nothing is waited for. */
    async look(id: string): Promise<Stored> {
      await once(createDriver(contextWith(spared)), id);
      const made = await read(id);
      if (made === undefined) throw new Error(`there is no creation ${id}`);
      return made;
    },
    /** So long passes at once, in milliseconds. */
    pass(ms: number) {
      aheadMs += ms;
    },
    async close() {
      await Promise.all([maker.close(), hypervisor.close()]);
      await close();
    },
  };
}

function isOver({ state: { step } }: Stored): boolean {
  return step === 'done' || step === 'failed' || step === 'given-up';
}

function settingsFor({ url, ca }: ProxmoxSimulator): HypervisorSettings {
  const text = `
site: { id: test, name: Test }
broker: { embedded: { port: 0 } }
database: { url: "postgres://none" }
hypervisors:
  - id: pve
    url: ${url}
    ca: ${JSON.stringify(ca)}
    tokens:
      operate: { id: "${operate.id}", secret: ${operate.secret} }
      create: { id: "${create.id}", secret: ${create.secret} }
    pools: { participant: deelnemers }
    vmids: { from: 900, to: 1999 }
    storage: local-lvm
    bridge: vmbr0
    templates:
      - { id: debian, vmid: 9000 }
      - { id: debian-lxc, kind: lxc, ostemplate: "local:vztmpl/debian-13-standard_13.1-2_amd64.tar.zst" }
`;
  const readFile = () => {
    throw new Error('no file is named');
  };
  const [settings] = parseSettings(text, { file: 'space.yaml', env: {}, readFile }).hypervisors;
  if (settings === undefined) throw new Error('the settings have a hypervisor');
  return settings;
}
