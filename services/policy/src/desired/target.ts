/**
 * What has a power state that a rule may want something of: `vm/<id>` or `node/<id>`. Made here and nowhere else, so that
 * everything else compares it and looks things up by it.
 */
export type PowerTarget = `vm/${string}` | `node/${string}`;

/** What somebody may work on besides: netwatch goes on looking at it, and what fails is planned. */
export type HoldTarget = PowerTarget | `${'probe' | 'switch' | 'port'}/${string}`;

/** Whether a rule may want something of it. */
export function isPowerTarget(target: HoldTarget): target is PowerTarget {
  return target.startsWith('vm/') || target.startsWith('node/');
}

/** The target of a VM, by the VM's id. */
export function targetOfVm(vm: string): PowerTarget {
  return `vm/${vm}`;
}

/** The target of a node, by the id that vm-lifecycle gave it. */
export function targetOfNode(id: string): PowerTarget {
  return `node/${id}`;
}

/** What a target is, and its id. */
export function partsOf(target: PowerTarget): { readonly kind: 'vm' | 'node'; readonly id: string } {
  return target.startsWith('vm/')
    ? { kind: 'vm', id: target.slice('vm/'.length) }
    : { kind: 'node', id: target.slice('node/'.length) };
}
