import type { LinkKind, LinkSeen, PersonId, Vm } from '@huismeester/contracts';

/** A thing that another service knows (`vm/104`), or an item that stands for none (`item/bar-pc`). */
export type Vertex = string;

/** What another service says of one of its things. */
export interface SeenThing {
  /** As its service says it, such as `up`. */
  readonly state: string;
  /** Since when it is so, ISO 8601. */
  readonly since?: string;
  /** Of a VM, by its pool. */
  readonly class?: Vm['class'];
  /** What it is called there. */
  readonly name?: string;
  /** Of a VM: the node that it is on, as last seen. */
  readonly node?: string;
  /** Of a VM: whose it is. */
  readonly owner?: PersonId;
}

/** What a thing needs, by settings or by Proxmox: any one of `to` is enough. */
export interface ThingNeed {
  readonly from: Vertex;
  readonly kind: LinkKind;
  readonly to: readonly Vertex[];
  readonly source: Exclude<LinkSeen['from'], 'entered'>;
}
