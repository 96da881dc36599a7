/**
 * Whose power is meant: a guest or a node. It is the subject of the events about it, the key of its task and of what is
 * stored about it, and what policy calls a power target. Ids of nodes are made by `nodeIdFor` and are unique.
 */
export type GuestTarget = `vm/${string}`;
export type NodeTarget = `node/${string}`;
export type Target = GuestTarget | NodeTarget;

export function guestTarget(id: string): GuestTarget {
  return `vm/${id}`;
}

export function nodeTarget(id: string): NodeTarget {
  return `node/${id}`;
}

export function isNode(target: Target): target is NodeTarget {
  return target.startsWith('node/');
}

/** The id behind the kind: `101` of `vm/101`. */
export function idOf(target: Target): string {
  return target.slice(target.indexOf('/') + 1);
}

/** The task that looks at a target and carries out what is wanted of it. */
export function reconcileTask(target: Target) {
  return { kind: 'reconcile', key: target };
}

/** The target that a text names; undefined for anything else. */
export function parseTarget(text: string): Target | undefined {
  return /^(vm|node)\/.+$/.test(text) ? (text as Target) : undefined;
}
