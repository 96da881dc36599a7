import type { ReserveSettings } from '@huismeester/contracts';
import { answerOf } from '../adapters/call.ts';
import type { Failure } from '../core/creating/failure.ts';
import { placeFor, roomOn } from '../core/creating/place.ts';
import type { Offered } from '../core/templates.ts';
import type { Site } from './context.ts';
import type { Stored } from './creations.ts';
import { failedCall } from './look.ts';

/** Where a VM is to stand. */
interface ChosenPlace {
  readonly node: string;
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

/** What a clone is made from: where the template stands, and whether its disks are copied. */
export async function sourceOf({ maker, settings }: Site, { vmid = 0 }: Offered) {
  const found = await maker.find(vmid);
  if (found === undefined) return undefined;
  const config = await maker.config({ vmid, kind: 'qemu', node: found.node });
  const own = config.disks.find(({ key }) => !key.startsWith('unused'))?.storage ?? '';
  const { storage = own } = settings;
  return { vmid, node: found.node, own, storage, full: own !== storage };
}

async function forClone(
  site: Site,
  { state }: Stored,
  template: Offered,
  reserve: ReserveSettings,
): Promise<ChosenPlace | Failure> {
  const { maker, hypervisor } = site;
  const source = await sourceOf(site, template);
  if (source === undefined) return notSeen(`template ${template.vmid}`, 'VM.Audit and VM.Clone on it');
  const { own, storage: name } = source;
  const [storages, nodes] = await Promise.all([maker.storages(source.node), hypervisor.nodes()]);
  const room = roomOn(storageNamed(storages, name), { name, diskGib: state.diskGib, reserve });
  if (room) return room;
  const isShared = [own, name].every((each) => storageNamed(storages, each)?.shared === true);
  const possible = isShared ? nodes.map((node) => node.name) : [source.node];
  return placeFor({ ...state, nodes, possible, reserve });
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
