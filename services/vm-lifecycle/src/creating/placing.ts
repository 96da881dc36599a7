import type { ReserveSettings } from '@huismeester/contracts';
import { answerOf } from '../adapters/call.ts';
import type { Failure } from '../core/creating/failure.ts';
import { placeFor, roomOn } from '../core/creating/place.ts';
import type { Offered } from '../core/templates.ts';
import type { Site } from './context.ts';
import type { Stored } from './creations.ts';
import { failedCall } from './look.ts';

/** Where a VM is to stand; of a clone also what it is made from. */
export interface ChosenPlace {
  readonly node: string;
  readonly template?: {
    readonly node: string;
    /** Its disks are on another storage than those of new VMs: they are copied. */
    readonly full: boolean;
  };
}

/** The template that it is made of, as the settings have it now. */
export function templateOf({ settings }: Site, { state, hypervisor }: Stored): Offered | undefined {
  const template = settings.templates.find(({ id }) => id === state.template);
  return template && { ...template, hypervisor };
}

/** On which node it is made: the template's own unless its storage is shared; then, as for a container, where most memory is free. */
export async function choosePlace(
  site: Site,
  made: Stored,
  reserve: ReserveSettings,
): Promise<ChosenPlace | Failure> {
  const template = templateOf(site, made);
  if (template === undefined)
    return { failure: 'gone', error: 'its template is not in the settings any more' };
  const answer = await answerOf(() =>
    template.kind === 'qemu'
      ? forClone(site, made, template, reserve)
      : forContainer(site, made, template, reserve),
  );
  return 'code' in answer ? failedCall('storages', answer) : answer;
}

async function forClone(
  { maker, hypervisor, settings }: Site,
  { state }: Stored,
  { vmid = 0 }: Offered,
  reserve: ReserveSettings,
): Promise<ChosenPlace | Failure> {
  const found = await maker.find(vmid);
  if (found === undefined) return notSeen(`template ${vmid}`, 'VM.Audit and VM.Clone on it');
  const [config, storages, nodes] = await Promise.all([
    maker.config({ vmid, kind: 'qemu', node: found.node }),
    maker.storages(found.node),
    hypervisor.nodes(),
  ]);
  const own = config.disks.find(({ key }) => !key.startsWith('unused'))?.storage;
  const { storage: wanted = own ?? '' } = settings;
  const full = own !== wanted;
  const room = roomOn(storageNamed(storages, wanted), { name: wanted, diskGib: state.diskGib, reserve });
  if (room) return room;
  const isShared = [own, wanted].every((name) => storageNamed(storages, name)?.shared === true);
  const possible = isShared ? nodes.map(({ name }) => name) : [found.node];
  const place = placeFor({ ...state, nodes, possible, reserve });
  return 'failure' in place ? place : { ...place, template: { node: found.node, full } };
}

async function forContainer(
  { maker, hypervisor, settings }: Site,
  { state }: Stored,
  { ostemplate = '', node }: Offered,
  reserve: ReserveSettings,
): Promise<ChosenPlace | Failure> {
  const nodes = await hypervisor.nodes();
  const online = nodes.filter((each) => each.online && (node === undefined || each.name === node));
  const from = ostemplate.split(':')[0] ?? '';
  const { storage = '' } = settings;
  const looked = await Promise.all(
    online.map(async ({ name }) => {
      const [templates, storages] = await Promise.all([maker.ostemplates(name, from), maker.storages(name)]);
      const room = roomOn(storageNamed(storages, storage), {
        name: storage,
        diskGib: state.diskGib,
        reserve,
      });
      return { name, has: templates.includes(ostemplate), room };
    }),
  );
  const having = looked.filter(({ has }) => has);
  if (having.length === 0) return notSeen(`template ${ostemplate}`, `Datastore.Audit on storage ${from}`);
  const [full] = having.flatMap(({ room }) => (room ? [room] : []));
  const possible = having.flatMap(({ name, room }) => (room ? [] : [name]));
  if (possible.length === 0 && full) return full;
  return placeFor({ ...state, nodes, possible, reserve });
}

function storageNamed<T extends { readonly storage: string }>(
  storages: readonly T[],
  name: string | undefined,
) {
  return storages.find(({ storage }) => storage === name);
}

function notSeen(what: string, right: string): Failure {
  return { failure: 'forbidden', error: `${what} is not there, or the create token lacks a right: ${right}` };
}
