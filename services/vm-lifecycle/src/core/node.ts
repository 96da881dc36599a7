import type { Desired } from './desired.ts';
import type { Asked } from './history.ts';
import type { NodeAct, NodeRequest, Stored } from './request.ts';
import type { NodeTarget } from './target.ts';

/** A node by our events: part of its cluster, or not. */
export interface KnownNode {
  readonly id: string;
  readonly hypervisor: string;
  readonly node: string;
  readonly online: boolean;
}

/** All that is known of a node: as our events have it, what is wanted of it, and what we asked. */
export interface NodeRecord {
  readonly node: KnownNode;
  readonly history: { readonly asked?: Asked<NodeAct>; readonly gaveUp?: number };
  readonly desired: Desired<NodeTarget> | undefined;
  readonly request: Stored<NodeRequest> | undefined;
}
