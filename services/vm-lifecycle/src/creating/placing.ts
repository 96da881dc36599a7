import type { ReserveSettings } from '@huismeester/contracts';
import { answerOf } from '../adapters/call.ts';
import type { Failure } from '../core/creating/failure.ts';
import { unusable } from '../core/creating/place.ts';
import { placeFor, type Readings } from '../core/reserve.ts';
import { rootDisk } from '../core/size-of-config.ts';
import type { Offered } from '../core/templates.ts';
import type { Reader } from '../owning/whose.ts';
import type { CreatingContext, Site } from './context.ts';
import type { Stored } from './creations.ts';
import { failedCall } from './look.ts';
import { intendedOn } from './room.ts';

/** The template that it is made of, as the settings have it now. */
export function templateOf({ settings }: Site, { state, hypervisor }: Stored): Offered | undefined {
  const template = settings.templates.find(({ id }) => id === state.template);
  return template && { ...template, hypervisor };
}

/** What was measured for a VM that is to be placed, and where it can stand. */
export interface Places {
  readonly readings: Readings;
  readonly possible: readonly string[];
  readonly storage: string | undefined;
}

/** On which nodes it can be made, and what they have: the template's own unless its storage is shared; then, as for a container, any. */
export async function lookForPlaces(
  { clock }: Pick<CreatingContext, 'clock'>,
  site: Site,
  made: Stored,
): Promise<Places | Failure> {
  const template = templateOf(site, made);
  if (template === undefined)
    return { failure: 'gone', error: 'its template is not in the settings any more' };
  const at = clock.now();
  const answer = await answerOf(() =>
    template.kind === 'qemu' ? forClone(site, template, at) : forContainer(site, template, at),
  );
  return 'code' in answer ? failedCall('storages', answer) : answer;
}

/** On which node it is made: where most memory is free. Judged once more under the lock of that node's reserve. */
export async function choosePlace(
  from: Reader,
  { site, made, reserve }: { readonly site: Site; readonly made: Stored; readonly reserve: ReserveSettings },
  { readings, ...where }: Places,
): Promise<{ readonly node: string } | Failure> {
  const { memoryMib, diskGib } = made.state;
  const intended = await intendedOn(from, site, { at: readings.at, placing: made.id });
  return placeFor({ readings, intended, reserve }, { ...where, memoryMib, diskGib });
}

/** What a clone is made from: where the template stands, and whether its disks are copied. */
export async function sourceOf({ maker, settings }: Site, { vmid = 0 }: Offered) {
  const found = await maker.find(vmid);
  if (found === undefined) return undefined;
  const config = await maker.config({ vmid, kind: 'qemu', node: found.node });
  const own = rootDisk(config.disks)?.storage ?? '';
  const { storage = own } = settings;
  return { vmid, node: found.node, own, storage, full: own !== storage };
}

async function forClone(site: Site, template: Offered, at: Date): Promise<Places | Failure> {
  const { maker, hypervisor } = site;
  const source = await sourceOf(site, template);
  if (source === undefined) return notSeen(`template ${template.vmid}`, 'VM.Audit and VM.Clone on it');
  const { own, storage } = source;
  const [storages, nodes] = await Promise.all([maker.storages(source.node), hypervisor.nodes()]);
  const failure = unusable(storageNamed(storages, storage), storage);
  if (failure) return failure;
  const isShared = [own, storage].every((each) => storageNamed(storages, each)?.shared === true);
  const possible = isShared ? nodes.map((node) => node.name) : [source.node];
  const readings = { at, nodes, storages: new Map(possible.map((node) => [node, storages])) };
  return { readings, possible, storage };
}

async function forContainer(
  { maker, hypervisor, settings }: Site,
  { ostemplate = '', node }: Offered,
  at: Date,
): Promise<Places | Failure> {
  const nodes = await hypervisor.nodes();
  const online = nodes.filter((each) => each.online && (node === undefined || each.name === node));
  const from = ostemplate.split(':')[0] ?? '';
  const { storage = '' } = settings;
  const looked = await Promise.all(
    online.map(async ({ name }) => {
      const [templates, storages] = await Promise.all([maker.ostemplates(name, from), maker.storages(name)]);
      const failure = unusable(storageNamed(storages, storage), storage);
      return { name, storages, has: templates.includes(ostemplate), failure };
    }),
  );
  const having = looked.filter(({ has }) => has);
  if (having.length === 0) return notSeen(`template ${ostemplate}`, `Datastore.Audit on storage ${from}`);
  const possible = having.filter(({ failure }) => failure === undefined).map(({ name }) => name);
  const [failure] = having.flatMap((each) => each.failure ?? []);
  if (possible.length === 0 && failure) return failure;
  const storages = new Map(having.map((each) => [each.name, each.storages]));
  return { readings: { at, nodes, storages }, possible, storage };
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
