import type { EventOf, NodeEntity } from '@huismeester/contracts';

/** What is known of one node, from vm-lifecycle's events alone. Kept by `nodeKey`. */
export interface NodeFact {
  /** Of its power target; vm-lifecycle gives it, so that no two nodes share one. */
  readonly id: string;
  readonly hypervisor: string;
  readonly node: string;
  readonly online: boolean;
  /** The newest generation that vm-lifecycle gave up on. */
  readonly gaveUp?: number;
  /** It is not seen now (facts/unseen.ts), so all else is what was last known. Never stored. */
  readonly unseen?: true;
}

export type NodeEvent = EventOf<'node.online' | 'node.offline' | 'node.power-failed'>;

/** How a node is looked up: node names are unique within a hypervisor only, and neither part has a slash. */
export function nodeKey(hypervisor: string, node: string): string {
  return `${hypervisor}/${node}`;
}

/** Folds one of vm-lifecycle's events into what is known of the node; undefined for one that was never seen. */
export function evolveNode(known: NodeFact | undefined, { type, data }: NodeEvent): NodeFact | undefined {
  if (type === 'node.power-failed') {
    return known && !data.retry ? { ...known, gaveUp: data.generation } : known;
  }
  const { id, hypervisor, node } = data;
  return {
    ...known,
    id,
    hypervisor,
    node,
    online: type === 'node.online',
  };
}

/** The node as vm-lifecycle's snapshot has it. */
export function nodeFrom({ id, hypervisor, node, online, gaveUp }: NodeEntity): NodeFact {
  return { id, hypervisor, node, online, ...(gaveUp !== undefined && { gaveUp }) };
}
