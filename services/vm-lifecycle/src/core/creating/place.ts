import type { Readings, StorageNow } from '../reserve.ts';
import type { Failure } from './failure.ts';

/** What a hypervisor has, as last measured, and where its templates stand. */
export interface RoomNow extends Readings {
  /** Where each template for clones stands, and its disk, by the template's id. */
  readonly sources: ReadonlyMap<string, { readonly node: string; readonly own: string }>;
}

/** The online nodes on which something of a template can stand: its own, unless the storages are shared; of a container any, or the one of the settings. */
export function nodesFor(
  { nodes, storages, sources }: RoomNow,
  template: { readonly id: string; readonly kind: 'qemu' | 'lxc'; readonly node?: string | undefined },
  storage: string | undefined,
): string[] {
  const online = nodes.filter((node) => node.online).map(({ name }) => name);
  if (template.kind === 'lxc') return online.filter((name) => (template.node ?? name) === name);
  const source = sources.get(template.id);
  if (source === undefined) return [];
  const here = storages.get(source.node) ?? [];
  const isShared = [source.own, storage ?? source.own].every(
    (name) => here.find((each) => each.storage === name)?.shared === true,
  );
  return isShared ? online : online.filter((name) => name === source.node);
}

/** Why nothing can be made on a storage, whatever it has free. */
export function unusable(storage: StorageNow | undefined, name: string | undefined): Failure | undefined {
  if (storage === undefined)
    return { failure: 'refused', error: `there is no storage ${name} that the create token may use` };
  return storage.active ? undefined : { failure: 'unreachable', error: `storage ${name} is not active` };
}
